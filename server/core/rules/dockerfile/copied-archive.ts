// copied-archive: COPY of an archive that a RUN unpacks afterwards.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { absolutePath, targetOf } from '../../insight/copy-target.ts';
import { siblingsOf } from '../../insight/siblings.ts';
import { type Unpacking, unpackingOf } from '../../insight/unpacking.ts';
import { isTarArchive } from '../../knowledge/archives.ts';
import type { CopyInstruction, DockerfileModel, RunInstruction, Word } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { removeCommands } from '../../repairs/commands.ts';
import { replace } from '../../text/edit.ts';

interface Unpacked {
  readonly source: Word;
  readonly run: RunInstruction;
  readonly command: ShellCommand;
  readonly unpacking: Unpacking;
}

const fileName = (raw: string): string => raw.replace(/["']/g, '').split(/[\\/]/).at(-1) ?? '';

/** By its whole path where that is known, else by its name. */
function names(copy: CopyInstruction, source: Word, run: RunInstruction, { archive }: Unpacking): boolean {
  const target = targetOf(copy, source);
  const path = archive.value === null ? null : absolutePath(archive.value, run.before);
  return (target !== null && target === path) || fileName(archive.raw) === fileName(source.raw);
}

/** The first command behind the COPY in its stage that unpacks one of its archives. */
function unpackedBehind(model: DockerfileModel, copy: CopyInstruction): Unpacked | null {
  const archives = copy.sources.filter(({ raw }) => isTarArchive(fileName(raw)));
  if (archives.length === 0) return null;
  for (const run of siblingsOf(model, copy)) {
    if (run.keyword !== 'RUN' || run.index < copy.index) continue;
    for (const command of run.script.commands) {
      const unpacking = unpackingOf(command);
      const source = unpacking && archives.find(word => names(copy, word, run, unpacking));
      if (unpacking && source) return { source, run, command, unpacking };
    }
  }
  return null;
}

/** The folder that it unpacks to, as an absolute path. */
function folderOf({ run, command, unpacking: { folder } }: Unpacked): string | null {
  const { commands } = run.script;
  if (folder?.startsWith('/')) return folder;
  const changes = commands
    .slice(0, commands.indexOf(command))
    .some(({ name }) => /^(?:cd|pushd)$/.test(name ?? ''));
  return changes ? null : absolutePath(folder ?? '.', run.before);
}

function addInstead(model: DockerfileModel, copy: CopyInstruction, unpacked: Unpacked): Fix[] {
  const { source, run, command, unpacking } = unpacked;
  const folder = folderOf(unpacked);
  const { destination } = copy;
  const isAlone = copy.sources.length === 1 && copy.heredocs.length === 0;
  if (!unpacking.isPlain || folder === null || destination === null || !isAlone) return [];
  const isNamed = ({ raw }: { readonly raw: string }): boolean =>
    fileName(raw) === fileName(unpacking.archive.raw);
  const others = run.script.commands.filter(other => other !== command && other.args.some(isNamed));
  const isOnlyRemoved = others.every(
    ({ name, args }) => name === 'rm' && args.filter(({ raw }) => !raw.startsWith('-')).every(isNamed),
  );
  const removals = removeCommands(model, run, [command, ...others]);
  if (!isOnlyRemoved || source.raw.includes('\\') || removals === null) return [];
  const path = folder === '/' ? '/' : `${folder}/`;
  const written = /^["']/.test(destination.raw) ? JSON.stringify(path) : path;
  const isLower = model.text[copy.keywordSpan.start] === 'c';
  const edits = [
    replace(copy.keywordSpan, isLower ? 'add' : 'ADD'),
    replace(destination.span, written),
    ...removals,
  ];
  return [fix(`Unpack it with ADD into ${folder}`, 'unsafe', edits, { relies: [run.span] })];
}

export default dockerfileRule({
  id: 'copied-archive',
  category: 'size',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'An archive copied, then unpacked',
  messages: {
    unpacked: {
      text: '{name} stays in the layer of this COPY beside what RUN unpacks from it, also when RUN removes it. ADD unpacks it while copying.',
      equivalents: ['hadolint:DL3010'],
    },
  },
  docs: {
    why: 'Each layer is kept as it was: the archive that `COPY` brought is part of the image for good, and a `RUN rm` behind it only hides the file. `ADD` unpacks tar archives of the build context as it copies them, and leaves no archive anywhere.',
    remedy:
      'Use `ADD` with the folder as destination. Where options such as `--strip-components` are needed, mount the archive instead: `RUN --mount=type=bind,source=app.tar.gz,target=/tmp/app.tar.gz tar -xf /tmp/app.tar.gz --strip-components=1`.',
    limits:
      'An archive is known by its name. Those from another stage are not reported: `ADD` does not take them.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives',
      'https://docs.docker.com/reference/dockerfile/#run---mounttypebind',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'ADD keeps owners and modes of the archive, which tar takes over in part. Where tar is told more than to unpack all of it, or another command reads the archive, a person has to say how.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\n«COPY» app.tar.gz /tmp/\nRUN mkdir -p /opt/app && tar -xzf /tmp/app.tar.gz -C /opt/app && rm /tmp/app.tar.gz\n',
        fixed: 'FROM debian:13\nADD app.tar.gz /opt/app/\nRUN mkdir -p /opt/app\n',
      },
      {
        code: 'FROM debian:13\nWORKDIR /srv\n«COPY» ["app.tar", "."]\nRUN tar xf app.tar\nRUN make\n',
        fixed: 'FROM debian:13\nWORKDIR /srv\nADD ["app.tar", "/srv/"]\nRUN make\n',
      },
      {
        note: 'ADD cannot leave out a folder of the archive.',
        code: 'FROM debian:13\n«COPY» app.tgz /tmp/\nRUN tar -xf /tmp/app.tgz --strip-components=1 -C /opt\n',
        fixed: 'FROM debian:13\nCOPY app.tgz /tmp/\nRUN tar -xf /tmp/app.tgz --strip-components=1 -C /opt\n',
      },
    ],
    good: [
      { code: 'FROM debian:13\nADD app.tar.gz /opt/app/\n' },
      {
        code: 'FROM debian:13\nCOPY --from=build /out/app.tar.gz /tmp/\nRUN tar -xf /tmp/app.tar.gz\n',
        note: 'ADD cannot take it from a stage.',
      },
      {
        code: 'FROM debian:13\nCOPY db.sql.gz /docker-entrypoint-initdb.d/\nCOPY b.tar /b/\nRUN tar -cf a.tar /etc\n',
      },
      {
        code: 'FROM debian:13\nRUN --mount=type=bind,source=app.tgz,target=/tmp/app.tgz tar -xf /tmp/app.tgz -C /opt\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      COPY(copy) {
        if (copy.from !== null || copy.onbuild !== null) return;
        const unpacked = unpackedBehind(model, copy);
        if (unpacked === null) return;
        const data = { name: fileName(unpacked.source.raw) };
        report('unpacked', { at: copy.keywordSpan, data, fixes: addInstead(model, copy, unpacked) });
      },
    },
  }),
});
