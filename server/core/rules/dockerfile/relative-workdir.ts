// relative-workdir: WORKDIR without a slash in front.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { Instruction, Word } from '../../model/dockerfile/model.ts';
import { replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

const relative = [
  'hadolint:DL3000',
  'trivy:DS-0009',
  'checkov:CKV_DOCKER_10',
  'kics:workdir_path_not_absolute',
  'semgrep:use-absolute-workdir',
  'sonar:S7021',
  'dockerfile-utils:WORKDIR_IS_NOT_ABSOLUTE',
] as const;

/** An absolute path of Linux or Windows, or a variable, which may hold one. */
const isSettled = (path: string): boolean => /^["']?(?:[/\\$%]|[a-z]:)/i.test(path);

const home =
  'Nothing fills in the `~` of {folder}: this makes a folder of that name. Write the whole path, such as `/root`.';

export default dockerfileRule({
  id: 'relative-workdir',
  category: 'reliability',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A working folder that depends on another one',
  messages: {
    unset: {
      text: 'Where {folder} ends up depends on the working folder of the base image, which may change with its next version. Write an absolute path.',
      equivalents: [...relative, 'buildkit:WorkdirRelativePath'],
    },
    continued: {
      text: '{folder} is a folder below the WORKDIR before it: whoever changes or moves that one changes this one, too. Write an absolute path.',
      severity: 'hint',
      equivalents: relative,
    },
    home: { text: home, equivalents: [...relative, 'buildkit:WorkdirRelativePath'] },
    'home-below': { text: home, equivalents: relative },
    variable: {
      text: '{folder} holds a relative path: where it ends up depends on the working folder of the base image. Write an absolute path.',
      equivalents: ['buildkit:WorkdirRelativePath', 'semgrep:use-absolute-workdir'],
    },
  },
  docs: {
    why: '`WORKDIR app` is `/app` on one base image and `/usr/src/app` on the next: every path behind it, and the start of the container, depends on a setting that stands in another file. `WORKDIR` twice in a row is like `cd`: it is read in order, and breaks where one of them is moved.',
    remedy:
      'Write the whole path. Where the folder before it is known, the repair writes exactly the path in use. Else it writes the one from `/`, where most images start.',
    references: [
      'https://docs.docker.com/reference/build-checks/workdir-relative-path/',
      'https://docs.docker.com/build/building/best-practices/#workdir',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Safe where the folder before it is known. Else only the base image can tell, and `/` is a guess.',
  },
  examples: {
    bad: [
      {
        note: 'The base image may start anywhere.',
        code: 'FROM debian:13\nWORKDIR «app»\nWORKDIR «"./data"»\n',
        fixed: 'FROM debian:13\nWORKDIR /app\nWORKDIR "/app/data"\n',
      },
      {
        code: 'FROM debian:13\nWORKDIR /srv\nWORKDIR «app/$VERSION»\nWORKDIR /srv/app\nWORKDIR «..»\n',
        fixed: 'FROM debian:13\nWORKDIR /srv\nWORKDIR /srv/app/$VERSION\nWORKDIR /srv/app\nWORKDIR /srv\n',
      },
      {
        code: 'FROM debian:13\nWORKDIR «~/app»\nWORKDIR «~»\n',
        fixed: 'FROM debian:13\nWORKDIR ~/app\nWORKDIR ~\n',
      },
      {
        note: 'Nothing has ever been set in an empty image.',
        code: 'FROM scratch\nARG DIR=data\nWORKDIR «$DIR»\nWORKDIR «app»\n',
        fixed: 'FROM scratch\nARG DIR=data\nWORKDIR /$DIR\nWORKDIR /data/app\n',
      },
    ],
    good: [
      { code: 'FROM debian:13\nENV HOME=/srv\nWORKDIR "/app"\nWORKDIR $HOME/app\nWORKDIR ${UNKNOWN}\n' },
      { code: '# escape=`\nFROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nWORKDIR C:\\app\n' },
    ],
  },
  check: ({ report }) => ({
    instruction: {
      WORKDIR(workdir) {
        const [word] = workdir.words;
        if (word === undefined || word.value === '') return;
        const message = messageFor(workdir, word);
        if (message === null) return;
        report(message, { at: word.span, data: { folder: word.raw }, fixes: fixesFor(workdir, word) });
      },
    },
  }),
});

function messageFor(
  { before, onbuild }: Instruction,
  { raw }: Word,
): 'unset' | 'continued' | 'variable' | 'home' | 'home-below' | null {
  const isFirst = onbuild === null && before.workdir.setAt === null;
  if (/^["']?~(?:\/|["']?$)/.test(raw)) return isFirst ? 'home' : 'home-below';
  if (!isSettled(raw)) return isFirst ? 'unset' : 'continued';
  const name = /^["']?\$\{?(\w+)\b(?!:)/.exec(raw)?.[1];
  const held = name === undefined ? undefined : before.variable(name)?.value;
  return isFirst && held?.known && held.value !== '' && !isSettled(held.value) ? 'variable' : null;
}

function fixesFor(workdir: Instruction, { raw, span: at }: Word): Fix[] {
  const [, quote = '', path = '', behind = ''] = /^(["']?)(.*?)(["']?)$/s.exec(raw) ?? [];
  const folder = raw.length === at.end - at.start && quote === behind ? wholePath(workdir, path) : null;
  if (folder === null) return [];
  const inside = span(at.start + quote.length, at.end - behind.length);
  const safety = workdir.before.workdir.known ? 'safe' : 'suggestion';
  return [fix(`Write ${folder}`, safety, [replace(inside, folder)])];
}

/** The absolute path that a relative one leads to: from `/` where nothing is known, and the file says nothing before. */
function wholePath({ before, after, onbuild }: Instruction, path: string): string | null {
  const { workdir } = before;
  // A tilde stands for itself: nobody means a folder of that name.
  if (path.startsWith('~') || onbuild !== null || (!workdir.known && workdir.setAt !== null)) return null;
  const from = workdir.known ? workdir.value.replace(/\/$/, '') : '';
  const own = path.replace(/^(?:\.\/)+/, '');
  if (!/(?:^|\/)\.{1,2}(?:\/|$)/.test(own)) return `${from}/${own}`;
  return after.workdir.known && !own.includes('$') ? after.workdir.value : null;
}
