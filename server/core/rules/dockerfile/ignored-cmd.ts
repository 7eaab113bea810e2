// ignored-cmd: a CMD behind an ENTRYPOINT that takes no arguments.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { processOf } from '../../insight/process.ts';
import type { DockerfileModel, ProcessInstruction } from '../../model/dockerfile/model.ts';
import { listOf, onlyProgram } from '../../repairs/exec-form.ts';
import { removeInstruction } from '../../repairs/removal.ts';
import { fileOffset } from '../../text/mapped-text.ts';

export default dockerfileRule({
  id: 'ignored-cmd',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A CMD that ENTRYPOINT drops',
  messages: {
    dropped: {
      text: 'ENTRYPOINT in shell form takes no arguments: this CMD, and what `docker run` is given, has no effect. Write ENTRYPOINT as a JSON list, or remove CMD.',
    },
  },
  docs: {
    why: '`ENTRYPOINT app` is `/bin/sh -c "app"`. `CMD` is appended to that list, behind the text that the shell reads, so that it becomes a parameter which nobody asks for: the program starts without it, and without an error.',
    remedy:
      'Write `ENTRYPOINT ["app"]`: `CMD` and the arguments of `docker run` then follow it. Where a shell is needed, end its text with `"$@"` and give it a name: `ENTRYPOINT ["/bin/sh", "-c", "exec app \\"$@\\"", "app"]`.',
    references: ['https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact'],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'As a list, the program starts with arguments that it did not have before. To remove CMD changes nothing.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nENTRYPOINT app --verbose\n«CMD» ["--port", "80"]\n',
        fixed: 'FROM debian:13\nENTRYPOINT ["app", "--verbose"]\nCMD ["--port", "80"]\n',
        variants: { 'Remove CMD': 'FROM debian:13\nENTRYPOINT app --verbose\n' },
      },
      {
        note: 'A shell is needed.',
        code: 'FROM debian:13 AS base\nENTRYPOINT cd /srv && app\nFROM base\n«CMD» ["--port", "80"]\n',
        fixed: 'FROM debian:13 AS base\nENTRYPOINT cd /srv && app\nFROM base\n',
      },
    ],
    good: [
      { code: 'FROM debian:13\nENTRYPOINT ["app"]\nCMD ["--port", "80"]\n' },
      {
        note: 'The text asks for them.',
        code: 'FROM debian:13\nENTRYPOINT exec app "$@"\nCMD ["app", "--port"]\n',
      },
      {
        note: 'The ENTRYPOINT resets the CMD of what it is built on.',
        code: 'FROM debian:13 AS base\nCMD ["a"]\nFROM base\nENTRYPOINT app\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    stage(stage) {
      const entrypoint = processOf(stage, 'ENTRYPOINT');
      const cmd = processOf(stage, 'CMD');
      if (entrypoint === undefined || cmd === undefined || !dropsArguments(entrypoint)) return;
      const isReset = (entrypoint.stage?.index ?? 0) > (cmd.stage?.index ?? 0);
      // Reported where the later one of them stands.
      if (isReset || cmd.stage !== stage || cmd.words.length === 0) return;
      report('dropped', { at: cmd.keywordSpan, fixes: fixesFor(model, entrypoint, cmd) });
    },
  }),
});

/** A text that asks for no parameter. */
const dropsArguments = ({ json, body: { text }, script }: ProcessInstruction): boolean =>
  !json && text !== '' && !text.startsWith('[') && script.kind === 'posix' && !/\$\{?[\d@*#]/.test(text);

function fixesFor(model: DockerfileModel, entrypoint: ProcessInstruction, cmd: ProcessInstruction): Fix[] {
  const words = onlyProgram(entrypoint.script);
  const removal = fix('Remove CMD', 'safe', [removeInstruction(model, cmd)]);
  if (words === null) return [removal];
  const list = listOf(words, fileOffset(entrypoint.body, 0));
  return [fix('Write ENTRYPOINT as a JSON list', 'unsafe', list), removal];
}
