// sources-before-dependencies: COPY . . before the install, so that every change of a source installs again.
import type { Answer } from '../../engine/facts.ts';
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { contextPath } from '../../insight/context-files.ts';
import { destinationOf } from '../../insight/copy-target.ts';
import { mountedFolders } from '../../insight/folders.ts';
import { siblingsOf } from '../../insight/siblings.ts';
import { installingPrograms, manifestsOf } from '../../knowledge/manifests.ts';
import type {
  CopyInstruction,
  DockerfileModel,
  Instruction,
  RunInstruction,
} from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { removeInstruction } from '../../repairs/removal.ts';
import { insertBefore, keywordLike } from '../../repairs/writing.ts';
import { spanText } from '../../text/span.ts';

const isWholeCopy = (instruction: Instruction): instruction is CopyInstruction =>
  (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') &&
  instruction.onbuild === null &&
  (instruction.keyword === 'ADD' || instruction.from === null) &&
  instruction.sources.some(({ value }) => contextPath(value) === '');

/** The manifest, and what goes with it: what is there, else with a star, so that it may be missing. */
function sourcesFor(files: readonly string[], context: Answer<'context'>): readonly string[] | null {
  const [manifest, ...others] = files;
  if (manifest === undefined) return null;
  if (context == null) return [manifest, ...others.map(file => `${file}*`)];
  if (!context.files.includes(manifest)) return null;
  return [manifest, ...others.filter(file => context.files.includes(file))];
}

/** The install moves above the COPY, behind one of what it reads. */
function installFirst(
  model: DockerfileModel,
  copy: CopyInstruction,
  run: RunInstruction,
  files: readonly string[] | null,
): Fix[] {
  const siblings = siblingsOf(model, run);
  const isNext = siblings.indexOf(run) === siblings.indexOf(copy) + 1;
  const { workdir } = copy.before;
  const goesHere = workdir.known && workdir.value === destinationOf(copy);
  const text = spanText(model.text, run.span);
  const isPlain = run.script.commands.length === 1 && !text.includes('\n') && run.comments.length === 0;
  if (files === null || !isNext || !goesHere || !isPlain || copy.sources.length > 1) return [];
  const flags = copy.flags.map(({ raw }) => ` ${raw}`).join('');
  const line = `${keywordLike(model, 'COPY')}${flags} ${files.join(' ')} ./`;
  const edits = [insertBefore(model, copy, [line, text]), removeInstruction(model, run)];
  return [fix(`Install by ${files[0]} before the rest is copied`, 'suggestion', edits)];
}

export default dockerfileRule({
  id: 'sources-before-dependencies',
  category: 'size',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'All sources copied before dependencies are installed',
  needs: ['context'],
  messages: {
    order: {
      text: 'Every change of any file runs `{install}` again, which reads {manifest} alone. Copy that first, install, then copy the rest.',
    },
  },
  docs: {
    why: 'The cache of a build ends at the first instruction whose input has changed. With `COPY . .` in front of it, the install of all dependencies is run for each change of a comment, and its layer, mostly the largest one, is pushed and pulled again.',
    remedy:
      'Copy the manifest and the lock file, install, and copy the rest behind it. Or mount them: `RUN --mount=type=bind,source=package.json,target=package.json … npm ci`.',
    limits:
      'Silent where the RUN has a cache mount or a bind mount. Installs that run scripts of the project need the sources, which cannot be seen here.',
    references: ['https://docs.docker.com/build/cache/optimize/#order-your-layers'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Scripts that run at install, workspaces and local packages need more than the manifest. The repair moves a RUN of one command that stands directly behind the COPY.',
  },
  examples: {
    bad: [
      {
        code: 'FROM node:24.9-slim\nWORKDIR /app\nCOPY --chown=node . .\nRUN «npm» ci\nRUN npm run build\nUSER node\n',
        files: {
          'package.json': '{}',
          'package-lock.json': '{}',
          '.dockerignore': '*\n!src\n!*.json\n',
          'src/a.js': '',
        },
        fixed:
          'FROM node:24.9-slim\nWORKDIR /app\nCOPY --chown=node package.json package-lock.json ./\nRUN npm ci\nCOPY --chown=node . .\nRUN npm run build\nUSER node\n',
      },
      {
        code: 'FROM python:3.14-slim\nWORKDIR /app\nCOPY . .\nRUN apt-get update && «pip» install -r requirements.txt\nUSER nobody\n',
        fixed:
          'FROM python:3.14-slim\nWORKDIR /app\nCOPY . .\nRUN apt-get update && pip install -r requirements.txt\nUSER nobody\n',
      },
    ],
    good: [
      {
        code: 'FROM node:24.9-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nUSER node\n',
      },
      {
        code: 'FROM golang:1.27 AS build\nWORKDIR /src\nCOPY . .\nRUN --mount=type=cache,target=/go/pkg/mod go mod download\nFROM scratch\nCOPY --from=build /src/app /\nUSER 65532\n',
        note: 'The mount keeps what was downloaded.',
      },
      {
        code: 'FROM python:3.14-slim\nWORKDIR /app\nCOPY . .\nRUN pip install .\nRUN npm install -g serve\nUSER nobody\n',
        note: 'These need the sources, or nothing of them.',
      },
    ],
  },
  check: ({ model, facts, report }) => {
    const visit = (command: ShellCommand, run: Instruction): void => {
      if (run.keyword !== 'RUN' || run.onbuild !== null || command.nameWord === null) return;
      const values = command.args.map(({ value }) => value);
      const files = manifestsOf(command.name, values);
      if (files === null || mountedFolders(run, ['cache', 'bind']).length > 0) return;
      const copy = siblingsOf(model, run).find(
        (other): other is CopyInstruction => other.index < run.index && isWholeCopy(other),
      );
      if (copy === undefined) return;
      const install = [command.name, ...values.filter(value => value !== null)].slice(0, 4).join(' ');
      const sources = sourcesFor(files, facts.get('context', '.'));
      const data = { install, manifest: files[0] ?? '' };
      const fixes = installFirst(model, copy, run, sources);
      report('order', { at: command.nameWord.span, data, fixes });
    };
    return { programs: [{ names: installingPrograms, visit }] };
  },
});
