// unsupported-on-windows: what containers of Windows do not have.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { inspectStage } from '../../insight/stage.ts';
import type { Instruction } from '../../model/dockerfile/model.ts';
import { removeFlag } from '../../repairs/flags.ts';
import { removeInstruction } from '../../repairs/removal.ts';

export default dockerfileRule({
  id: 'unsupported-on-windows',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'An instruction that Windows has no use for',
  messages: {
    signal: {
      text: 'Windows has no signals: STOPSIGNAL has no effect there. Remove it, and handle the console events in the program.',
      equivalents: ['tally:windows/no-stopsignal'],
    },
    mount: {
      text: 'Builders for Windows containers cannot mount during RUN: the build fails here. Copy what is needed, and remove it in the same RUN.',
      equivalents: ['tally:windows/no-run-mounts'],
    },
  },
  docs: {
    why: 'A Windows container is stopped by a console event, `CTRL_SHUTDOWN_EVENT`: the signal of `STOPSIGNAL` is written into the image and never sent. `RUN --mount` needs mounts of Linux.',
    remedy:
      'Remove `STOPSIGNAL`. Leave out cache mounts, and copy instead of `bind`. The repair removes the instruction, or the cache mount.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#stopsignal',
      'https://learn.microsoft.com/en-us/windows/console/ctrl-close-signal',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'STOPSIGNAL does nothing, so that removing it is safe. Without its cache a RUN takes longer; what comes from other mounts would be missing, so that they stay.',
  },
  examples: {
    bad: [
      {
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\n«STOPSIGNAL» SIGTERM\nRUN «--mount=type=cache,target=C:/c» app\nRUN «--mount=type=bind,target=C:/b» app\n',
        fixed:
          'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN app\nRUN --mount=type=bind,target=C:/b app\n',
      },
    ],
    good: [{ code: 'FROM debian:13\nSTOPSIGNAL SIGQUIT\nRUN --mount=type=cache,target=/c app\n' }],
  },
  check: ({ model, report }) => ({
    instruction: {
      STOPSIGNAL(signal) {
        if (!isForWindows(signal)) return;
        const fixes =
          signal.onbuild === null
            ? [fix('Remove STOPSIGNAL', 'safe', [removeInstruction(model, signal)])]
            : [];
        report('signal', { at: signal.keywordSpan, fixes });
      },
      RUN(run) {
        if (run.mounts.length === 0 || !isForWindows(run)) return;
        for (const { flag, type } of run.mounts) {
          const fixes =
            type === 'cache' ? [fix('Remove the mount', 'unsafe', [removeFlag(model, flag)])] : [];
          report('mount', { at: flag.span, fixes });
        }
      },
    },
  }),
});

const isForWindows = ({ stage }: Instruction): boolean =>
  stage !== null && inspectStage(stage).system?.family === 'windows';
