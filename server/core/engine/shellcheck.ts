// ShellCheck: what is asked of it about a script, and its answer as data. A host that has the program runs it.

export const shellcheckLevels = ['error', 'warning', 'info', 'style'] as const;
export type ShellcheckLevel = (typeof shellcheckLevels)[number];

/** Lines and columns count from 1, columns in code points; the end is behind the last character. */
export interface ShellcheckPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface ShellcheckReplacement extends ShellcheckPlace {
  readonly replacement: string;
  /** Where nothing is replaced: it goes with the text in front of the place, not with the text behind. */
  readonly closes: boolean;
}

export interface ShellcheckComment extends ShellcheckPlace {
  readonly level: ShellcheckLevel;
  /** 2086 for SC2086. */
  readonly code: number;
  readonly message: string;
  readonly replacements: readonly ShellcheckReplacement[];
}

/** A script and how it is read; `dialect` is what `shellcheck -s` takes. */
export interface ShellcheckQuestion {
  readonly dialect: string;
  readonly script: string;
}

/** Answers null where the program is missing or fails. */
export type ScriptChecker = (question: ShellcheckQuestion) => Promise<readonly ShellcheckComment[] | null>;

/** The dialects that ShellCheck reads, by the shell's name. */
const dialects: ReadonlyMap<string, string> = new Map([
  ['sh', 'sh'],
  ['bash', 'bash'],
  ['dash', 'dash'],
  ['ash', 'dash'],
  ['ksh', 'ksh'],
  ['mksh', 'ksh'],
]);

export const dialectOf = (interpreter: string): string | undefined => dialects.get(interpreter);

/** A question in one text, as a fact is asked for. */
export const questionText = ({ dialect, script }: ShellcheckQuestion): string =>
  `shellcheck -s ${dialect} <<< ${script}`;

export function readQuestion(text: string): ShellcheckQuestion | null {
  const [, dialect, script] = /^shellcheck -s (\w+) <<< (.*)$/s.exec(text) ?? [];
  return dialect === undefined || script === undefined ? null : { dialect, script };
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const objectsIn = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const numberIn = (value: unknown): number => (typeof value === 'number' ? value : 0);

const placeIn = ({ line, column, endLine, endColumn }: Json): ShellcheckPlace => ({
  line: numberIn(line),
  column: numberIn(column),
  endLine: numberIn(endLine),
  endColumn: numberIn(endColumn),
});

function replacementsIn(fix: unknown): ShellcheckReplacement[] {
  const { replacements = null } = isObject(fix) ? fix : {};
  return objectsIn(replacements).map(({ replacement, insertionPoint, ...written }) => ({
    ...placeIn(written),
    replacement: String(replacement ?? ''),
    closes: insertionPoint === 'beforeStart',
  }));
}

/** What `shellcheck -f json1` prints; null where it is something else. */
export function readComments(json: string): readonly ShellcheckComment[] | null {
  let printed: unknown;
  try {
    printed = JSON.parse(json);
  } catch {
    return null;
  }
  if (!isObject(printed)) return null;
  const { comments } = printed;
  return objectsIn(comments).map(({ level, code, message, fix, ...written }) => ({
    ...placeIn(written),
    level: shellcheckLevels.find(known => known === level) ?? 'info',
    code: numberIn(code),
    message: String(message ?? ''),
    replacements: replacementsIn(fix),
  }));
}
