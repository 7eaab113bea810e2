// Options of RUN --mount that BuildKit refuses. Values with a variable in them are left to the build.
import { replace } from '../../text/edit.ts';
import { type Span, span } from '../../text/span.ts';
import { hint, nearest } from './meant.ts';
import type { Instruction, Mount, State } from './model.ts';
import type { Report } from './report.ts';

type Option = { readonly value: string; readonly span: Span };

const types = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'];
const sharings = ['shared', 'private', 'locked'];

const isBoolean = (value: string): boolean =>
  /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value);
const isNumber = (value: string): boolean => /^\d{1,10}$/.test(value) && Number(value) < 2 ** 32;
const isMode = (value: string): boolean =>
  /^0*[0-7]{1,11}$/.test(value) && Number.parseInt(value, 8) < 2 ** 32;
const isSize = (value: string): boolean => /^\d+(?:\.\d+)? ?[kmgtp]?i?b?$/i.test(value);
const isAnything = (): boolean => true;

interface OptionRule {
  readonly accepts: (value: string) => boolean;
  /** All values, in lower case, where they can be listed. */
  readonly values?: readonly string[];
  /** The types of mount that may have it; all where it says nothing. */
  readonly types?: readonly string[];
  /** It may stand without a value. */
  readonly bare?: true;
}

const oneOf = (values: readonly string[]): Pick<OptionRule, 'accepts' | 'values'> => ({
  accepts: value => values.includes(value.toLowerCase()),
  values,
});

const owned = ['secret', 'ssh', 'cache'];
const path: OptionRule = { accepts: isAnything };
const switched: OptionRule = { accepts: isBoolean, bare: true };
const owner: OptionRule = { accepts: isNumber, types: owned };

const rules: ReadonlyMap<string, OptionRule> = new Map<string, OptionRule>([
  ['type', oneOf(types)],
  ['from', path],
  ['source', path],
  ['src', path],
  ['target', path],
  ['dst', path],
  ['destination', path],
  ['readonly', switched],
  ['ro', switched],
  ['readwrite', switched],
  ['rw', switched],
  ['required', { accepts: isBoolean, bare: true, types: ['secret', 'ssh'] }],
  ['size', { accepts: isSize, types: ['tmpfs'] }],
  ['id', path],
  ['sharing', { ...oneOf(sharings), types: ['cache'] }],
  ['mode', { accepts: isMode, types: owned }],
  ['uid', owner],
  ['gid', owner],
  ['env', path],
]);

export function checkMounts(instruction: Instruction, report: Report): void {
  if (instruction.keyword !== 'RUN') return;
  for (const mount of instruction.mounts) {
    for (const [name, option] of mount.options) checkOption(mount.type, name, option, report);
    if (mount.type === 'secret') checkSecret(mount, report);
    else if (mounted.has(mount.type)) checkTarget(mount, instruction.before, report);
  }
}

const mounted: ReadonlySet<string> = new Set(['bind', 'cache', 'tmpfs']);

/** Without a target it is the working folder, which may be anything but the root. */
function checkTarget({ flag, options }: Mount, { workdir }: State, report: Report): void {
  const target = ['target', 'dst', 'destination'].map(name => options.get(name)?.value ?? '').find(Boolean);
  const isRoot = target === undefined ? workdir.known && workdir.value === '/' : /^\/+$/.test(target);
  if (isRoot) report('mount-on-root', { at: flag.span });
}

function checkOption(type: string, name: string, { value, span: at }: Option, report: Report): void {
  const rule = rules.get(name);
  if (rule === undefined) {
    const other = nearest(name, rules.keys());
    const meant = other === null ? [] : [replace(span(at.start, at.start + name.length), other)];
    report('unknown-mount-option', { at, data: { name, hint: hint(other) }, meant });
  } else if (rule.types !== undefined && !type.includes('$') && !rule.types.includes(type)) {
    report('misplaced-mount-option', { at, data: { name, type } });
  } else if (at.end - at.start === name.length) {
    if (!rule.bare) report('missing-mount-value', { at, data: { name } });
  } else if (!value.includes('$') && !rule.accepts(value)) {
    const other = nearest(value, rule.values ?? []);
    const meant = other === null ? [] : [replace(span(at.end - value.length, at.end), other)];
    report('invalid-mount-value', { at, data: { name, value, hint: hint(other) }, meant });
  }
}

function checkSecret({ flag, options }: Mount, report: Report): void {
  const has = (...names: readonly string[]): boolean =>
    names.some(name => (options.get(name)?.value ?? '') !== '');
  const hasId = has('id');
  const hasSource = has('source', 'src');
  const at = flag.span;
  if (has('from')) report('secret-with-from', { at });
  if (hasId && hasSource) report('secret-with-source', { at });
  if (!hasId && !hasSource && !has('target', 'dst', 'destination')) report('secret-without-id', { at });
}
