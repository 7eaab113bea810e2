// ignored-source: COPY of what .dockerignore keeps out of the build.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { type ContextFiles, contextPath, isPattern, isRemote, takes } from '../../insight/context-files.ts';
import { filledIn } from '../../insight/copy-target.ts';
import type { CopyInstruction } from '../../model/dockerfile/model.ts';
import { parseDockerignore } from '../../model/dockerignore.ts';

/** Some line takes back what another one ignores, so that a folder may be there in part. */
const hasExceptions = (text: string): boolean => /^\s*!/m.test(text);

/** Nothing of what the path names gets into the build. */
function isLeftOut(path: string, { files, complete, ignoreFile }: ContextFiles): boolean {
  const text = ignoreFile?.text ?? '';
  const { ignores } = parseDockerignore(text);
  const taken = files.filter(takes(path));
  if (taken.length > 0) return taken.every(ignores) && (complete || !hasExceptions(text));
  return path !== '' && !isPattern(path) && ignores(path) && !hasExceptions(text);
}

const letIn = (path: string, ignoreFile: string): Fix[] =>
  path === '' || isPattern(path)
    ? []
    : [
        fix(`Let ${path} in with ${ignoreFile}`, 'suggestion', [], {
          files: [{ kind: 'append-line', path: ignoreFile, line: `!${path}` }],
        }),
      ];

export default dockerfileRule({
  id: 'ignored-source',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A source that .dockerignore leaves out',
  needs: ['context'],
  messages: {
    ignored: {
      text: '{ignoreFile} keeps {source} out of the build, so that {keyword} finds nothing. Take it out of the COPY, or let it in with a line `!{source}`.',
      equivalents: ['buildkit:CopyIgnoredFile'],
    },
  },
  docs: {
    why: 'What `.dockerignore` names is never sent to the builder. A `COPY` of it fails with "not found", although the file plainly is there.',
    remedy:
      'Decide which of the two is right. A line that begins with `!` lets a file in which an earlier line keeps out.',
    limits:
      'The folder beside the Dockerfile is taken for the build context. Where some lines of the ignore file take back others, a folder is only reported if all of its files are known.',
    references: [
      'https://docs.docker.com/reference/build-checks/copy-ignored-file/',
      'https://docs.docker.com/build/concepts/context/#dockerignore-files',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'The file may be kept out on purpose. For patterns and for the whole context there is no single line to write.',
  },
  examples: {
    bad: [
      {
        code: 'FROM nginx:1.29\nCOPY «dist/app.js» /usr/share/nginx/html/\n',
        files: { '.dockerignore': 'dist\n', 'dist/app.js': '' },
        fixed: 'FROM nginx:1.29\nCOPY dist/app.js /usr/share/nginx/html/\n',
        fixedFiles: { '.dockerignore': 'dist\n!dist/app.js\n' },
      },
      {
        code: 'FROM nginx:1.29\nADD «.» /srv/\n',
        files: { '.dockerignore': '*\n', 'app.js': '' },
        fixed: 'FROM nginx:1.29\nADD . /srv/\n',
      },
    ],
    good: [
      {
        code: 'FROM nginx:1.29\nCOPY src /srv/\nCOPY . /all/\n',
        files: { '.dockerignore': '*\n!src\nsrc/test\n', 'src/app.js': '', 'src/test/a.js': '' },
        note: 'Part of it gets in.',
      },
      {
        code: 'FROM nginx:1.29\nCOPY --from=build dist/ /srv/\n',
        files: { '.dockerignore': 'dist\n' },
        note: 'A stage knows no ignore file.',
      },
      { code: 'FROM nginx:1.29\nCOPY dist/ /srv/\n', files: { 'dist/app.js': '' } },
    ],
  },
  check: ({ facts, report }) => {
    const visit = (copy: CopyInstruction): void => {
      const context = copy.from === null ? facts.get('context', '.') : null;
      if (context == null || context.ignoreFile === null) return;
      const ignoreFile = context.ignoreFile.path;
      for (const source of copy.sources) {
        const written = filledIn(source.value, copy.before);
        if (written === null || isRemote(written)) continue;
        const path = contextPath(written);
        if (!isLeftOut(path, context)) continue;
        const data = { source: path || '.', ignoreFile, keyword: copy.keyword };
        report('ignored', { at: source.span, data, fixes: letIn(path, ignoreFile) });
      }
    };
    return { instruction: { COPY: visit, ADD: visit } };
  },
});
