// Which instruction of a stage brought a package, where no layer tells: by the path that gives it away and by what installs its kind.
import { destinationOf, targetOf } from '../insight/copy-target.ts';
import { packageNameOf } from '../insight/package-pins.ts';
import { packageWorkOf } from '../insight/package-work.ts';
import { builtFrom } from '../insight/run-effects.ts';
import type { CopyInstruction, Instruction, RunInstruction, Stage } from '../model/dockerfile/model.ts';
import { bringsPackages, listsPackages } from './makers.ts';
import type { Vulnerability } from './model.ts';
import { isSystemPackage } from './purl.ts';

export type Sought = Pick<Vulnerability, 'package' | 'ecosystem' | 'path'>;

/** Where systems note what is installed. */
const databases: Readonly<Record<string, string>> = {
  deb: '/var/lib/dpkg/status',
  apk: '/lib/apk/db/installed',
  rpm: '/var/lib/rpm/rpmdb.sqlite',
};

const absolute = (path: string): string => (path.startsWith('/') ? path : `/${path}`);

const pathOf = ({ path, ecosystem }: Sought): string | null =>
  path === null ? (databases[ecosystem] ?? null) : absolute(path);

const join = (folder: string, rest: string): string => `${folder.replace(/\/+$/, '')}/${rest}`;

/** Where the file lay before it was copied; null where it was not copied by this. */
function sourcePath(copy: CopyInstruction, path: string): string | null {
  const destination = destinationOf(copy);
  if (destination === null) return null;
  for (const source of copy.sources) {
    if (targetOf(copy, source) === path) return absolute(source.value);
  }
  const folder = destination === '/' ? '/' : `${destination}/`;
  const [source] = copy.sources;
  if (source === undefined || !`${path}/`.startsWith(folder)) return null;
  return join(absolute(source.value), path.slice(folder.length));
}

/** True where the RUN names the package itself. */
const namesPackage = (run: RunInstruction, name: string): boolean =>
  packageWorkOf(run).some(
    work =>
      work.action === 'install' &&
      work.operands.some(
        word =>
          packageNameOf(word)
            .split(/[=<>~@:]/)[0]
            ?.toLowerCase() === name.toLowerCase(),
      ),
  );

/** The RUN that names the package, else the last one that brings such packages. */
function runIn(instructions: readonly Instruction[], sought: Sought): RunInstruction | null {
  const runs = instructions.filter(
    (instruction): instruction is RunInstruction =>
      instruction.keyword === 'RUN' &&
      instruction.script.commands.some(({ name }) => name !== null && bringsPackages(name, sought.ecosystem)),
  );
  const naming = runs.findLast(run => namesPackage(run, sought.package));
  // A system comes with packages of its own: only those that are named are surely of a RUN.
  return naming ?? (isSystemPackage(sought.ecosystem) ? null : (runs.at(-1) ?? null));
}

const isCopy = (instruction: Instruction): instruction is CopyInstruction =>
  instruction.keyword === 'COPY' || instruction.keyword === 'ADD';

/** The copy that a file came by, and how it was called before: one that names the file rather than its folder. */
function copyIn(instructions: readonly Instruction[], path: string) {
  const copies = instructions
    .filter(isCopy)
    .flatMap(copy => {
      const before = sourcePath(copy, path);
      return before === null
        ? []
        : { copy, before, isNamed: copy.sources.some(source => targetOf(copy, source) === path) };
    })
    .reverse();
  return copies.find(({ isNamed }) => isNamed) ?? copies[0] ?? null;
}

/** More stages than anybody copies through. */
const deepest = 20;

/** Null where the file does not tell. */
export function bringerIn(stage: Stage, sought: Sought, depth = 0): Instruction | null {
  const path = pathOf(sought);
  const instructions = builtFrom(stage);
  const isListed = path !== null && sought.path !== null && listsPackages(path);
  const run = isListed ? null : runIn(instructions, sought);
  if (run) return run;
  const copied = path === null ? null : copyIn(instructions, path);
  if (copied) return throughStages(copied.copy, { ...sought, path: copied.before }, depth);
  return isListed ? null : (stage.chain.at(-1)?.from ?? null);
}

function throughStages(copy: CopyInstruction, sought: Sought, depth: number): Instruction {
  const stage = copy.from?.stage;
  return (stage && depth < deepest && bringerIn(stage, sought, depth + 1)) || copy;
}

/** What brought a package that a COPY took from another stage: the copy itself, where it took it from elsewhere. */
export function bringerBehind(copy: CopyInstruction, sought: Sought): Instruction {
  const path = pathOf(sought);
  const before = path === null ? null : sourcePath(copy, path);
  return before === null ? copy : throughStages(copy, { ...sought, path: before }, 0);
}
