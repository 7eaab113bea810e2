// What BuildKit says with `--progress=plain`: that of buildx, of nerdctl, and that within older Docker engines.
import type { BuildEvent, BuildStep, LogReader, ToldProblem } from './step.ts';
import { StepList } from './step-list.ts';
import { failureText } from './text.ts';

/** Lines behind the steps that are looked at for what went wrong. */
const keptLines = 2_000;

export const isBuildkitLine = (line: string): boolean => /^#\d+ /.test(line);

/** `[linux/amd64 build 2/3] RUN true`. */
function nameOf(text: string): Pick<BuildStep, 'stage' | 'number' | 'total' | 'text'> {
  const found = /^\[(?:[a-z0-9]+\/\S+ )?(?:(\S+) +)?(\d+)\/(\d+)\] (.*)$/s.exec(text);
  if (!found) return { stage: null, number: null, total: null, text };
  const [, stage = null, number, total, instruction = ''] = found;
  return { stage, number: Number(number), total: Number(total), text: instruction };
}

/** `JSONArgsRecommended: JSON arguments recommended for CMD ... (line 4)`. */
function warningOf(text: string): ToldProblem | null {
  const [, name, message = '', line] = /^([A-Za-z]+): (.*?)(?: \(line (\d+)\))?$/s.exec(text) ?? [];
  if (name === undefined) return null;
  const at = line === undefined ? null : Number(line);
  return {
    severity: 'warning',
    code: `buildkit:${name}`,
    message,
    lines: at === null ? null : [at, at],
    step: null,
  };
}

/** The lines that an excerpt marks: `   3 | >>> RUN false`. */
function markedLines(rest: readonly string[]): [number, number] | null {
  const from = rest.findIndex((line, at) => /^-{20}$/.test(line) && /^\S.*:\d+$/.test(rest[at - 1] ?? ''));
  if (from < 0) return null;
  const length = rest.slice(from + 1).findIndex(line => /^-{20}$/.test(line));
  const marked = rest
    .slice(from + 1, length < 0 ? undefined : from + 1 + length)
    .flatMap(line => /^ *(\d+) \| >>>/.exec(line)?.[1] ?? [])
    .map(Number);
  const [first] = marked;
  return first === undefined ? null : [first, marked.at(-1) ?? first];
}

const preambles =
  /^(?:ERROR|error): |^failed to (?:solve|build)(?: with frontend \S+)?: |^failed to create LLB definition: |^(?:Docker|d)ockerfile parse error (?:on )?line \d+: |^rpc error: code = \w+ desc = /;

function withoutPreambles(text: string): string {
  const rest = text.replace(preambles, '');
  return rest === text ? text : withoutPreambles(rest);
}

/** The last that was said and is no excerpt. */
function lastWords(rest: readonly string[]): string | undefined {
  const said = rest.filter(
    line => line.trim() !== '' && !/^-{6,}$|^ *\d+ \||^ > |^View build details/.test(line),
  );
  const told = said.findIndex(line => /^(?:ERROR|error): /.test(line));
  return told < 0 ? said.at(-1) : said.slice(told).join('\n');
}

export class BuildkitLog implements LogReader {
  readonly #list = new StepList();
  readonly #warnings = new Map<string, ToldProblem>();
  #rest: string[] = [];

  get steps(): readonly BuildStep[] {
    return this.#list.steps;
  }

  read(line: string, at: number): BuildEvent[] {
    const [, id, text = ''] = /^#(\d+) (.*)$/s.exec(line) ?? [];
    if (id !== undefined) return this.#readStep(id, text, at);
    this.#warn(/^ - (.*)$/s.exec(line)?.[1]);
    if (this.#rest.length < keptLines) this.#rest.push(line);
    return [];
  }

  #readStep(id: string, text: string, at: number): BuildEvent[] {
    const list = this.#list;
    // Which builder it is.
    if (id === '0') return [];
    if (list.find(id) === undefined) return list.begin(id, nameOf(text), at);
    const [, end, seconds] = /^(DONE|CACHED|CANCELED|ERROR:)(?: ([\d.]+)s$)?/.exec(text) ?? [];
    if (end === 'DONE') return list.end(id, 'done', at, Number(seconds ?? 0));
    if (end === 'CACHED') return list.end(id, 'cached', at, 0);
    if (end === 'ERROR:') return list.end(id, 'failed', at);
    if (end === 'CANCELED' || text === '...' || /^sha256:[0-9a-f]{64}$/.test(text)) return [];
    const warning = /^WARN: (.*)$/s.exec(text)?.[1];
    if (warning !== undefined) this.#warn(warning);
    const printed = /^\d+\.\d+(?: (.*))?$/s.exec(text);
    return printed ? list.print(id, printed[1] ?? '') : [];
  }

  /** It is told with its step, and once more at the end. */
  #warn(text: string | undefined): void {
    const warning = text === undefined ? null : warningOf(text);
    if (warning) this.#warnings.set(`${warning.code} ${warning.lines}`, warning);
  }

  problems(hasFailed: boolean): ToldProblem[] {
    const warnings = [...this.#warnings.values()];
    return hasFailed ? [this.#failure(), ...warnings] : warnings;
  }

  #failure(): ToldProblem {
    const rest = this.#rest;
    const step = this.#list.failed;
    const words = lastWords(rest) ?? '';
    const line = /parse error (?:on )?line (\d+)/.exec(words)?.[1];
    return {
      severity: 'error',
      code: 'build-failed',
      message: failureText(withoutPreambles(words), this.#list.outputOf(step)),
      lines: markedLines(rest) ?? (line === undefined ? null : [Number(line), Number(line)]),
      step,
    };
  }
}
