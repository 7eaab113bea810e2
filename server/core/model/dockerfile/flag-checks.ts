// Flags that BuildKit refuses: unknown, doubled, without a value, or with a value of the wrong form.
import { type Edit, remove, replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';
import { unquoted } from './command.ts';
import { hint, nearest } from './meant.ts';
import type { Flag, Instruction, Keyword } from './model.ts';
import type { ProblemCode } from './problem-texts.ts';
import type { Report } from './report.ts';

/** A switch may stand without a value; only a list may be given several times. */
type FlagKind = 'switch' | 'value' | 'list';
type FlagKinds = Readonly<Record<string, FlagKind>>;

const healthFlags: FlagKinds = {
  interval: 'value',
  timeout: 'value',
  'start-period': 'value',
  'start-interval': 'value',
  retries: 'value',
};

const kindsByKeyword: { readonly [K in Keyword]?: FlagKinds } = {
  ADD: {
    chown: 'value',
    chmod: 'value',
    link: 'switch',
    'keep-git-dir': 'switch',
    checksum: 'value',
    unpack: 'switch',
    exclude: 'list',
  },
  COPY: {
    from: 'value',
    chown: 'value',
    chmod: 'value',
    link: 'switch',
    parents: 'switch',
    exclude: 'list',
  },
  FROM: { platform: 'value' },
  HEALTHCHECK: healthFlags,
  RUN: { mount: 'list', network: 'value', security: 'value', device: 'list' },
};

const noFlags: FlagKinds = {};

/** Instructions whose flags nobody looks at. */
const unchecked: ReadonlySet<Keyword> = new Set(['ARG', 'STOPSIGNAL', 'UNKNOWN']);

export function checkFlags({ keyword, flags }: Instruction, escapeChar: string, report: Report): void {
  if (flags.length === 0 || unchecked.has(keyword)) return;
  const kinds = kindsByKeyword[keyword] ?? noFlags;
  flags.forEach((flag, index) => {
    const name = writtenName(flag, escapeChar);
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) reportUnknown(keyword, name, flag, Object.keys(kinds), report);
    else if (kind !== 'list' && flags.findIndex(other => other.name === flag.name) < index) {
      const meant = [remove(span(flags[index - 1]?.span.end ?? flag.span.start, flag.span.end))];
      report('duplicate-flag', { at: flag.span, data: { name }, meant });
    } else if (kind === 'switch') {
      checkSwitch(name, flag, report);
    } else if (flag.value === null) {
      report('missing-flag-value', { at: flag.span, data: { name } });
    }
  });
}

/** What people write for true and false. */
const switches: Readonly<Record<string, string>> = {
  yes: 'true',
  on: 'true',
  '1': 'true',
  t: 'true',
  no: 'false',
  off: 'false',
  '0': 'false',
  f: 'false',
};

function checkSwitch(name: string, { value, valueSpan, nameSpan, span: at }: Flag, report: Report): void {
  if (value === null || valueSpan === null || /^(?:true|false)$/i.test(value)) return;
  if (value === '') {
    report('missing-flag-value', {
      at,
      data: { name },
      meant: [remove(span(nameSpan.end, valueSpan.end))],
    });
    return;
  }
  const meant = switches[value.toLowerCase()];
  report('not-boolean', {
    at,
    data: { name },
    meant: meant === undefined ? [] : [replace(valueSpan, meant)],
  });
}

/** Unlike the rest of an instruction, flags have to be written in lower case. */
function writtenName({ name, raw }: Flag, escapeChar: string): string {
  if (raw.startsWith(name, '--'.length)) return name;
  return unquoted(raw, escapeChar).slice('--'.length).split('=', 1)[0] ?? '';
}

const codes = {
  ADD: 'unknown-add-flag',
  COPY: 'unknown-copy-flag',
  FROM: 'unknown-from-flag',
  HEALTHCHECK: 'unknown-healthcheck-flag',
} as const satisfies { readonly [K in Keyword]?: ProblemCode };

const hasOwnCode = (keyword: Keyword): keyword is keyof typeof codes => Object.hasOwn(codes, keyword);

function reportUnknown(
  keyword: Keyword,
  name: string,
  { nameSpan, span: at }: Flag,
  known: readonly string[],
  report: Report,
): void {
  const other = nearest(name, known);
  const meant: Edit[] = other === null ? [] : [replace(nameSpan, other)];
  const told = hint(other === null ? null : `--${other}`);
  if (hasOwnCode(keyword)) report(codes[keyword], { at, data: { name, hint: told }, meant });
  else report('unknown-flag', { at, data: { keyword, name, hint: told }, meant });
}
