// glob-source: a pattern that copies whatever matches it on the day of the build.
import type { BuildContext } from '../../engine/facts.ts';
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { contextPath, isPattern, isRemote, takes } from '../../insight/context-files.ts';
import type { CopyInstruction, Word } from '../../model/dockerfile/model.ts';
import { parseDockerignore } from '../../model/dockerignore.ts';
import { replace } from '../../text/edit.ts';

/** All of the context: that is the concern of unfiltered-context. */
const isWhole = (path: string): boolean => /^\*{1,2}$/.test(path);

const mostNames = 8;

/** The files and folders that the pattern itself names, not what is in them. */
function matchesOf(path: string, { files, ignoreFile }: BuildContext): readonly string[] {
  const { ignores } = parseDockerignore(ignoreFile?.text ?? '');
  const depth = path.split('/').length;
  const matches = takes(path);
  const names = files
    .filter(file => matches(file) && !ignores(file))
    .map(file => file.split('/').slice(0, depth).join('/'));
  return [...new Set(names)].sort();
}

function writtenOut({ raw, span }: Word, path: string, context: BuildContext | null | undefined): Fix[] {
  if (!context?.complete || !/^[\w./*?[\]-]+$/.test(raw)) return [];
  const names = matchesOf(path, context);
  if (names.length === 0 || names.length > mostNames) return [];
  if (!names.every(name => /^[\w./-]+$/.test(name))) return [];
  return [fix(`Name ${names.join(', ')}`, 'suggestion', [replace(span, names.join(' '))])];
}

export default dockerfileRule({
  id: 'glob-source',
  category: 'security',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A pattern in place of files',
  needs: ['context'],
  messages: {
    glob: {
      text: '{source} copies whatever matches on the day of the build: a backup, a file with settings of one machine. Name the files.',
      equivalents: ['sonar:S6470'],
    },
  },
  docs: {
    why: 'What a pattern takes along is decided by the folder and not by the Dockerfile. A file that lands there later is copied too, nobody sees it in a review, and whoever pulls the image can read it.',
    remedy:
      'Name the files and folders. Where a file may be missing (`package-lock.json*`) the pattern is the only way to say so: then keep it, and say why in a comment.',
    limits: 'Patterns in what is copied from a stage or an image are left alone.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#copy',
      'https://docs.docker.com/build/concepts/context/#dockerignore-files',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'The files that match now are known, not those that are meant. Long lists, and patterns that match nothing yet, are left to their author.',
  },
  examples: {
    bad: [
      {
        code: 'FROM node:24-slim\nWORKDIR /app\nCOPY «package*.json» tsconfig.json ./\nUSER node\n',
        files: { 'package.json': '', 'package-lock.json': '', 'tsconfig.json': '', 'src/a.ts': '' },
        fixed:
          'FROM node:24-slim\nWORKDIR /app\nCOPY package-lock.json package.json tsconfig.json ./\nUSER node\n',
      },
      {
        note: 'Folders, less what is ignored.',
        code: 'FROM debian:13\nCOPY «./conf/*.d» /etc/app/\nUSER nobody\n',
        files: { 'conf/a.d/1': '', 'conf/a.d/2': '', 'conf/b.d/1': '', '.dockerignore': 'conf/b.d\n' },
        fixed: 'FROM debian:13\nCOPY conf/a.d /etc/app/\nUSER nobody\n',
      },
      {
        note: 'Nothing there yet.',
        code: 'FROM debian:13\nADD «dist/*» /srv/\nUSER nobody\n',
        fixed: 'FROM debian:13\nADD dist/* /srv/\nUSER nobody\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13\nCOPY --from=build /out/*.so /usr/lib/\nCOPY src/ main.c /src/\nUSER nobody\n',
      },
      { note: 'All of it is another matter.', code: 'FROM debian:13\nCOPY * /srv/\nUSER nobody\n' },
    ],
  },
  check: ({ facts, report }) => {
    const visit = (copy: CopyInstruction): void => {
      if (copy.from !== null) return;
      for (const source of copy.sources) {
        const path = contextPath(source.value);
        if (!isPattern(path) || isRemote(source.value) || isWhole(path)) continue;
        const fixes = copy.json ? [] : writtenOut(source, path, facts.get('context', '.'));
        report('glob', { at: source.span, data: { source: source.value }, fixes });
      }
    };
    return { instruction: { COPY: visit, ADD: visit } };
  },
});
