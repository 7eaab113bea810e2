// secret-in-copy: a file with secrets copied into a layer.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { type CopiedSource, copiedSecrets } from '../../insight/copied-secrets.ts';
import { isInImage } from '../../insight/secret-readers.ts';
import type { CopyInstruction, DockerfileModel } from '../../model/dockerfile/model.ts';
import { leaveFileOut, mountFileInstead, secretFileFlag } from '../../repairs/secret-file.ts';

/** So many paths are named in a message; the rest is counted. */
const shown = 3;

function listed(paths: readonly string[]): string {
  const rest = paths.length - shown;
  return rest > 0 ? `${paths.slice(0, shown).join(', ')} and ${rest} more` : paths.join(', ');
}

/** Keeps the files out of every build from this context. */
const ignoreFix = (ignorePath: string, paths: readonly string[]): Fix =>
  fix(`Keep ${listed(paths)} out with ${ignorePath}`, 'unsafe', [], {
    files: paths.map(line => ({ kind: 'append-line', path: ignorePath, line })),
  });

function namedFixes(model: DockerfileModel, copy: CopyInstruction, { source, secrets }: CopiedSource): Fix[] {
  const path = secrets[0]?.path ?? source.value;
  // In the place of the source it would be a flag.
  if (copy.words[copy.words.indexOf(source) + 1]?.raw.startsWith('--')) return [];
  const mounted = mountFileInstead(model, copy, source);
  const leaveOut = fix(`Leave ${path} out of the image`, 'suggestion', leaveFileOut(model, copy, source));
  return mounted === null
    ? [leaveOut]
    : [fix(`Mount ${path} as a build secret instead`, 'unsafe', mounted), leaveOut];
}

export default dockerfileRule({
  id: 'secret-in-copy',
  category: 'security',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A file with secrets copied into the image',
  needs: ['context'],
  messages: {
    named: {
      text: '{path} holds secrets ({kind}): in a layer it stays readable, also when a later instruction deletes it. Mount it in the RUN that needs it and build with `{flag}`, or mount it when the container starts.',
      equivalents: ['trivy:DS-0031'],
    },
    'named-in-build': {
      text: '{path} holds secrets ({kind}): the image does not keep this stage, but the build cache does, and what is copied out of the stage may take the file along. Mount it in the RUN that needs it and build with `{flag}`.',
      severity: 'warning',
      equivalents: ['trivy:DS-0031'],
    },
    'along-with': {
      text: 'This brings {paths} into the image, where everybody who pulls it reads them. Keep them out with a line in {ignoreFile}.',
    },
    'along-with-in-build': {
      text: 'This brings {paths} into the build cache, and into the image with what is copied out of this stage. Keep them out with a line in {ignoreFile}.',
      severity: 'warning',
    },
  },
  docs: {
    why: 'Every COPY makes a layer, and layers are kept: `RUN rm .npmrc` hides the file from the container, not from whoever unpacks the image. `COPY . .` takes along what nobody thought of: `.env`, keys, cloud credentials.',
    remedy:
      'A file that only the build needs is mounted where it is read: `RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci`, passed with `docker build --secret id=npmrc,src=.npmrc`. A file that the container needs is mounted when it starts. What lies in the folder but belongs to neither goes into `.dockerignore`.',
    limits:
      'Files are judged by their names; the folder beside the Dockerfile is taken for the build context, and some thousand of its files are looked at.',
    references: [
      'https://docs.docker.com/build/building/secrets/#secret-mounts',
      'https://docs.docker.com/build/concepts/context/#dockerignore-files',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'The file is gone from the image: what reads it has to get it another way.',
  },
  examples: {
    bad: [
      {
        note: 'Only the build needs it.',
        code: 'FROM node:24.9-slim\nWORKDIR /app\nCOPY package.json «.npmrc» ./\nRUN npm ci\nUSER node\n',
        fixed:
          'FROM node:24.9-slim\nWORKDIR /app\nCOPY package.json ./\nRUN --mount=type=secret,id=npmrc,target=/app/.npmrc npm ci\nUSER node\n',
      },
      {
        note: 'What would remove the file goes too: a mount cannot be removed.',
        code: 'FROM node:24.9-slim\nWORKDIR /home/node\nCOPY «.npmrc» .\nUSER node\nRUN npm ci \\\n    && rm -f .npmrc\n',
        fixed:
          'FROM node:24.9-slim\nWORKDIR /home/node\nUSER node\nRUN --mount=type=secret,id=npmrc,target=/home/node/.npmrc,uid=1000 npm ci\n',
      },
      {
        note: 'The container reads it: mount it at start.',
        code: 'FROM alpine:3.22\nCOPY «server.key» /etc/ssl/server.key\nUSER app\n',
        fixed: 'FROM alpine:3.22\nUSER app\n',
      },
      {
        note: 'It lies in the folder that is copied.',
        code: 'FROM alpine:3.22\nCOPY «.» /app\nUSER app\n',
        files: { '.env': 'DB_PASSWORD=x\n', 'main.py': '' },
        fixed: 'FROM alpine:3.22\nCOPY . /app\nUSER app\n',
        fixedFiles: { '.dockerignore': '.env\n' },
      },
      {
        note: 'A stage that is left behind.',
        code: 'FROM node:24.9-slim AS build\nWORKDIR /app\nCOPY «.npmrc» .\nCOPY «.» .\nRUN npm ci\nFROM scratch\nCOPY --from=build /app/dist /\n',
        files: { '.env': '', 'index.js': '' },
        fixed:
          'FROM node:24.9-slim AS build\nWORKDIR /app\nCOPY . .\nRUN --mount=type=secret,id=npmrc,target=/app/.npmrc npm ci\nFROM scratch\nCOPY --from=build /app/dist /\n',
        fixedFiles: { '.dockerignore': '.env\n' },
      },
    ],
    good: [
      {
        code: 'FROM alpine:3.22\nCOPY . /app\n',
        files: { '.env': '', '.dockerignore': '.env\n' },
        note: 'Kept out.',
      },
      { code: 'FROM alpine:3.22\nCOPY .env.example id_ed25519.pub /app/\n' },
      {
        code: 'FROM alpine:3.22\nCOPY --from=build /out/server.key /etc/ssl/\n',
        note: 'Made by the build itself.',
      },
    ],
  },
  check: ({ model, facts, report }) => {
    const visit = (copy: CopyInstruction): void => {
      const context = (copy.from === null && facts.get('context', '.')) || null;
      const isKept = isInImage(copy);
      for (const found of copiedSecrets(copy, context)) {
        const at = found.source.span;
        const [first] = found.secrets;
        if (found.named && first) {
          const data = { path: first.path, kind: first.kind, flag: secretFileFlag(first.path) };
          report(isKept ? 'named' : 'named-in-build', { at, data, fixes: namedFixes(model, copy, found) });
          continue;
        }
        const paths = found.secrets.map(({ path }) => path);
        const ignoreFile = context?.ignoreFile?.path ?? '.dockerignore';
        const data = { paths: listed(paths), ignoreFile };
        const fixes = [ignoreFix(ignoreFile, paths)];
        report(isKept ? 'along-with' : 'along-with-in-build', { at, data, fixes });
      }
    };
    return { instruction: { COPY: visit, ADD: visit } };
  },
});
