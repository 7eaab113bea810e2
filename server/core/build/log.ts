// The log of a build, whoever makes it: which builder speaks shows in its first lines.
import { BuildkitLog, isBuildkitLine } from './buildkit-log.ts';
import { SequentialLog, sequentialLog } from './sequential-log.ts';
import type { BuildEvent, BuildStep, LogReader, ToldProblem } from './step.ts';
import { plainLine } from './text.ts';

/** Lines that come before any builder has spoken. */
const mostUnread = 200;

/** Docker's client advises against its older builder, and to take out a variable that has been set for it. */
const advice =
  /^DEPRECATED: The legacy builder|^ +(?:BuildKit is currently disabled|environment-variable\.|Install the buildx component|https:\/\/docs\.docker\.com\/go\/buildx)|^\s*$/;

export class BuildLog {
  #reader: LogReader | null = null;
  #unread: { readonly line: string; readonly at: number }[] = [];

  get steps(): readonly BuildStep[] {
    return this.#reader?.steps ?? [];
  }

  /** A line of either stream, in the order in which they came; `at` is a moment in milliseconds. */
  read(raw: string, at: number): BuildEvent[] {
    const line = plainLine(raw);
    this.#reader ??= isBuildkitLine(line) ? new BuildkitLog() : sequentialLog(line);
    const reader = this.#reader;
    if (!reader) {
      if (advice.test(line)) return [];
      if (this.#unread.length < mostUnread) this.#unread.push({ line, at });
      return [{ kind: 'output', step: null, text: line }];
    }
    for (const early of this.#unread.splice(0)) reader.read(early.line, early.at);
    return reader.read(line, at);
  }

  problems(hasFailed: boolean): ToldProblem[] {
    if (this.#reader) return this.#reader.problems(hasFailed);
    // No step has begun: what was said is about the start.
    const reader = new SequentialLog();
    for (const { line, at } of this.#unread) reader.read(line, at);
    return reader.problems(hasFailed);
  }
}
