// Sight: everything that somebody who does not look around sees of an instruction, as one text. Where that is the same in
// another version of the file, whatever was found out from it is the same, up to where the instruction stands.
import type { Known } from '../known.ts';
import { looking } from '../looking.ts';
import { placeBefore } from './common.ts';
import type { Base, Instruction, Stage } from './model.ts';
import type { ParsedInstruction } from './parsed.ts';
import { type Place, settingAt, variableAt } from './timeline.ts';

const textOf = (value: Known<string | readonly string[]>): string =>
  value.known ? JSON.stringify(value.value) : value.because;

/** What holds in front of it, besides variables. */
function settingsText(place: Place): string {
  const user = textOf(settingAt(place, 'user'));
  const shell = textOf(settingAt(place, 'shell'));
  const workdir = textOf(settingAt(place, 'workdir'));
  return `${user}\n${shell}\n${workdir}\n${textOf(settingAt(place, 'stopSignal'))}`;
}

function variableText(place: Place, name: string): string {
  const variable = variableAt(place, name);
  if (variable === undefined) return `${name}${place.timeline.inherits(name) ? '?' : '-'}`;
  return `${name} ${variable.kind}${variable.isSet}${textOf(variable.value)}`;
}

const no: readonly string[] = [];

/** The variables that an instruction expands, and in ARG and ENV those that it may set: a name may go on in the next line. */
function namesIn({ keyword, statement: { line, heredocs } }: ParsedInstruction): readonly string[] {
  if (keyword === 'ENV' || keyword === 'ARG') return line.text.match(/[A-Za-z_]\w*/g) ?? no;
  const written =
    heredocs.length === 0 ? line.text : [line.text, ...heredocs.map(({ content }) => content)].join('\n');
  if (!written.includes('$')) return no;
  return Array.from(written.matchAll(/\$\{?([A-Za-z_]\w*)/g), ([, name = '']) => name);
}

function rootText(root: Base): string {
  if (root.kind !== 'image') return root.kind;
  const { reference, local } = root;
  // What an engine says holds maps.
  const said = JSON.stringify(local, (_, value) => (value instanceof Map ? [...value] : value));
  return `${reference.text}\n${said}`;
}

const stageText = ({ index, isFinal, isUsed, ships, root }: Stage): string =>
  `${index}${isFinal}${isUsed}${ships}${rootText(root)}`;

/** The sights of the instructions of one version; that of an instruction is what can be seen until the next is asked for. */
export function createSights(text: string): (instruction: Instruction) => string {
  const stages = new Map<Stage | null, string>();
  const stageSeen = (stage: Stage | null): string => {
    const known = stages.get(stage) ?? (stage === null ? '' : stageText(stage));
    stages.set(stage, known);
    return known;
  };
  return instruction => {
    const { extent, comments, keyword, stage } = instruction;
    const place = placeBefore(instruction as ParsedInstruction);
    const behind = text.indexOf('\n', extent.end);
    const start = text.lastIndexOf('\n', extent.start - 1) + 1;
    const lines = text.slice(start, behind < 0 ? text.length : behind);
    looking.sees = namesIn(instruction as ParsedInstruction);
    let sight = `${lines}\n${settingsText(place)}\n${stageSeen(stage)}`;
    for (const name of looking.sees) sight += `\n${variableText(place, name)}`;
    if (keyword === 'COPY' && instruction.from !== null) sight += `\n${stageSeen(instruction.from.stage)}`;
    for (const comment of comments) if (comment.span.start < start) sight += `\n#${comment.text}`;
    return sight;
  };
}
