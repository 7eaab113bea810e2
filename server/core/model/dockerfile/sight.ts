// Sight: everything that somebody who does not look around sees of an instruction, as one text. Where that is the same in
// another version of the file, whatever was found out from it is the same, up to where the instruction stands.
import { type Span, span, spanText } from '../../text/span.ts';
import type { Known } from '../known.ts';
import { rememberFor } from '../remembered.ts';
import { placeBefore } from './common.ts';
import type { Base, CopyInstruction, DockerfileModel, Instruction, Stage } from './model.ts';
import type { ParsedInstruction } from './parsed.ts';
import { type Place, settingAt, variableAt } from './timeline.ts';

/** With it, whether the file sets it at all: what it is set to may be just as unknown. */
const textOf = (value: Known<string | readonly string[]>): string =>
  `${value.setAt === null ? '' : '='}${value.known ? JSON.stringify(value.value) : value.because}`;

/** Writes down what holds at a place, besides variables: in most of a stage the same, and written once. */
function createSettingsText(): (place: Place) => string {
  let last: readonly unknown[] = [];
  let text = '';
  return place => {
    const settings = settingNames.map(name => settingAt(place, name));
    if (settings.some((setting, index) => setting !== last[index])) {
      last = settings;
      text = settings.map(textOf).join('\n');
    }
    return text;
  };
}

const settingNames = ['user', 'shell', 'workdir', 'stopSignal'] as const;

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

/** What every instruction may see beside its own: the escape character, and the FROM and ARG lines. */
export const frameOf = rememberFor(({ escape: escapeChar, instructions, text }: DockerfileModel): string =>
  instructions.reduce(
    (frame, { keyword, extent }) =>
      keyword === 'FROM' || keyword === 'ARG' ? `${frame}\n${spanText(text, extent)}` : frame,
    escapeChar as string,
  ),
);

/** What is seen of all stages. */
export const stagesText = rememberFor(({ stages }: DockerfileModel): string =>
  stages.map(stageText).join('\n\n'),
);

/** The lines of an instruction, which are seen whole. */
export function linesOf(text: string, instruction: Instruction): Span {
  const { extent } = (instruction as ParsedInstruction).statement;
  const behind = text.indexOf('\n', extent.end);
  return span(text.lastIndexOf('\n', extent.start - 1) + 1, behind < 0 ? text.length : behind);
}

export interface Sight {
  readonly text: string;
  /** The variables whose values count as seen. */
  readonly sees: readonly string[];
}

/** The sights of the instructions of one version. */
export function createSights(text: string): (instruction: Instruction) => Sight {
  const settingsText = createSettingsText();
  const stages = new Map<Stage | null, string>();
  const stageSeen = (stage: Stage | null): string => {
    const known = stages.get(stage) ?? (stage === null ? '' : stageText(stage));
    stages.set(stage, known);
    return known;
  };
  return instruction => {
    // What it is made from: the instruction itself need not be worked out where nothing else is seen of it.
    const { keyword, statement, model, stageIndex } = instruction as ParsedInstruction;
    const place = placeBefore(instruction as ParsedInstruction);
    const lines = linesOf(text, instruction);
    const sees = namesIn(instruction as ParsedInstruction);
    let sight = `${spanText(text, lines)}\n${settingsText(place)}\n${stageSeen(model.stages[stageIndex] ?? null)}`;
    for (const name of sees) sight += `\n${variableText(place, name)}`;
    if (keyword === 'COPY') {
      const { from } = instruction as CopyInstruction;
      if (from !== null) sight += `\n${stageSeen(from.stage)}`;
    }
    for (const comment of statement.comments) {
      if (comment.span.start < lines.start) sight += `\n#${comment.text}`;
    }
    return { text: sight, sees };
  };
}
