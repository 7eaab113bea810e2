// unfiltered-context: COPY of the whole folder, whatever lies in it.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { contextPath } from '../../insight/context-files.ts';
import { leavesLayer } from '../../insight/shipped.ts';
import { localFile } from '../../knowledge/local-files.ts';
import type { CopyInstruction } from '../../model/dockerfile/model.ts';
import { parseDockerignore } from '../../model/dockerignore.ts';

/** All that the context holds, hidden files included or not. */
const isWhole = (source: string): boolean => /^\*{0,2}$/.test(contextPath(source));

const keepOut = (path: string, names: readonly string[]): Fix =>
  fix(`Keep ${names.join(', ')} out with ${path}`, 'unsafe', [], {
    files: names.map(name => ({
      kind: 'append-line',
      path,
      line: name.startsWith('.git') ? name : `**/${name}`,
    })),
  });

/** So many names are enough to see what is meant. */
const shown = 5;

/** Names of what no image needs among the files that get into the build. */
function localNames(files: readonly string[], ignores: (path: string) => boolean): readonly string[] {
  const names = new Set<string>();
  for (const path of files) {
    const name = localFile(path);
    if (name !== null && !names.has(name) && !ignores(path)) names.add(name);
    if (names.size === shown) break;
  }
  return [...names];
}

export default dockerfileRule({
  id: 'unfiltered-context',
  category: 'security',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'The whole folder copied, without a filter',
  needs: ['context'],
  messages: {
    unfiltered: {
      text: 'Without a .dockerignore this takes everything that lies in the folder into the image: the Git history, local settings, what tools left. Write one, or name what the image needs.',
      equivalents: ['sonar:S6470'],
    },
    'unfiltered-in-build': {
      text: 'Without a .dockerignore everything in the folder gets into the build, and any change of it, of the Git history too, runs all that follows again. Write one, or name what the stage needs.',
      severity: 'hint',
      equivalents: ['sonar:S6470'],
    },
    leaky: {
      text: 'This takes {names} along, which no image needs. Add it to {ignoreFile}.',
      equivalents: ['sonar:S6470'],
    },
  },
  docs: {
    why: '`COPY . .` copies what happens to be there: `.git` with all history, editor settings, test reports, caches, a dump from yesterday. All of it can be read by whoever pulls the image, and every change of it, however unrelated, makes the steps behind it run again.',
    remedy:
      'Write a `.dockerignore`, at best one that begins with `*` and lets in what is needed. Or name files and folders in `COPY`. The repair adds the lines for what is known to be of no use.',
    limits:
      'The folder beside the Dockerfile is taken for the build context. Files with secrets are the concern of `secret-in-copy`.',
    references: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'A build that reads one of these files, as some do for a version from Git, finds it no more.',
  },
  examples: {
    bad: [
      {
        code: 'FROM python:3.14-slim\nWORKDIR /app\nCOPY «.» .\nUSER nobody\n',
        files: { 'main.py': '', '.idea/workspace.xml': '' },
        fixed: 'FROM python:3.14-slim\nWORKDIR /app\nCOPY . .\nUSER nobody\n',
        fixedFiles: { '.dockerignore': '.git\n**/.idea\n' },
      },
      {
        note: 'Some of it is left out, some is not.',
        code: 'FROM python:3.14-slim\nWORKDIR /app\nCOPY «./» ./\nUSER nobody\n',
        files: {
          'main.py': '',
          '__pycache__/main.pyc': '',
          'a/coverage/index.html': '',
          '.dockerignore': '.git\n',
        },
        fixed: 'FROM python:3.14-slim\nWORKDIR /app\nCOPY ./ ./\nUSER nobody\n',
        fixedFiles: { '.dockerignore': '.git\n**/__pycache__\n**/coverage\n' },
      },
      {
        code: 'FROM golang:1.27 AS build\nWORKDIR /src\nCOPY «.» .\nRUN go build -o /app\nFROM scratch\nCOPY --from=build /app /\nUSER 65532\n',
        files: { 'main.go': '' },
        fixed:
          'FROM golang:1.27 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app\nFROM scratch\nCOPY --from=build /app /\nUSER 65532\n',
        fixedFiles: { '.dockerignore': '.git\n' },
      },
    ],
    good: [
      {
        code: 'FROM python:3.14-slim\nWORKDIR /app\nCOPY . .\nUSER nobody\n',
        files: { 'main.py': '', '.dockerignore': '*\n!main.py\n' },
      },
      {
        code: 'FROM python:3.14-slim\nWORKDIR /app\nCOPY src/ main.py ./\nCOPY --from=x . /x/\nUSER nobody\n',
        files: { 'main.py': '' },
      },
    ],
  },
  check: ({ facts, report }) => {
    const visit = (copy: CopyInstruction): void => {
      const source = copy.from === null ? copy.sources.find(({ value }) => isWhole(value)) : undefined;
      const context = source && facts.get('context', '.');
      if (source === undefined || context == null) return;
      const { ignores } = parseDockerignore(context.ignoreFile?.text ?? '');
      const names = localNames(context.files, ignores);
      const at = source.span;
      if (context.ignoreFile === null) {
        const isKept = leavesLayer(copy);
        const fixes = [keepOut('.dockerignore', ['.git', ...names])];
        report(isKept ? 'unfiltered' : 'unfiltered-in-build', { at, fixes });
      } else if (names.length > 0) {
        const ignoreFile = context.ignoreFile.path;
        report('leaky', {
          at,
          data: { names: names.join(', '), ignoreFile },
          fixes: [keepOut(ignoreFile, names)],
        });
      }
    };
    return { instruction: { COPY: visit, ADD: visit } };
  },
});
