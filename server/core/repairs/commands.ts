// Changing the commands of a RUN: options added and taken away, commands put before others, taken out, and appended.
import type { DockerfileModel, RunInstruction } from '../model/dockerfile/model.ts';
import { posixShells } from '../model/shell/interpreter.ts';
import type { ShellCommand, ShellWord } from '../model/shell/script.ts';
import { type Edit, insert, remove, replace } from '../text/edit.ts';
import { wholeLines } from '../text/layout.ts';
import { fileSpan } from '../text/mapped-text.ts';
import { hull, type Span, span, spanText } from '../text/span.ts';
import { removeInstruction } from './removal.ts';

const isShell = ({ name }: ShellCommand): boolean => posixShells.includes(name ?? '');

/** The words of the command are strings of a JSON list. */
const isListed = ({ script }: RunInstruction, { wrappers }: ShellCommand): boolean =>
  script.kind === 'exec' && !wrappers.some(isShell);

/** A number right before a redirection is that of a file: `curl --retry 5>a`. */
const unlikeDescriptor = (words: string): string => words.replace(/ (\d+)$/, ' "$1"');

/** Words put behind a word of the command. */
export function addWords(run: RunInstruction, command: ShellCommand, after: ShellWord, words: string): Edit {
  const { end } = after.span;
  if (isListed(run, command)) {
    const items = words.split(' ').map(word => `, ${JSON.stringify(word)}`);
    return insert(end, items.join(''));
  }
  const isRedirected = command.redirects.some(({ span: { start } }) => start === end);
  return insert(end, ` ${isRedirected ? unlikeDescriptor(words) : words}`);
}

/** One of the words of the command exchanged for another. */
export const replaceWord = (
  run: RunInstruction,
  command: ShellCommand,
  word: ShellWord,
  text: string,
): Edit => replace(word.span, isListed(run, command) ? JSON.stringify(text) : text);

/** One of the arguments taken away, with what parts it from the word before it; comments there stay. */
export function removeArgument({ text }: DockerfileModel, command: ShellCommand, word: ShellWord): Edit {
  const before = command.args[command.args.indexOf(word) - 1] ?? command.nameWord;
  const gap = before === null ? word.span : span(before.span.end, word.span.start);
  return remove(spanText(text, gap).includes('#') ? word.span : span(gap.start, word.span.end));
}

const prefixes = new Set(['sudo', 'doas', 'env', 'eatmydata', 'nice', 'time']);

/** It stands in front of the command, and does nothing but start it: `sudo pip`, `python3 -m pip`. */
const isPrefix = (name: string): boolean => prefixes.has(name) || /^python[\d.]*$/.test(name);

/** The command with the `sudo` and the like that it stands behind; null where something else runs it. */
function whole(command: ShellCommand): ShellCommand | null {
  let outer = command;
  for (const wrapper of command.wrappers) {
    if (isShell(wrapper)) break;
    if (!isPrefix(wrapper.name ?? '')) return null;
    outer = wrapper;
  }
  return outer;
}

/** What a command needs in front of it to have the rights of another one. */
export const rightsOf = ({ wrappers }: ShellCommand): string =>
  wrappers.some(({ name }) => name === 'sudo') ? 'sudo ' : '';

const withRedirects = (command: ShellCommand): Span =>
  span(
    command.span.start,
    Math.max(command.span.end, ...command.redirects.map(redirect => redirect.span.end)),
  );

/** Where the text of the script stands: of a lone heredoc its content, else the arguments. */
function scriptSpan({ body, heredocs, script }: RunInstruction): Span {
  const arguments_ = fileSpan(body, span(0, body.text.length));
  const [heredoc] = heredocs;
  const first = script.commands[0];
  return heredoc && first && first.span.start >= heredoc.contentSpan.start ? heredoc.contentSpan : arguments_;
}

/** Lines that the build leaves out, and what joins the others. */
const separatorIn = (text: string, escapeChar: string): string =>
  text
    .replace(/^[ \t]*#.*\r?\n/gm, '')
    .split(new RegExp(`\\${escapeChar}[ \\t]*\\r?\\n`))
    .join(' ')
    .trim();

const hasComment = (text: string): boolean => /^[ \t]*#/m.test(text);

/** A command among those that stand before and behind it. */
interface Place {
  readonly own: Span;
  /** The end of the one before, and the start of the one behind; null where there is none. */
  readonly previous: number | null;
  readonly next: number | null;
  /** What stands between, the start and the end of the script included. */
  readonly before: string;
  readonly behind: string;
  /** The same without comments and continuations. */
  readonly left: string;
  readonly right: string;
}

function placeOf(model: DockerfileModel, run: RunInstruction, own: Span): Place {
  const spans = run.script.commands.map(withRedirects);
  const ends = spans.filter(other => other.end <= own.start).map(other => other.end);
  const starts = spans.filter(other => other.start >= own.end).map(other => other.start);
  const previous = ends.length === 0 ? null : Math.max(...ends);
  const next = starts.length === 0 ? null : Math.min(...starts);
  const script = scriptSpan(run);
  const before = model.text.slice(previous ?? script.start, own.start);
  const behind = model.text.slice(own.end, next ?? script.end);
  const left = separatorIn(before, model.escape);
  return { own, previous, next, before, behind, left, right: separatorIn(behind, model.escape) };
}

/** In a heredoc, the end of a line is one. */
const isSeparator = (text: string): boolean => text === '&&' || text === ';' || text === '';
/** Behind this a command runs on its own: what is put before it, or taken from there, changes no condition. */
const startsList = (left: string): boolean => /(?:^|&&|;|[{("']|\b(?:then|do|else))$/.test(left);

/** The command and `&&`, put before another one; null where that would change what runs when. */
export function insertCommand(
  model: DockerfileModel,
  run: RunInstruction,
  before: ShellCommand,
  text: string,
): Edit | null {
  const outer = whole(before);
  if (outer === null || isListed(run, before) || before.substituted) return null;
  const { left } = placeOf(model, run, outer.span);
  return startsList(left) ? insert(outer.span.start, `${rightsOf(before)}${text} && `) : null;
}

/** A command with the separator on one side of it, so that lines stay as they are, and comments where they are. */
function removeFromList({ text }: DockerfileModel, place: Place): Edit | null {
  const { own, previous, next, before, behind, left, right } = place;
  const line = wholeLines(text, own);
  const isFirstOnLine = text.slice(line.start, own.start).trim() === '';
  const endsLine = /^[ \t]*(?:(?:&&|;)[ \t]*)?[\\`]?[ \t]*\r?\n/.test(behind);
  const isLast = next === null && (right === '' || right === ';');
  if (isLast) {
    const takesLeft = previous !== null && isSeparator(left) && !hasComment(before);
    return takesLeft ? remove(span(previous, own.end)) : null;
  }
  if (next === null || !isSeparator(right) || !startsList(left)) return null;
  // At the start of a RUN it would be a flag.
  if (previous === null && text.startsWith('--', next)) return null;
  const mayTakeLeft = previous !== null && !hasComment(before) && isSeparator(left);
  // `a && b; c`: without b, c still runs whatever a says.
  if (left === '&&' && right !== '&&') return mayTakeLeft ? remove(span(previous, own.end)) : null;
  if (isFirstOnLine && endsLine && /^[ \t]*(?:&&|;|\r?\n)/.test(behind)) return remove(line);
  if (mayTakeLeft && left === right && endsLine) return remove(span(previous, own.end));
  if (!hasComment(behind)) return remove(span(own.start, next));
  return mayTakeLeft && left === right ? remove(span(previous, own.end)) : null;
}

/** Takes a command out of its list, or the RUN out of the file where it has no other. Null where neither is possible. */
export const removeCommand = (
  model: DockerfileModel,
  run: RunInstruction,
  command: ShellCommand,
): Edit | null => removeNeighbours(model, run, [command]);

/** The same of commands that follow one another. */
function removeNeighbours(
  model: DockerfileModel,
  run: RunInstruction,
  commands: readonly ShellCommand[],
): Edit | null {
  const outer = commands.flatMap(command => whole(command) ?? []);
  const [first] = outer;
  const last = outer.at(-1);
  if (outer.length !== commands.length || first === undefined || last === undefined) return null;
  if (!run.script.complete || commands.some(({ pipeline, substituted }) => pipeline !== null || substituted))
    return null;
  const place = placeOf(model, run, hull(withRedirects(first), withRedirects(last)));
  const isAlone = place.previous === null && place.next === null && place.left === '' && place.right === '';
  if (!isAlone && !isListed(run, first)) return removeFromList(model, place);
  const hasInnerComment = run.comments.some(comment => comment.span.start > run.span.start);
  return hasInnerComment ? null : removeInstruction(model, run.onbuild ?? run);
}

/** Takes several commands out of a RUN, in the order they stand there; null where one of them cannot be taken out. */
export function removeCommands(
  model: DockerfileModel,
  run: RunInstruction,
  commands: readonly ShellCommand[],
): Edit[] | null {
  const all = run.script.commands;
  const groups: ShellCommand[][] = [];
  for (const command of commands) {
    const before = groups.at(-1)?.at(-1);
    const isNext = before?.after === '&&' && all.indexOf(command) === all.indexOf(before) + 1;
    if (isNext) groups.at(-1)?.push(command);
    else groups.push([command]);
  }
  const edits = groups.flatMap(group => removeNeighbours(model, run, group) ?? []);
  return edits.length === groups.length ? edits : null;
}
