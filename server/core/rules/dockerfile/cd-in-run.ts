// cd-in-run: a change of folder that WORKDIR says better.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { DockerfileModel, RunInstruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { keywordLike } from '../../repairs/writing.ts';
import { type Edit, insert, remove, replace } from '../../text/edit.ts';
import { indentationAt, layoutOf } from '../../text/layout.ts';
import { span } from '../../text/span.ts';

/** WORKDIR takes it as it stands. */
const plainFolder = /^[\w./@+-]*[\w./@+]$/;

/** The command that follows at once, behind `&&` or `;` alone. */
function follower({ text }: DockerfileModel, run: RunInstruction, cd: ShellCommand): ShellCommand | null {
  const next = run.script.commands.find(other => other.span.start >= cd.span.end);
  if (next === undefined) return null;
  const between = text.slice(cd.span.end, next.span.start).replace(/[\\`][ \t]*\r?\n/g, ' ');
  return /^\s*(?:&&|;)\s*$/.test(between) ? next : null;
}

function asWorkdir(model: DockerfileModel, run: RunInstruction, cd: ShellCommand): Fix[] {
  const folder = cd.args[0]?.value;
  const opensScript = run.script.commands[0] === cd && run.body.text.startsWith('cd');
  if (!folder || cd.args.length > 1 || !plainFolder.test(folder) || folder.startsWith('-')) return [];
  if (!opensScript || run.heredocs.length > 0 || run.onbuild !== null || cd.pipeline !== null) return [];
  if (run.comments.some(comment => comment.span.start > run.span.start)) return [];
  const workdir = `${keywordLike(model, 'WORKDIR')} ${folder}`;
  const made = (edits: Edit[]): Fix[] => [fix('Use WORKDIR', 'suggestion', edits)];
  if (run.script.commands.length === 1)
    return run.body.text === `cd ${folder}` ? made([replace(run.span, workdir)]) : [];
  const next = follower(model, run, cd);
  // At the start of a RUN a word with dashes is a flag.
  if (next === null || model.text.startsWith('--', next.span.start)) return [];
  const line = `${workdir}${layoutOf(model.text).eol}${indentationAt(model.text, run.span.start)}`;
  return made([insert(run.span.start, line), remove(span(cd.span.start, next.span.start))]);
}

const useless =
  'The next instruction starts in the old folder again: this `cd` changes nothing. Use `WORKDIR`, which stays.';
const chained =
  '`cd {folder}` holds for this RUN alone, and hides in it where things happen. Use `WORKDIR`, which also makes the folder.';

export default dockerfileRule({
  id: 'cd-in-run',
  category: 'style',
  severity: 'hint',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'RUN changes the folder itself',
  messages: {
    useless: {
      text: useless,
      severity: 'warning',
      equivalents: ['hadolint:DL3003', 'trivy:DS-0013', 'semgrep:use-workdir'],
    },
    'useless-relative': {
      text: useless,
      severity: 'warning',
      equivalents: [
        'hadolint:DL3003',
        'trivy:DS-0013',
        'kics:run_command_cd_instead_of_workdir',
        'semgrep:use-workdir',
      ],
    },
    chained: {
      text: chained,
      equivalents: ['hadolint:DL3003', 'trivy:DS-0013', 'semgrep:use-workdir'],
    },
    'chained-relative': {
      text: chained,
      equivalents: [
        'hadolint:DL3003',
        'trivy:DS-0013',
        'kics:run_command_cd_instead_of_workdir',
        'semgrep:use-workdir',
      ],
    },
  },
  docs: {
    why: 'Each `RUN` starts in the folder that `WORKDIR` names. A `cd` at its end is lost, which is mostly a mistake; one at its beginning has to be found by the reader, and repeated in the next `RUN`.',
    remedy:
      'Write `WORKDIR`. The repair does so for a `cd` that opens the `RUN`. Where only one command needs the folder, many tools have an option for it: `make -C`, `git -C`, `tar -C`.',
    limits: 'A `cd` in a subshell, for one command of many, is reported as well: a matter of taste.',
    references: ['https://docs.docker.com/build/building/best-practices/#workdir'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Everything behind it happens in the new folder too, the process of the container included.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1\nRUN «cd /opt»\nRUN make\n',
        fixed: 'FROM debian:13.1\nWORKDIR /opt\nRUN make\n',
      },
      {
        code: 'FROM debian:13.1\nRUN make && «cd ../srv»\n',
        fixed: 'FROM debian:13.1\nRUN make && cd ../srv\n',
      },
      {
        code: 'FROM debian:13.1\nRUN «cd /src» \\\n && ./configure \\\n && make\n',
        fixed: 'FROM debian:13.1\nWORKDIR /src\nRUN ./configure \\\n && make\n',
      },
      {
        code: 'FROM debian:13.1\nWORKDIR /src\nRUN ./fetch && «cd ../app» && make\n',
        fixed: 'FROM debian:13.1\nWORKDIR /src\nRUN ./fetch && cd ../app && make\n',
      },
    ],
    good: [
      { code: 'FROM debian:13.1\nWORKDIR /src\nRUN ./configure && make -C lib\n' },
      { code: 'FROM debian:13.1\nCMD cd /srv && ./serve\n' },
    ],
  },
  check: ({ model, report }) => ({
    command: {
      cd: (cd, instruction) => {
        if (instruction.keyword !== 'RUN') return;
        const { commands } = instruction.script;
        const folder = cd.args[0]?.value ?? cd.args[0]?.raw ?? '~';
        const isLast = !commands.some(other => other.span.start > cd.span.start);
        const isRelative = /^(?![A-Za-z]:[\\/])[^/$~-]|\.\.(?:\/|$)/.test(folder);
        const at = cd.span;
        const fixes = asWorkdir(model, instruction, cd);
        if (isLast && !cd.substituted)
          return report(isRelative ? 'useless-relative' : 'useless', { at, fixes });
        report(isRelative ? 'chained-relative' : 'chained', { at, data: { folder }, fixes });
      },
    },
  }),
});
