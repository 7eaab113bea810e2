// What BuildKit refuses in a HEALTHCHECK.
import { type Edit, insert, remove, replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';
import { meantDuration, readDuration } from './durations.ts';
import { nearest } from './meant.ts';
import type { Flag, HealthcheckInstruction, Word } from './model.ts';
import type { Report } from './report.ts';

export function checkHealthcheck(check: HealthcheckInstruction, report: Report): void {
  const { kind, words, flags, keywordSpan } = check;
  const [first, second] = words;
  if (first === undefined) {
    report('missing-check', { at: keywordSpan });
  } else if (kind === 'NONE') {
    if (second === undefined) return;
    const meant = [remove(span(first.span.end, second.span.end))];
    report('needless-argument', { at: second.span, meant });
    return;
  } else if (kind === null) {
    report('unknown-check', { at: first.span, data: { word: first.raw }, meant: [meantKind(first)] });
  } else if (second === undefined) {
    report('missing-check-command', { at: first.span });
  }
  for (const flag of flags) checkFlagValue(flag, report);
}

/** A kind that is misspelt, or a command without CMD in front of it. */
function meantKind({ raw, span: at }: Word): Edit {
  const kind = nearest(raw, ['CMD', 'NONE']);
  return kind === null ? insert(at.start, 'CMD ') : replace(at, kind);
}

const durations: ReadonlySet<string> = new Set(['interval', 'timeout', 'start-period', 'start-interval']);

function checkFlagValue(flag: Flag, report: Report): void {
  const { name, value } = flag;
  if (value === null || value === '') return;
  if (name === 'retries') checkRetries(value, flag, report);
  else if (durations.has(name)) checkDuration(value, flag, report);
}

function checkRetries(value: string, { span: at }: Flag, report: Report): void {
  const count = /^[+-]?\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
  if (count < 0 && count >= -(2 ** 31)) report('negative-retries', { at });
  else if (!(count >= 0 && count < 2 ** 31)) report('invalid-retries', { at, data: { value } });
}

const oneMillisecond = 1e6;

function checkDuration(value: string, { name, span: at, valueSpan }: Flag, report: Report): void {
  const duration = readDuration(value);
  const meantValue = meantDuration(value);
  const meant = valueSpan === null || meantValue === null ? [] : [replace(valueSpan, meantValue)];
  switch (duration.kind) {
    case 'duration':
      if (duration.nanoseconds !== 0 && duration.nanoseconds < oneMillisecond) {
        report('short-duration', { at, data: { name } });
      }
      break;
    case 'unknown-unit':
      report('unknown-unit', { at, data: { value, unit: duration.unit }, meant });
      break;
    case 'missing-unit':
      report('missing-unit', { at, data: { value }, meant });
      break;
    case 'invalid':
      report('invalid-duration', { at, data: { value } });
  }
}
