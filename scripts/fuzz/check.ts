// What has to hold for any text: nothing fails, nothing takes long, and no repair breaks what could be read.
import type { Catalogue } from '../../server/core/engine/catalogue.ts';
import { noFacts } from '../../server/core/engine/facts.ts';
import type { Finding } from '../../server/core/engine/finding.ts';
import { parse, parseNext } from '../../server/core/engine/language.ts';
import { lint } from '../../server/core/engine/lint.ts';
import { internalError } from '../../server/core/engine/meta-rules.ts';
import type { Model } from '../../server/core/engine/rule.ts';
import { defaultSettings } from '../../server/core/engine/settings.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import type { Span } from '../../server/core/text/span.ts';
import type { Input } from './inputs.ts';

/**
 * Milliseconds of the processor from a text to its findings: another process on the machine does not count. A Compose
 * file is read with its anchors followed.
 */
const tooLong = { dockerfile: 100, compose: 200 } as const;

const settings = { ...defaultSettings, profile: 'all' } as const;

const processorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

export interface Checked {
  readonly milliseconds: number;
  readonly findings: number;
  readonly fixes: number;
  /** What does not hold. */
  readonly problems: readonly string[];
}

interface Timed {
  readonly model: Model;
  readonly findings: readonly Finding[];
  readonly milliseconds: number;
}

function timedLint(catalogue: Catalogue, { text, language }: Input): Timed {
  const start = processorTime();
  const model = parse(text, language);
  const { findings } = lint(catalogue, { model, settings, facts: noFacts });
  return { model, findings, milliseconds: processorTime() - start };
}

/** What is slow only at times was slowed down by the compiler, or by memory that was tidied up. */
const retries = 2;

function lintAgainIfSlow(catalogue: Catalogue, input: Input): Timed {
  let best = timedLint(catalogue, input);
  for (let retry = 0; retry < retries && best.milliseconds > tooLong[input.language]; retry++) {
    const again = timedLint(catalogue, input);
    if (again.milliseconds < best.milliseconds) best = again;
  }
  return best;
}

const isIn = ({ start, end }: Span, text: string): boolean =>
  0 <= start && start <= end && end <= text.length;

/** Each fix is applied alone. */
function* problemsOfFixes({ text, language }: Input, { rule, fixes }: Finding): Generator<string> {
  for (const { title, edits } of fixes) {
    if (edits.length === 0) continue;
    const [problem] = parse(applyEdits(text, edits), language).problems;
    if (problem) yield `${rule}: "${title}" breaks the text: ${problem.message}`;
  }
}

function* problemsOf(input: Input, { model, findings, milliseconds }: Timed): Generator<string> {
  if (milliseconds > tooLong[input.language]) yield `it took ${Math.round(milliseconds)} ms`;
  for (const finding of findings) {
    if (finding.rule === internalError.id) yield finding.message;
    if (!isIn(finding.span, input.text)) yield `${finding.rule} marks what is not in the text`;
    if (model.problems.length === 0) yield* problemsOfFixes(input, finding);
  }
}

/** What an editor shows after an edit, where the version `before` has been linted, is what the text says by itself. */
function* problemsAfter(
  before: string,
  catalogue: Catalogue,
  { language, text }: Input,
  { findings }: Timed,
): Generator<string> {
  const last = parseNext(before, language, null);
  const { memory } = lint(catalogue, { model: last, settings, facts: noFacts });
  const model = parseNext(text, language, null, last);
  const after = lint(catalogue, { model, settings, facts: noFacts, memory }).findings;
  for (const [these, those, what] of [
    [findings, after, 'is not found any more'],
    [after, findings, 'is found that is not there'],
  ] as const) {
    const told = new Set(those.map(finding => JSON.stringify(finding)));
    const missing = these.find(finding => !told.has(JSON.stringify(finding)));
    if (missing) yield `after an edit ${missing.rule} ${what}`;
  }
}

/** `before` is a text that it may have been edited from. */
export function checkInput(catalogue: Catalogue, input: Input, before = ''): Checked {
  try {
    const timed = lintAgainIfSlow(catalogue, input);
    const { milliseconds, findings } = timed;
    return {
      milliseconds,
      findings: findings.length,
      fixes: findings.reduce((sum, { fixes }) => sum + fixes.length, 0),
      problems: [...problemsOf(input, timed), ...problemsAfter(before, catalogue, input, timed)],
    };
  } catch (error) {
    return { milliseconds: 0, findings: 0, fixes: 0, problems: [`it threw: ${String(error)}`] };
  }
}
