// removed-too-late: rm of what an earlier layer has brought, which keeps it.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isBrought, perhapsBrought } from '../../insight/copied-parts.ts';
import { copiedTo } from '../../insight/copied-paths.ts';
import { absolutePath, targetOf } from '../../insight/copy-target.ts';
import { type EmptiedFolder, emptiedFolders, foldersAbove, isWithin } from '../../insight/folders.ts';
import { mentions } from '../../insight/run-effects.ts';
import { leavesLayer } from '../../insight/shipped.ts';
import { siblingsOf } from '../../insight/siblings.ts';
import type {
  CopyInstruction,
  DockerfileModel,
  Instruction,
  RunInstruction,
} from '../../model/dockerfile/model.ts';
import { rememberFor } from '../../model/remembered.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { mountEdit } from '../../repairs/build-secret.ts';
import { removeCommand } from '../../repairs/commands.ts';
import { removeInstruction } from '../../repairs/removal.ts';
import type { Span } from '../../text/span.ts';

/** A first look: the options of curl and wget that name a file. */
const savedFiles = /\s-(?:[a-zA-Z]*[oO]|-output(?:-document)?)\s/;

/** Where a command saves what it downloads; null where it does not say so. */
function savedBy({ name, args }: ShellCommand): string | null {
  if (name !== 'curl' && name !== 'wget') return null;
  const option = name === 'curl' ? /^(?:-[a-zA-Z]*o|--output)$/ : /^(?:-[a-zA-Z]*O|--output-document)$/;
  const at = args.findIndex(({ value }) => option.test(value ?? ''));
  return at < 0 ? null : (args[at + 1]?.value ?? null);
}

/** The RUN takes it away again itself: it deletes it, or moves it somewhere else. */
const takesAway = (run: RunInstruction, target: string): boolean =>
  emptiedFolders(run).some(({ folder }) => isWithin(target, absolutePath(folder, run.before) ?? '')) ||
  run.script.commands.some(({ name, args }) => name === 'mv' && args.some(({ value }) => value === target));

/** Each path that a RUN of the stage saves and leaves, and each folder above one, with the first such RUN. */
const downloadsIn = rememberFor((instructions: readonly Instruction[]): ReadonlyMap<string, number> => {
  const first = new Map<string, number>();
  for (const run of instructions) {
    if (run.keyword !== 'RUN' || !mentions(run, savedFiles)) continue;
    for (const command of run.script.commands) {
      const saved = savedBy(command);
      const target = saved === null ? null : absolutePath(saved, run.before);
      if (target === null || takesAway(run, target)) continue;
      for (const path of [target, ...foldersAbove(target)]) if (!first.has(path)) first.set(path, run.index);
    }
  }
  return first;
});

const downloadedBefore = ({ stage, index }: RunInstruction, path: string): boolean =>
  stage !== null && (downloadsIn(stage.instructions).get(path) ?? index) < index;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The file is only there while the RUN goes on. */
function mountInstead(
  model: DockerfileModel,
  run: RunInstruction,
  copy: CopyInstruction,
  { command }: EmptiedFolder,
): Fix[] {
  const [source] = copy.sources;
  const target = source && targetOf(copy, source);
  const isFile = copy.sources.length === 1 && /(?:^|\/)[^/*?[$]+\.\w+$/.test(source?.value ?? '');
  if (source === undefined || target == null || !isFile || run.onbuild !== null) return [];
  const isOnlyOperand = command.args.filter(({ raw }) => !raw.startsWith('-')).length === 1;
  const isUsedElsewhere = siblingsOf(model, run).some(
    other => other.keyword === 'RUN' && other !== run && other.body.text.includes(nameOf(target)),
  );
  const removal = removeCommand(model, run, command);
  const isAlone = run.script.commands.length === 1;
  if (!isOnlyOperand || isUsedElsewhere || removal === null || isAlone || copy.comments.length > 0) return [];
  const from = copy.from === null ? '' : `,from=${copy.from.flag.value ?? ''}`;
  const path = source.value.replace(/^(?:\.?\/)+/, copy.from === null ? '' : '/');
  const mount = mountEdit(run, `type=bind${from},source=${path},target=${target}`);
  return [
    fix(`Mount ${path} in this RUN instead`, 'unsafe', [removeInstruction(model, copy), mount, removal]),
  ];
}

export default dockerfileRule({
  id: 'removed-too-late',
  category: 'size',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Removed in a later layer',
  needs: ['context'],
  messages: {
    copied: {
      text: '{path} stays in the layer that {keyword} has made: removing it here hides it, and it is still pulled and can be read. Mount it in the RUN that needs it.',
    },
    along: {
      text: '{path} stays in the layer of the {keyword} that has brought it along: removing it here hides it, and it is still pulled and can be read. Keep it out of the build with {ignoreFile}.',
    },
    downloaded: {
      text: '{path} stays in the layer of the RUN that has fetched it: removing it here hides it, and it is still pulled. Remove it in that RUN.',
    },
  },
  docs: {
    why: 'A layer is never changed by those above it. What one instruction puts into it stays, and `RUN rm` in a later one only notes that the file is not to be seen. The image is as large as before, and whoever unpacks it has the file.',
    remedy:
      'Remove files in the RUN that makes them. A file of the build context that a RUN needs is mounted: `RUN --mount=type=bind,source=a.deb,target=/tmp/a.deb dpkg -i /tmp/a.deb`.',
    limits:
      'Seen of files that COPY, ADD, curl and wget put somewhere, in layers that are shipped; of parts of folders where the build context is known, or a name such as `tests` tells.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#run---mounttypebind',
      'https://docs.docker.com/build/building/best-practices/#run',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A mounted file is read-only, and there for one RUN alone. Joining two RUNs is left to a person, as are folders and patterns.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nCOPY tool.deb /tmp/\nRUN dpkg -i /tmp/tool.deb \\\n    && rm «/tmp/tool.deb»\n',
        fixed:
          'FROM debian:13\nRUN --mount=type=bind,source=tool.deb,target=/tmp/tool.deb dpkg -i /tmp/tool.deb\n',
      },
      {
        code: 'FROM debian:13\nRUN curl -fsSLo /tmp/a.tgz https://example.com/a.tgz\nRUN tar -xf /tmp/a.tgz && rm -rf «/tmp/a.tgz»\n',
        fixed:
          'FROM debian:13\nRUN curl -fsSLo /tmp/a.tgz https://example.com/a.tgz\nRUN tar -xf /tmp/a.tgz && rm -rf /tmp/a.tgz\n',
      },
      {
        note: 'A part of a folder.',
        code: 'FROM debian:13\nWORKDIR /app\nCOPY . .\nRUN rm -rf «/app/tests/» «docs» unknown\n',
        files: { 'main.c': '', 'tests/a.c': '', 'docs/b': '' },
        fixed: 'FROM debian:13\nWORKDIR /app\nCOPY . .\nRUN rm -rf /app/tests/ docs unknown\n',
        fixedFiles: { '.dockerignore': 'tests\ndocs\n' },
      },
    ],
    good: [
      {
        note: 'Made by the build, and kept out of it.',
        code: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build && rm -rf node_modules tests\n',
        files: { 'package.json': '', 'tests/a.js': '', '.dockerignore': 'tests\n' },
      },
      {
        code: 'FROM debian:13\nRUN curl -fsSLo /tmp/a https://example.com/a && rm /tmp/a\nRUN rm -rf /tmp/*\n',
      },
      {
        code: 'FROM debian:13 AS build\nCOPY a.deb /tmp/\nRUN dpkg -i /tmp/a.deb && rm /tmp/a.deb\nFROM scratch\nCOPY --from=build /out /\nUSER 65532\n',
        note: 'Not in a layer that is shipped.',
      },
    ],
  },
  check: ({ model, facts, report }) => {
    const leftOver = (run: RunInstruction, path: string, at: Span): void => {
      const parts = perhapsBrought(model, run, path);
      const context = parts.length > 0 ? facts.get('context', '.') : undefined;
      if (context === undefined) return;
      const found = parts.find(part => isBrought(part, context));
      if (found === undefined) return;
      const ignoreFile = context?.ignoreFile?.path ?? '.dockerignore';
      const files = [{ kind: 'append-line', path: ignoreFile, line: found.path }] as const;
      const fixes = [fix(`Keep ${found.path} out with ${ignoreFile}`, 'unsafe', [], { files })];
      report('along', { at, data: { path, keyword: found.copy.keyword, ignoreFile }, fixes });
    };
    return {
      instruction: {
        RUN(run) {
          for (const emptied of emptiedFolders(run)) {
            const path = absolutePath(emptied.folder, run.before);
            const at = emptied.word.span;
            if (path === null || path === '/' || /[*?[]/.test(path) || !leavesLayer(run)) continue;
            const [copied] = copiedTo(model, run, path);
            if (copied !== undefined) {
              const fixes = mountInstead(model, run, copied.copy, emptied);
              report('copied', { at, data: { path, keyword: copied.copy.keyword }, fixes });
            } else if (downloadedBefore(run, path)) {
              report('downloaded', { at, data: { path } });
            } else {
              leftOver(run, path, at);
            }
          }
        },
      },
    };
  },
});
