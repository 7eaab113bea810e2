// Where a script that `sh` reads says what only bash knows.
import {
  type Bashism,
  bashAppend,
  bashArray,
  bashCommands,
  bashEcho,
  bashEquals,
  bashPipefail,
  bashRedirects,
  bashSyntax,
  bashWords,
} from '../knowledge/bashisms.ts';
import { posixShells } from '../model/shell/interpreter.ts';
import type { ShellCommand, ShellScript, ShellWord } from '../model/shell/script.ts';
import { fileSpan } from '../text/mapped-text.ts';
import { type Span, span } from '../text/span.ts';

export interface FoundBashism extends Bashism {
  readonly at: Span;
  readonly written: string;
}

const found = (bashism: Bashism, at: Span, written: string): FoundBashism => ({ ...bashism, at, written });

/** `bash -c '...'` reads what it is given itself. */
const isReadBySh = ({ wrappers }: ShellCommand): boolean =>
  !wrappers.some(({ name }) => name !== 'sh' && posixShells.includes(name ?? ''));

/** A first look: most words have nothing of the kind. */
const mayBeForBash = (raw: string): boolean => raw.includes('{') || raw.startsWith('<(');

function inWord({ raw, span: at }: ShellWord): FoundBashism[] {
  if (!mayBeForBash(raw) || raw.startsWith("'")) return [];
  return bashWords.filter(({ pattern }) => pattern.test(raw)).map(bashism => found(bashism, at, raw));
}

function inCommand(command: ShellCommand): FoundBashism[] {
  const { name, nameWord, args, assignments, redirects } = command;
  if (nameWord?.raw === name && name !== null && Object.hasOwn(bashCommands, name)) {
    const bashism = bashCommands[name];
    if (bashism) return [found(bashism, nameWord.span, name)];
  }
  const [first, second] = args;
  const words: FoundBashism[] = [];
  if (name === 'echo' && first !== undefined && /^-[neE]*e[neE]*$/.test(first.raw))
    words.push(found(bashEcho, first.span, first.raw));
  if (name === 'set' && second?.value === 'pipefail' && /^-\w*o$/.test(first?.value ?? ''))
    words.push(found(bashPipefail, second.span, second.raw));
  if (name === '[' || name === 'test')
    for (const word of args) if (word.raw === '==') words.push(found(bashEquals, word.span, word.raw));
  for (const { name: variable, value, span: at } of assignments) {
    if (value?.raw.startsWith('(')) words.push(found(bashArray, at, `${variable}=(`));
    else if (value && at.start + variable.length + 2 === value.span.start)
      words.push(found(bashAppend, at, `${variable}+=`));
  }
  for (const { operator, span: at } of redirects) {
    const bashism = Object.hasOwn(bashRedirects, operator) ? bashRedirects[operator] : undefined;
    if (bashism) words.push(found(bashism, span(at.start, at.start + operator.length), operator));
  }
  for (const word of args) words.push(...inWord(word));
  return words;
}

/** What stands in no word of a command, and in no comment. */
function inSyntax({ source, commands }: ShellScript): FoundBashism[] {
  if (source === null) return [];
  const isInWord = ({ start, end }: Span): boolean =>
    commands.some(({ nameWord, args, assignments }) =>
      [...(nameWord ? [nameWord] : []), ...args, ...assignments].some(
        word => word.span.start <= start && end <= word.span.end,
      ),
    );
  return bashSyntax.flatMap(({ pattern, ...bashism }) =>
    Array.from(source.text.matchAll(pattern)).flatMap(({ 0: written, index }) => {
      const at = fileSpan(source, span(index, index + written.length));
      const line = source.text.slice(source.text.lastIndexOf('\n', index) + 1, index);
      return /(?:^|\s)#|["']/.test(line) || isInWord(at) ? [] : [found(bashism, at, written)];
    }),
  );
}

/** In order of position, each kind once. */
export function bashismsIn(script: ShellScript, shell: 'dash' | 'ash'): readonly FoundBashism[] {
  const all = [...script.commands.filter(isReadBySh).flatMap(inCommand), ...inSyntax(script)]
    .filter(({ ash }) => shell === 'dash' || ash === true)
    .sort((a, b) => a.at.start - b.at.start);
  return all.filter(({ code }, index) => all.findIndex(other => other.code === code) === index);
}
