// Mutants: texts made of real ones by changing characters and lines, and by splicing two of them.
import type { Random } from './random.ts';

/** What takes part in the syntax of some language of a Dockerfile or a Compose file, and what is hard on offsets. */
const tokens: readonly [string, ...string[]] = [
  '\\',
  ...'`"\'$#&|;<>()[]{}=:,*?!@%~-+./ \t\n\r\0\ufeff\u2028é',
  '😀',
  '\ud800',
  '\r\n',
  '\\\n',
  '\\\r\n',
  ' && ',
  ' || ',
  '${',
  '$(',
  '<<EOF',
  '<<-"EOF"\n',
  '\nEOF\n',
  '--mount=',
  '--from=',
  '["',
  '"]',
  '\nRUN ',
  '\nFROM ',
  '\nONBUILD ',
  '\n# escape=`\n',
  '\n  # ',
  '- &a ',
  '*a',
  '<<: ',
  '| ',
];

/** No longer texts are made: what takes long to check in them says nothing about real ones. */
const longest = 20_000;

type Mutation = (text: string, other: string, random: Random) => string;

const at = (text: string, random: Random): number => random.below(text.length + 1);

const putIn: Mutation = (text, _other, random) => {
  const place = at(text, random);
  return text.slice(0, place) + random.one(tokens) + text.slice(place);
};

const putOver: Mutation = (text, _other, random) => {
  const place = at(text, random);
  return text.slice(0, place) + random.one(tokens) + text.slice(place + 1 + random.below(4));
};

const takeOut: Mutation = (text, _other, random) => {
  const place = at(text, random);
  return text.slice(0, place) + text.slice(place + 1 + random.below(12));
};

const cut: Mutation = (text, _other, random) => text.slice(0, at(text, random));

const splice: Mutation = (text, other, random) =>
  text.slice(0, at(text, random)) + other.slice(at(other, random));

/** Mutations of whole lines: `lines` may be changed. */
const ofLines =
  (change: (lines: string[], random: Random, other: readonly string[]) => void): Mutation =>
  (text, other, random) => {
    const lines = text.split('\n');
    change(lines, random, other.split('\n'));
    return lines.join('\n');
  };

const somewhere = (lines: readonly string[], random: Random): number => random.below(lines.length);

const dropLines = ofLines((lines, random) => {
  lines.splice(somewhere(lines, random), 1 + random.below(3));
});

const repeatLines = ofLines((lines, random) => {
  const from = somewhere(lines, random);
  lines.splice(somewhere(lines, random), 0, ...lines.slice(from, from + 1 + random.below(4)));
});

const moveLine = ofLines((lines, random) => {
  const [line = ''] = lines.splice(somewhere(lines, random), 1);
  lines.splice(somewhere(lines, random), 0, line);
});

const joinLines = ofLines((lines, random) => {
  const from = somewhere(lines, random);
  lines.splice(from, 2, lines.slice(from, from + 2).join(''));
});

const otherLines = ofLines((lines, random, other) => {
  const from = somewhere(other, random);
  lines.splice(somewhere(lines, random), 0, ...other.slice(from, from + 1 + random.below(12)));
});

const otherCase = ofLines((lines, random) => {
  const from = somewhere(lines, random);
  const line = lines[from] ?? '';
  lines[from] = random.below(2) === 0 ? line.toUpperCase() : line.toLowerCase();
});

const otherLineEnds: Mutation = text => text.replace(/\r?\n/g, '\r\n');

const mutations: [Mutation, ...Mutation[]] = [
  putIn,
  putIn,
  putOver,
  takeOut,
  cut,
  splice,
  dropLines,
  repeatLines,
  moveLine,
  joinLines,
  otherLines,
  otherLines,
  otherCase,
  otherLineEnds,
];

export function mutantOf(text: string, other: string, random: Random): string {
  let mutant = text;
  for (let rounds = 1 + random.below(3); rounds > 0; rounds--) {
    mutant = random.one(mutations)(mutant, other, random);
  }
  return mutant.slice(0, longest);
}
