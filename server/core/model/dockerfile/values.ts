// Values of single instructions: accounts of USER, folders of WORKDIR, ports of EXPOSE.
import { type Known, known, unknown } from '../known.ts';
import type { Port, Word } from './model.ts';

export interface Account {
  readonly user: Known<string>;
  readonly group: Known<string> | null;
}

/** `user[:group]`. */
export function accountOf(written: Known<string>): Account {
  if (!written.known) return { user: written, group: null };
  const [name = '', group = null] = written.value.split(':', 2);
  // Who names a group alone stays root in it.
  const user = name === '' && group !== null ? '0' : name;
  return { user: known(user, written.setAt), group: group === null ? null : known(group, written.setAt) };
}

const isAbsolute = (folder: string): boolean => /^(?:[/\\]|[a-z]:)/i.test(folder);

/** The folder that WORKDIR leads to from the one before it. */
export function joinFolders(from: Known<string>, to: Known<string>): Known<string> {
  if (!to.known) return to;
  if (isAbsolute(to.value)) return known(normalised(to.value), to.setAt);
  if (!from.known) return unknown(from.because, to.setAt);
  return known(normalised(`${from.value}/${to.value}`), to.setAt);
}

/** Without `.`, `..` and doubled slashes; Windows folders stay as they are written. */
function normalised(folder: string): string {
  if (!folder.startsWith('/')) return folder;
  const names: string[] = [];
  for (const name of folder.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}

/** The ports of one word: a variable may hold several. */
export function portsOf(word: Word, filledIn: Known<string>): Port[] {
  if (!filledIn.known) return [{ word, port: null, protocol: portIn(word.value).protocol }];
  return filledIn.value
    .split(/\s+/)
    .filter(text => text !== '')
    .map(text => ({ word, ...portIn(text) }));
}

/** `[[address:]host port:]port[-last][/protocol]`. */
function portIn(text: string): Omit<Port, 'word'> {
  const [ports = '', protocol = 'tcp'] = text.split(':').at(-1)?.split('/', 2) ?? [];
  const first = /^(\d{1,5})(?:-\d{1,5})?$/.exec(ports)?.[1];
  const port = first === undefined || Number(first) > 65_535 ? null : Number(first);
  return { port, protocol: protocol.toLowerCase() };
}
