// Options of RUN --mount that BuildKit refuses. Values with a variable in them are left to the build.
import { nearestName } from '../../text/nearest.ts';
import type { Span } from '../../text/span.ts';
import type { Instruction, Mount } from './model.ts';
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
  /** The types of mount that may have it; all where it says nothing. */
  readonly types?: readonly string[];
  /** It may stand without a value. */
  readonly bare?: true;
}

const owned = ['secret', 'ssh', 'cache'];
const path: OptionRule = { accepts: isAnything };
const switched: OptionRule = { accepts: isBoolean, bare: true };
const owner: OptionRule = { accepts: isNumber, types: owned };

const rules: ReadonlyMap<string, OptionRule> = new Map<string, OptionRule>([
  ['type', { accepts: value => types.includes(value.toLowerCase()) }],
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
  ['sharing', { accepts: value => sharings.includes(value.toLowerCase()), types: ['cache'] }],
  ['mode', { accepts: isMode, types: owned }],
  ['uid', owner],
  ['gid', owner],
  ['env', path],
]);

export function checkMounts(instruction: Instruction, report: Report): void {
  if (instruction.keyword !== 'RUN') return;
  for (const mount of instruction.mounts) {
    for (const [name, option] of mount.options) {
      const message = optionProblem(mount.type, name, option);
      if (message !== null) report(message, option.span);
    }
    if (mount.type === 'secret') checkSecret(mount, report);
  }
}

function optionProblem(type: string, name: string, { value, span }: Option): string | null {
  const rule = rules.get(name);
  if (rule === undefined) {
    const nearest = nearestName(name, rules.keys());
    return `A mount has no option "${name}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`;
  }
  if (rule.types !== undefined && !type.includes('$') && !rule.types.includes(type)) {
    return `The option "${name}" is not for mounts of the type ${type}.`;
  }
  if (span.end - span.start === name.length) return rule.bare ? null : `The option "${name}" needs a value.`;
  return value.includes('$') || rule.accepts(value)
    ? null
    : `"${value}" is no value for the option "${name}".`;
}

function checkSecret({ flag, options }: Mount, report: Report): void {
  const has = (...names: readonly string[]): boolean =>
    names.some(name => (options.get(name)?.value ?? '') !== '');
  const hasId = has('id');
  const hasSource = has('source', 'src');
  if (has('from')) report('A secret comes from no stage: it has no "from".', flag.span);
  if (hasId && hasSource) report('A secret has either "id" or "source".', flag.span);
  if (!hasId && !hasSource && !has('target', 'dst', 'destination'))
    report('A secret needs an "id".', flag.span);
}
