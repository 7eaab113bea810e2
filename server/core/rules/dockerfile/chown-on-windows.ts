// chown-on-windows: --chown where nobody looks at it.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { inspectStage } from '../../insight/stage.ts';
import type { CopyInstruction } from '../../model/dockerfile/model.ts';
import { removeFlag } from '../../repairs/flags.ts';

export default dockerfileRule({
  id: 'chown-on-windows',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'An owner that Windows ignores',
  messages: {
    ignored: {
      text: 'Windows containers ignore --chown: the files belong to somebody else than it says. Remove it, and set rights with icacls where they are needed.',
      equivalents: ['tally:windows/no-chown-flag'],
    },
  },
  docs: {
    why: 'Files on Windows have access lists and not an owner with a number. The flag is read and dropped without a warning.',
    remedy: 'Remove the flag. Give rights with `RUN icacls C:\\app /grant user:(OI)(CI)F`.',
    references: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'The flag does nothing.' },
  examples: {
    bad: [
      {
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCOPY «--chown=ContainerUser» app/ C:/app/\nADD «--chown=1:1» \\\n  a.zip C:/a/\n',
        fixed:
          'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCOPY app/ C:/app/\nADD \\\n  a.zip C:/a/\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13 AS build\nCOPY --chown=app . /app\nFROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nCOPY --from=build /app C:/app\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const visit = ({ flags, stage }: CopyInstruction): void => {
      const flag = flags.find(({ name }) => name === 'chown');
      if (flag === undefined || stage === null || inspectStage(stage).system?.family !== 'windows') return;
      report('ignored', {
        at: flag.span,
        fixes: [fix('Remove the flag', 'safe', [removeFlag(model, flag)])],
      });
    };
    return { instruction: { COPY: visit, ADD: visit } };
  },
});
