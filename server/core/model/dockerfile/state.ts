// State: walks the instructions once, in order, and writes down what each of them changes.
import { type Known, known, unknown } from '../known.ts';
import type { LocalImage } from '../local-image.ts';
import { withinFrame } from '../looking.ts';
import { expand } from './expansion.ts';
import type { Stage, VariablesInstruction } from './model.ts';
import type { Parsed, ParsedInstruction, ParsedModel } from './parsed.ts';
import { shellComments } from './shell-comments.ts';
import {
  atEnd,
  lookupAt,
  type ScopedVariable,
  type Settings,
  settingAt,
  type Timeline,
  variableAt,
} from './timeline.ts';
import { accountOf, joinFolders } from './values.ts';

/** ARGs that every stage has, for RUN alone. */
const proxies: ReadonlySet<string> = new Set(
  ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap(name => [
    name,
    name.toLowerCase(),
  ]),
);

/** ARGs that stand before the first FROM without being written there. */
const platformArgs: ReadonlySet<string> = new Set([
  ...['BUILD', 'TARGET'].flatMap(side =>
    ['PLATFORM', 'OS', 'OSVERSION', 'ARCH', 'VARIANT'].map(part => `${side}${part}`),
  ),
  'TARGETSTAGE',
]);

const linuxShell = known<readonly string[]>(['/bin/sh', '-c'], null);
const windowsShell = known<readonly string[]>(['cmd', '/S', '/C'], null);

function emptyTimeline(parts: Pick<Timeline, 'parent' | 'start' | 'predefined' | 'inherits'>): Timeline {
  return { ...parts, changes: { user: [], shell: [], workdir: [], stopSignal: [] }, variables: new Map() };
}

/** What the instructions before the first FROM set; in a file without FROM, all of them. */
export function globalTimeline(model: ParsedModel): Timeline {
  const outside = unknown('external-base');
  const timeline = emptyTimeline({
    parent: null,
    start: { user: outside, shell: linuxShell, workdir: outside, stopSignal: outside },
    predefined: platformArgs,
    inherits: () => false,
  });
  const shells = shellComments(model);
  for (const instruction of model.instructions) {
    const shell = shells.get(instruction.index);
    if (shell) timeline.changes.shell.push({ at: instruction.index - 1, value: shell });
    if (instruction.keyword === 'FROM') break;
    record(timeline, instruction, instruction.index, null);
  }
  return timeline;
}

/**
 * The timeline of a stage is made when it is asked for, behind those that it goes on from, so that nothing is computed by
 * recursion. Who asks looks at what holds at a place of it, and not around: that is what a sight tells.
 */
export function stageTimelines(model: ParsedModel): ParsedModel['timelineOf'] {
  const made: Timeline[] = [];
  const make = (stageIndex: number): void => {
    const missing: Stage[] = [];
    for (let stage = model.stages[stageIndex] ?? null; stage !== null && !made[stage.index]; ) {
      missing.push(stage);
      stage = stageBelow(stage);
    }
    for (const stage of missing.reverse()) {
      const base = stageBelow(stage);
      made[stage.index] = timelineOf(model, stage, base, (base && made[base.index]) ?? null);
    }
  };
  return stageIndex => {
    if (made[stageIndex] === undefined) withinFrame(() => make(stageIndex));
    return made[stageIndex] ?? model.globals;
  };
}

const stageBelow = ({ base }: Stage): Stage | null => (base.kind === 'stage' ? base.stage : null);

function timelineOf(model: ParsedModel, stage: Stage, base: Stage | null, parent: Timeline | null): Timeline {
  const timeline = emptyTimeline({
    parent,
    start: parent === null ? startOf(stage, model.escape) : endOf(parent),
    predefined: proxies,
    inherits: parent?.inherits ?? inheritance(stage),
  });
  const shells = shellComments(model);
  const forAll = parent === null ? model.globals.changes.shell.at(-1) : undefined;
  if (forAll) timeline.changes.shell.push({ at: stage.from.index - 1, value: forAll.value });
  for (const [name, value] of localOf(stage)?.env ?? []) {
    const held = value === null ? unknown('external-base') : known(value, null);
    addVariable(timeline, stage.from.index, { name, kind: 'env', value: held, isSet: true });
  }
  for (const trigger of base === null ? [] : triggersOf(base)) {
    record(timeline, trigger, stage.from.index, model.globals);
  }
  for (const instruction of stage.instructions as readonly ParsedInstruction[]) {
    const shell = shells.get(instruction.index);
    if (shell && instruction !== stage.from)
      timeline.changes.shell.push({ at: instruction.index - 1, value: shell });
    record(timeline, instruction, instruction.index, model.globals);
  }
  return timeline;
}

/** The build sets a PATH where the image has none. */
const isSetOnScratch = (name: string): boolean => name === 'PATH';

/** A stage made from another one runs its ONBUILD triggers first. */
const triggersOf = (base: Stage): ParsedInstruction[] =>
  base.instructions.flatMap(instruction =>
    instruction.keyword === 'ONBUILD' && instruction.trigger !== null
      ? [instruction.trigger as ParsedInstruction]
      : [],
  );

const endOf = (timeline: Timeline): Settings => ({
  user: settingAt({ timeline, at: atEnd }, 'user'),
  shell: settingAt({ timeline, at: atEnd }, 'shell'),
  workdir: settingAt({ timeline, at: atEnd }, 'workdir'),
  stopSignal: settingAt({ timeline, at: atEnd }, 'stopSignal'),
});

/** Images seldom set another shell than their system's, so that it counts as known; the rest may be anything. */
function startOf(stage: Stage, escapeChar: string): Settings {
  const shell = isWindows(stage, escapeChar) ? windowsShell : linuxShell;
  if (stage.base.kind === 'scratch') {
    return {
      user: known('root', null),
      shell,
      workdir: known('/', null),
      stopSignal: known('SIGTERM', null),
    };
  }
  const local = localOf(stage);
  const outside = unknown('external-base');
  if (local === null) return { user: outside, shell, workdir: outside, stopSignal: outside };
  return {
    user: accountOf(known(local.user || 'root', null)).user,
    shell: local.shell === null ? shell : known(local.shell, null),
    workdir: known(local.workdir || '/', null),
    stopSignal: known(local.stopSignal || 'SIGTERM', null),
  };
}

const localOf = ({ base }: Stage): LocalImage | null => (base.kind === 'image' ? base.local : null);

/** What is known of the base says of each name whether it is set. */
function inheritance(stage: Stage): Timeline['inherits'] {
  return stage.base.kind === 'scratch' || localOf(stage) !== null ? isSetOnScratch : () => true;
}

function isWindows({ from, base }: Stage, escapeChar: string): boolean {
  if (from.platform?.value?.startsWith('windows')) return true;
  if (
    base.kind === 'image' &&
    (base.local?.os === 'windows' ||
      /nanoserver|servercore|^mcr\.microsoft\.com\/(?:windows|dotnet\/framework)\b/i.test(
        base.reference.text,
      ))
  )
    return true;
  return escapeChar === '`' && !(base.kind === 'image' && linux.test(base.reference.text));
}

/** Words of images that are never Windows: who writes on Windows may like its escape character all the same. */
const linux =
  /\b(?:alpine|debian|ubuntu|busybox|fedora|centos|almalinux|rockylinux|slim|bookworm|trixie|jammy|noble)/;

/** Writes down what an instruction changes from behind the index `at` on; `globals` is null before the first FROM. */
function record(
  timeline: Timeline,
  instruction: ParsedInstruction,
  at: number,
  globals: Timeline | null,
): void {
  const { changes } = timeline;
  switch (instruction.keyword) {
    case 'ENV':
      recordEnv(timeline, instruction, at);
      break;
    case 'ARG':
      recordArgs(timeline, instruction, at, globals);
      break;
    case 'USER':
      changes.user.push({ at, value: accountOf(argumentOf(timeline, instruction)).user });
      break;
    case 'WORKDIR': {
      const before = settingAt({ timeline, at: atEnd }, 'workdir');
      changes.workdir.push({ at, value: joinFolders(before, argumentOf(timeline, instruction)) });
      break;
    }
    case 'STOPSIGNAL':
      changes.stopSignal.push({ at, value: argumentOf(timeline, instruction) });
      break;
    case 'SHELL':
      changes.shell.push({ at, value: shellOf(instruction) });
      break;
  }
}

/** The only argument of an instruction, with what holds at the end of the timeline filled in. */
function argumentOf(timeline: Timeline, { words, span, model }: ParsedInstruction): Known<string> {
  const [word] = words;
  if (word === undefined) return unknown('unparsed', span);
  return expand(word.raw, model.escape, lookupAt({ timeline, at: atEnd }), span);
}

function shellOf({ json, words, span }: ParsedInstruction): Known<readonly string[]> {
  if (!json || words.length === 0) return unknown('unparsed', span);
  return known(
    words.map(word => word.value),
    span,
  );
}

/** The pairs of one ENV do not see each other. */
function recordEnv(timeline: Timeline, { pairs, model }: Parsed<VariablesInstruction>, at: number): void {
  const lookup = lookupAt({ timeline, at: atEnd });
  const variables = pairs.map(({ name, value, span }): ScopedVariable => {
    const held = expand(value?.raw ?? '', model.escape, lookup, span);
    return { name, kind: 'env', value: value === null ? unknown('unparsed', span) : held, isSet: true };
  });
  for (const variable of variables) addVariable(timeline, at, variable);
}

/** Each ARG sees those before it. Without a value it takes that of the ARG of its name before the first FROM. */
function recordArgs(
  timeline: Timeline,
  { pairs, model }: Parsed<VariablesInstruction>,
  at: number,
  globals: Timeline | null,
): void {
  const place = { timeline, at: atEnd };
  for (const { name, value, span } of pairs) {
    if (value !== null) {
      const held = expand(value.raw, model.escape, lookupAt(place), span);
      addVariable(timeline, at, { name, kind: 'arg', value: held, isSet: true });
      continue;
    }
    const global = globals === null ? undefined : variableAt({ timeline: globals, at: atEnd }, name);
    if (global?.isSet) addVariable(timeline, at, global);
    else if (variableAt(place, name) === undefined) {
      addVariable(timeline, at, { name, kind: 'arg', value: unknown('variable', span), isSet: false });
    }
  }
}

function addVariable({ variables }: Timeline, at: number, value: ScopedVariable): void {
  const changes = variables.get(value.name);
  if (changes === undefined) variables.set(value.name, [{ at, value }]);
  else changes.push({ at, value });
}
