// Shapes of their own: the keys of Compose that are written in ways of which no other key knows.
import { splitWords } from '../words.ts';
import { integer, record, type Shape, strings } from './shape.ts';
import {
  isNull,
  list,
  map,
  Refusal,
  scalar,
  spelled,
  stringIn,
  textOf,
  typeOf,
  type Value,
} from './value.ts';

const tightQuotes = /^(?:[^'"\\]|\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*")*$/;

/** A text is split into words; null stands for the command of the image. */
export const command: Shape = (value, path) => {
  if (isNull(value)) return null;
  const text = stringIn(value);
  if (text === null) return strings()(value, path) ?? list([], value.from);
  if (!tightQuotes.test(text)) throw new Refusal(`${spelled(path)}: invalid command line string`, value.from);
  const words = splitWords({ text, segments: [{ from: 0, at: 0, length: text.length }] });
  return list(
    words.map(word => scalar(word.text.text, value.from)),
    value.from,
  );
};

export const healthTest: Shape = (value, path) => {
  const text = stringIn(value);
  if (text === null) return strings()(value, path);
  return list([scalar('CMD-SHELL', value.from), scalar(text, value.from)], value.from);
};

/** Addresses by host: `host=ip`, `host:ip`, or a map of them; shown as a sorted list. */
export const extraHosts: Shape = (value, path) => {
  if (isNull(value)) return null;
  const found: Value[] = [];
  const add = (host: string, address: Value): void => {
    if (host === '' || /[:=]/.test(host)) throw new Refusal(`bad host name '${host}'`, address.from);
    const ip = address.kind === 'scalar' ? textOf(address).replace(/^\[(.+)\]$/, '$1') : '';
    found.push(scalar(`${host}=${ip}`, address.from));
  };
  if (value.kind === 'map') {
    for (const [host, inner] of value.entries) {
      for (const one of inner.kind === 'list' ? inner.items : [inner]) add(host, one);
    }
  } else if (value.kind === 'list') {
    for (const item of value.items) {
      const text = item.kind === 'scalar' ? textOf(item) : '';
      const [, host, addresses] = /^([^=]*)=(.*)$/s.exec(text) ?? /^([^:]*):(.*)$/s.exec(text) ?? [];
      if (host === undefined || addresses === undefined) {
        throw new Refusal(`invalid additional host, missing IP: ${text}`, item.from);
      }
      for (const one of addresses.split(',')) add(host, scalar(one, item.from));
    }
  } else {
    throw new Refusal(`${spelled(path)} must be a list or a mapping, not ${typeOf(value)}`, value.from);
  }
  return list(
    found.sort((a, b) => ((stringIn(a) ?? '') < (stringIn(b) ?? '') ? -1 : 1)),
    value.from,
  );
};

/** Permissions, octal where they are text. */
export const fileMode: Shape = (value, path) => {
  if (isNull(value)) return null;
  const mode = value.kind === 'scalar' ? value.value : null;
  const read =
    typeof mode === 'string' ? (/^0*[0-7]+$/.test(mode) ? Number.parseInt(mode, 8) : Number.NaN) : mode;
  if (typeof read !== 'number' || !Number.isInteger(read)) {
    throw new Refusal(`${spelled(path)} must be a mode such as 0440, not ${typeOf(value)}`, value.from);
  }
  return scalar(`0${read.toString(8)}`, value.from);
};

export const deviceCount: Shape = (value, path) => {
  const text = value.kind === 'scalar' ? textOf(value) : '';
  if (text.toLowerCase() === 'all') return scalar(-1, value.from);
  if (/^-?\d+$/.test(text)) return integer(value, path);
  throw new Refusal(
    `invalid value ${typeOf(value)}, the only value allowed is 'all' or a number`,
    value.from,
  );
};

export const ulimit: Shape = (value, path) =>
  value.kind === 'map' ? record({ soft: integer, hard: integer })(value, path) : integer(value, path);

/** Keys of an agent by id; shown as `id` or `id: path`. */
export const ssh: Shape = (value, path) => {
  if (value.kind !== 'map') throw new Refusal(`${spelled(path)} must be a mapping`, value.from);
  const keys = [...value.entries].map(([id, inner]) =>
    isNull(inner) ? scalar(id, inner.from) : map([[id, inner]], inner.from),
  );
  return list(keys, value.from);
};
