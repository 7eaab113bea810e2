// Flags that BuildKit refuses: unknown, doubled, without a value, or with a value of the wrong form.
import { nearestName } from '../../text/nearest.ts';
import { unquoted } from './command.ts';
import type { Flag, Instruction } from './model.ts';
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

const kindsByKeyword: Readonly<Record<string, FlagKinds>> = {
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
const unchecked: ReadonlySet<string> = new Set(['ARG', 'STOPSIGNAL', 'UNKNOWN']);

export function checkFlags({ keyword, flags }: Instruction, escapeChar: string, report: Report): void {
  if (flags.length === 0 || unchecked.has(keyword)) return;
  const kinds = kindsByKeyword[keyword] ?? noFlags;
  flags.forEach((flag, index) => {
    const name = writtenName(flag, escapeChar);
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) report(unknownFlag(keyword, name, Object.keys(kinds)), flag.span);
    else if (kind !== 'list' && flags.findIndex(other => other.name === flag.name) < index) {
      report(`The flag --${name} may be given once only.`, flag.span);
    } else if (kind === 'switch') {
      if (isSwitch(flag.value)) return;
      report(`The flag --${name} is either true or false.`, flag.span);
    } else if (flag.value === null) report(`The flag --${name} needs a value.`, flag.span);
  });
}

const isSwitch = (value: string | null): boolean => value === null || /^(?:true|false)$/i.test(value);

/** Unlike the rest of an instruction, flags have to be written in lower case. */
function writtenName({ name, raw }: Flag, escapeChar: string): string {
  if (raw.startsWith(name, '--'.length)) return name;
  return unquoted(raw, escapeChar).slice('--'.length).split('=', 1)[0] ?? '';
}

function unknownFlag(keyword: string, name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? '' : ` Did you mean --${nearest}?`;
  return `${keyword} has no flag --${name}.${hint}`;
}
