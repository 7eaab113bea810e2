// Volumes: the short form of a mount, `[source:]target[:options]`.
import { cleanPath } from './paths.ts';
import { type MapValue, map, type Origin, Refusal, scalar, type Value } from './value.ts';

export interface ShortVolume {
  readonly type: 'bind' | 'volume';
  readonly source: string;
  readonly target: string;
  readonly options: readonly string[];
}

const propagations = ['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'];

/** The parts between colons; that of a drive letter separates nothing. */
function partsOf(spec: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const char of spec) {
    if (char === ':' && !/^\p{L}$/u.test(part)) {
      parts.push(part);
      part = '';
    } else {
      part += char;
    }
  }
  return [...parts, part];
}

const isFilePath = (source: string): boolean => /^(?:[./~]|\\\\|\p{L}:)/u.test(source);

export function parseVolume(spec: string, from: Origin | null): ShortVolume {
  const refuse = (what: string): Refusal => new Refusal(`invalid spec: ${spec}: ${what}`, from);
  if (spec === '') throw new Refusal('invalid empty volume spec', from);
  if (spec.length < 3) return { type: 'volume', source: '', target: spec, options: [] };
  const parts = partsOf(spec);
  if (parts.some(part => part === '')) throw refuse('empty section between colons');
  if (parts.length > 3) throw refuse('too many colons');
  const [first = '', second, third] = parts;
  const source = second === undefined ? '' : first;
  return {
    type: isFilePath(source) ? 'bind' : 'volume',
    source,
    target: second ?? first,
    options: third?.split(',') ?? [],
  };
}

/** The long form of a short one; every part of it comes from there. */
export function longVolume(spec: string, from: Origin | null): MapValue {
  const { type, source, target, options } = parseVolume(spec, from);
  const of = (value: string | boolean): Value => scalar(value, from);
  const propagation = options.filter(option => propagations.includes(option)).at(-1);
  const selinux = options.filter(option => option === 'z' || option === 'Z').at(-1);
  const readOnly = options.filter(option => option === 'ro' || option === 'rw').at(-1);
  const bind: [string, Value][] = [
    ...(type === 'bind' ? [['create_host_path', of(true)] as [string, Value]] : []),
    ...(propagation ? [['propagation', of(propagation)] as [string, Value]] : []),
    ...(selinux ? [['selinux', of(selinux)] as [string, Value]] : []),
  ];
  return map(
    [
      ['type', of(type)],
      ...(source === '' ? [] : [['source', of(source)] as [string, Value]]),
      ['target', of(cleanPath(target))],
      ...(readOnly === 'ro' ? [['read_only', of(true)] as [string, Value]] : []),
      ...(bind.length > 0 ? [['bind', map(bind, from)] as [string, Value]] : []),
      ...(options.includes('nocopy')
        ? [['volume', map([['nocopy', of(true)]], from)] as [string, Value]]
        : type === 'volume' && spec.length > 2
          ? [['volume', map([], from)] as [string, Value]]
          : []),
    ],
    from,
  );
}
