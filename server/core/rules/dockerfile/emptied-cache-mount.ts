// emptied-cache-mount: a cache that the build keeps, and that the same RUN throws away.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { type EmptiedFolder, emptiedFolders, isWithin, mountedFolders } from '../../insight/folders.ts';
import { cleanedFolders } from '../../insight/package-stores.ts';
import { packageWorkOf } from '../../insight/package-work.ts';
import type { DockerfileModel, RunInstruction } from '../../model/dockerfile/model.ts';
import { removeArgument, removeCommand } from '../../repairs/commands.ts';
import type { Edit } from '../../text/edit.ts';

/** The word, or the command where it deletes nothing else. */
function removal(model: DockerfileModel, run: RunInstruction, { command, word }: EmptiedFolder): Edit | null {
  const operands = command.args.filter(({ value }) => value?.startsWith('-') !== true);
  if (command.name === 'rm' && operands.length > 1) return removeArgument(model, command, word);
  return removeCommand(model, run, command);
}

/** The mount that holds a folder. */
type MountOf = (folder: string) => string | undefined;

const firstOf = (folders: readonly (string | undefined)[]): string | undefined =>
  folders.find(folder => folder !== undefined);

const fixes = (title: string, edit: Edit | null) => (edit === null ? [] : [fix(title, 'safe', [edit])]);

export default dockerfileRule({
  id: 'emptied-cache-mount',
  category: 'reliability',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A cache mount that the same RUN empties',
  messages: {
    emptied: {
      text: '`{command}` empties the cache mounted at {folder}, which is no part of the image: every build downloads all of it again. Leave it out.',
    },
    unused: {
      text: '`{option}` keeps {manager} from using the cache mounted at {folder}. Leave it out.',
    },
  },
  docs: {
    why: 'What is written to a cache mount does not end up in the image, so that there is nothing to clean up. A RUN that does so all the same makes the mount useless, and takes the cache from other builds that share it.',
    remedy: 'Take the clean-up out. The repair does.',
    references: [
      'https://docs.docker.com/build/cache/optimize/#use-cache-mounts',
      'https://docs.docker.com/reference/dockerfile/#run---mounttypecache',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'safe',
    why: 'The mount is no part of the image. A clean-up that something else depends on is left alone.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1-slim\nRUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt \\\n    apt-get update && apt-get install -y curl \\\n    && «apt-get clean» \\\n    && rm -rf /tmp/* «/var/lib/apt/lists/*»\n',
        fixed:
          'FROM debian:13.1-slim\nRUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt \\\n    apt-get update && apt-get install -y curl \\\n    && rm -rf /tmp/*\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN --mount=type=cache,target=/etc/apk/cache apk add «--no-cache» curl\n',
        fixed: 'FROM alpine:3.22\nRUN --mount=type=cache,target=/etc/apk/cache apk add curl\n',
      },
      {
        code: 'FROM python:3.14-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install «--no-cache-dir» -r requirements.txt\n',
        fixed:
          'FROM python:3.14-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt\n',
      },
      {
        code: 'FROM fedora:43\nRUN --mount=type=cache,target=/var/cache/libdnf5 if true; then «dnf clean» all; fi\n',
        fixed:
          'FROM fedora:43\nRUN --mount=type=cache,target=/var/cache/libdnf5 if true; then dnf clean all; fi\n',
      },
    ],
    good: [
      {
        note: 'Something else is removed.',
        code: 'FROM debian:13.1-slim\nRUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const files = (run: RunInstruction, mountOf: MountOf): void => {
      const emptied = emptiedFolders(run);
      for (const word of new Set(emptied.map(entry => entry.word))) {
        const entries = emptied.filter(entry => entry.word === word);
        const [entry] = entries;
        const folder = entry && mountOf(entry.folder);
        if (!folder || !entries.every(other => mountOf(other.folder))) continue;
        report('emptied', {
          at: word.span,
          data: { command: `${entry.command.name} ${word.raw}`, folder },
          fixes: fixes('Leave the cache alone', removal(model, run, entry)),
        });
      }
    };
    const calls = (run: RunInstruction, mountOf: MountOf): void => {
      for (const work of packageWorkOf(run)) {
        const folder = firstOf(cleanedFolders(work).map(mountOf));
        if (folder === undefined) continue;
        report('emptied', {
          at: work.span,
          data: { command: work.title, folder },
          fixes: fixes('Leave the cache alone', removeCommand(model, run, work.command)),
        });
      }
    };
    const options = (run: RunInstruction, mountOf: MountOf): void => {
      for (const { manager, options: given, command } of packageWorkOf(run)) {
        const option = given.find(({ value }) => value !== null && value === manager.store.option);
        const folder = option && firstOf(manager.store.folders.map(mountOf));
        if (folder === undefined || option === undefined) continue;
        report('unused', {
          at: option.span,
          data: { option: option.value ?? '', manager: manager.name, folder },
          fixes: fixes('Use the cache', removeArgument(model, command, option)),
        });
      }
    };
    return {
      instruction: {
        RUN(run) {
          const mounts = mountedFolders(run, ['cache']);
          if (mounts.length === 0) return;
          const mountOf: MountOf = folder => mounts.find(mount => isWithin(folder, mount));
          for (const check of [files, calls, options]) check(run, mountOf);
        },
      },
    };
  },
});
