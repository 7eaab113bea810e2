// What is known of the image that a stage makes: the model's states and the knowledge of its base, put together.
import { type ImageFacts, type KnownImage, type OperatingSystem, osOfTag } from '../knowledge/images.ts';
import type { Stage } from '../model/dockerfile/model.ts';
import { withinFrame } from '../model/looking.ts';
import { rememberFor } from '../model/remembered.ts';
import { type Account, createdAccounts } from './accounts.ts';
import { factsOf } from './image-facts.ts';
import { builtFrom, commandsOf, providesProgram } from './run-effects.ts';

export interface StageInsight {
  readonly stage: Stage;
  /** What is known of the image outside the file; undefined where it is none, or nothing is known. */
  readonly facts: KnownImage | undefined;
  /** By the table, else by the tag, else by the package manager that the stage calls. */
  readonly system: OperatingSystem | undefined;
  /** The image outside the file as written, `scratch`, or null where a variable hides it. */
  readonly base: string | null;
  /** Accounts besides root and the operating system's own, those made in the file first. */
  readonly accounts: readonly Account[];
  /** Groups that the file makes. */
  readonly groups: ReadonlySet<string>;
  /** Whether a program is there at the end of the stage. */
  has(program: string): boolean | 'unknown';
}

const systemByManager: Readonly<Record<string, OperatingSystem>> = {
  apk: { family: 'alpine', packageManager: 'apk' },
  apt: { family: 'debian', packageManager: 'apt' },
  'apt-get': { family: 'debian', packageManager: 'apt' },
  dnf: { family: 'rhel', packageManager: 'dnf' },
  microdnf: { family: 'rhel', packageManager: 'microdnf' },
  yum: { family: 'rhel', packageManager: 'yum' },
  zypper: { family: 'suse', packageManager: 'zypper' },
};

const windows: OperatingSystem = { family: 'windows', packageManager: 'unknown' };
const windowsImage = /windows|nanoserver|dotnet\/framework/;

function systemOf(stage: Stage, facts: ImageFacts | undefined): OperatingSystem | undefined {
  const { root } = stage;
  if (root.kind === 'scratch') return { family: 'scratch', packageManager: 'none' };
  const platform = withinFrame(() => stage.chain.at(-1)?.from.platform?.value);
  if (platform?.startsWith('windows') || (root.kind === 'image' && windowsImage.test(root.reference.text)))
    return windows;
  if (facts && facts.os.family !== 'unknown') return facts.os;
  const byTag =
    root.kind === 'image' && root.reference.tag !== null ? osOfTag(root.reference.tag) : undefined;
  if (byTag !== undefined) return byTag;
  const called = commandsOf(builtFrom(stage)).map(({ name }) => systemByManager[name ?? '']);
  return called.find(system => system !== undefined);
}

function baseOf({ root }: Stage): string | null {
  if (root.kind === 'image') return root.reference.text;
  return root.kind === 'scratch' ? 'scratch' : null;
}

/** `ubuntu` is a person's account on a cloud machine, which the image merely inherits. */
const accountsOf = (facts: ImageFacts | undefined): readonly Account[] =>
  (facts?.accounts ?? [])
    .filter(({ name }) => name !== 'ubuntu')
    .map(({ name, uid }) => ({ name, uid, group: name }));

/** The table's answer for the programs it knows of. */
function tableHas(facts: ImageFacts | undefined, program: string): boolean | 'unknown' {
  if (facts === undefined) return 'unknown';
  if (program === 'curl' || program === 'wget') return facts[program];
  if (program === 'sh') return facts.shell;
  return 'unknown';
}

const factsFor = rememberFor(({ root }: Stage) =>
  root.kind === 'image' ? factsOf(root.reference, root.local) : undefined,
);
const systemFor = rememberFor((stage: Stage) => systemOf(stage, factsFor(stage)));
const createdIn = rememberFor(createdAccounts);

class Insight implements StageInsight {
  readonly stage: Stage;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  get facts(): KnownImage | undefined {
    return factsFor(this.stage);
  }

  get system(): OperatingSystem | undefined {
    return systemFor(this.stage);
  }

  get base(): string | null {
    return baseOf(this.stage);
  }

  get accounts(): readonly Account[] {
    return [...createdIn(this.stage).accounts, ...accountsOf(this.facts)];
  }

  get groups(): ReadonlySet<string> {
    return createdIn(this.stage).groups;
  }

  readonly has = (program: string): boolean | 'unknown' => {
    const isThere = this.stage.root.kind === 'scratch' ? false : tableHas(this.facts, program);
    return providesProgram(this.stage, program) ?? isThere;
  };
}

export const inspectStage = rememberFor((stage: Stage): StageInsight => new Insight(stage));
