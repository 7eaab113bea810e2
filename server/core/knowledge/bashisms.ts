// What bash knows and the small shells behind `sh` do not: dash of Debian and Ubuntu, ash of busybox. Data only.

export interface Bashism {
  /** ShellCheck's number of it. */
  readonly code: number;
  /** Goes on from "… belongs to bash: dash ". */
  readonly outcome: string;
  /** Busybox's shell does not know it either. */
  readonly ash?: true;
  /** How `sh` says the same. */
  readonly instead?: string;
}

const missing = 'has no such command';
const literal = 'leaves it as it is written';
const refuses = 'stops at it';

/** By the name of the command. */
export const bashCommands: Readonly<Record<string, Bashism>> = {
  source: { code: 3046, outcome: missing, instead: '.' },
  pushd: { code: 3044, outcome: missing, ash: true },
  popd: { code: 3044, outcome: missing, ash: true },
  declare: { code: 3044, outcome: missing, ash: true },
  typeset: { code: 3044, outcome: missing, ash: true },
  shopt: { code: 3044, outcome: missing, ash: true },
  let: { code: 3039, outcome: missing },
};

interface Written extends Bashism {
  readonly pattern: RegExp;
}

/** By how a word is written; what stands in single quotes is text. */
export const bashWords: readonly Written[] = [
  { pattern: /\$\{!?\w+(?:\^\^?|,,?)/, code: 3059, outcome: refuses, ash: true },
  { pattern: /\$\{\w+\[/, code: 3054, outcome: refuses, ash: true },
  { pattern: /\$\{\w+:(?:\d| -\d)/, code: 3057, outcome: refuses },
  { pattern: /\$\{\w+\//, code: 3060, outcome: refuses },
  { pattern: /^<\(/, code: 3001, outcome: refuses },
  { pattern: /^[^"'$]*\{(?:\d+\.\.\d+|[^{}"'$\s,]*(?:,[^{}"'$\s,]*)+)\}/, code: 3009, outcome: literal },
];

/** Outside of words. */
export const bashSyntax: readonly Written[] = [
  { pattern: /\[\[(?=\s)/g, code: 3010, outcome: missing },
  { pattern: /\bfunction(?=\s+[\w-]+)/g, code: 2112, outcome: missing },
  { pattern: /\|&/g, code: 2118, outcome: refuses, ash: true },
];

/** By operator. */
export const bashRedirects: Readonly<Record<string, Bashism>> = {
  '<<<': { code: 3011, outcome: refuses },
  '&>': { code: 3020, outcome: 'starts the command in the background and throws its output nowhere' },
  '&>>': { code: 3020, outcome: 'starts the command in the background and throws its output nowhere' },
};

export const bashArray: Bashism = { code: 3030, outcome: refuses, ash: true };
export const bashAppend: Bashism = { code: 3024, outcome: 'looks for a command of that name' };
export const bashEquals: Bashism = {
  code: 3014,
  outcome: 'takes it for no operator, and the test fails',
  instead: '=',
};
export const bashEcho: Bashism = { code: 3037, outcome: 'prints the option' };
export const bashPipefail: Bashism = { code: 3040, outcome: 'has no such option, and ends' };

const codes: ReadonlySet<number> = new Set(
  [
    ...Object.values(bashCommands),
    ...bashWords,
    ...bashSyntax,
    ...Object.values(bashRedirects),
    ...[bashArray, bashAppend, bashEquals, bashEcho, bashPipefail],
  ].map(({ code }) => code),
);

/** Found without ShellCheck. */
export const isBashism = (code: number): boolean => codes.has(code);
