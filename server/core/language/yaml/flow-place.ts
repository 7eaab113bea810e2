// Places in brackets: what stands around an offset in a flow collection, closed or not.
import { type Span, span } from '../../text/span.ts';

export interface FlowPlace {
  /** From the collection inwards: keys, and null for an item of a list. */
  readonly path: readonly (string | null)[];
  readonly role: 'key' | 'value' | 'item';
  readonly word: Span;
  readonly quote: '"' | "'" | null;
  /** A colon stands behind the word. */
  readonly colon: boolean;
  /** The keys or items beside the word. */
  readonly siblings: readonly string[];
}

interface Word {
  readonly text: string;
  readonly span: Span;
  readonly quote: '"' | "'" | null;
}

interface Slot {
  readonly frame: Frame;
  readonly role: FlowPlace['role'];
  /** Of a value. */
  readonly key: string | null;
  readonly from: number;
  to: number;
  word: Word | null;
  colon: boolean;
}

interface Frame {
  readonly kind: 'map' | 'list';
  readonly path: FlowPlace['path'];
  readonly words: Word[];
}

const token =
  /[ \t\r\n]+|#[^\n]*|"(?:[^"\\]|\\[\s\S])*"?|'(?:[^']|'')*'?|[{}[\],]|:(?=[\s,[\]{}]|$)|(?:[^\s,[\]{}:#"']|:(?![\s,[\]{}]|$)|(?<=\S)["'#])(?:(?:[^\s,[\]{}:]|:(?![\s,[\]{}]|$)|[ \t]+(?![#\s])))*/y;

/** Quotes do not belong to what is replaced. */
function wordOf(text: string, start: number): Word {
  const quote = text[0] === '"' || text[0] === "'" ? text[0] : null;
  if (quote === null) {
    const trimmed = text.trimEnd();
    return { text: trimmed, span: span(start, start + trimmed.length), quote };
  }
  const closed = text.length > 1 && text.endsWith(quote);
  const content = text.slice(1, closed ? -1 : undefined);
  return { text: content, span: span(start + 1, start + 1 + content.length), quote };
}

/** Nobody nests deeper; the parser does not read further either. */
const maxDepth = 100;

/** Null within a comment, and behind a word where nothing can follow but a comma. */
export function flowPlace(text: string, where: Span, offset: number): FlowPlace | null {
  const frames: Frame[] = [];
  const slots: Slot[] = [];
  let slot: Slot | null = null;

  const openSlot = (frame: Frame, role: Slot['role'], key: string | null, from: number): void => {
    slot = { frame, role, key, from, to: where.end, word: null, colon: false };
    slots.push(slot);
  };
  const closeSlot = (at: number): void => {
    if (slot) slot.to = at;
  };
  const innerPath = (): FlowPlace['path'] => {
    if (slot === null) return [];
    return [...slot.frame.path, slot.role === 'item' ? null : slot.role === 'value' ? slot.key : null];
  };

  for (let at = where.start; at < where.end; ) {
    token.lastIndex = at;
    const found = token.exec(text)?.[0] ?? text.charAt(at);
    const end = Math.min(at + found.length, where.end);
    const [first = ''] = found;
    const frame = frames.at(-1);
    if (first === '#' && offset > at && offset <= end) return null;
    if (first === '{' || first === '[') {
      const next: Frame = { kind: first === '{' ? 'map' : 'list', path: innerPath(), words: [] };
      if (frames.length >= maxDepth) return null;
      closeSlot(at);
      frames.push(next);
      openSlot(next, next.kind === 'map' ? 'key' : 'item', null, end);
    } else if (first === '}' || first === ']') {
      closeSlot(at);
      frames.pop();
      slot = null;
    } else if (first === ',' && frame) {
      closeSlot(at);
      openSlot(frame, frame.kind === 'map' ? 'key' : 'item', null, end);
    } else if (found === ':' && frame && slot) {
      const { word } = slot as Slot;
      (slot as Slot).colon = true;
      closeSlot(at);
      openSlot(frame, 'value', word?.text ?? '', end);
    } else if (!/[\s#]/.test(first) && slot) {
      const word = wordOf(found.slice(0, end - at), at);
      (slot as Slot).word = word;
      if ((slot as Slot).role !== 'value') frame?.words.push(word);
    }
    at = end;
  }
  return placeIn(slots, offset);
}

function placeIn(slots: readonly Slot[], offset: number): FlowPlace | null {
  const slot = slots.findLast(({ from, to }) => from <= offset && offset <= to);
  if (slot === undefined) return null;
  const { frame, role, key, word, colon } = slot;
  const reached = word && word.span.start <= offset && offset <= word.span.end;
  if (word && !reached) return null;
  const path = role === 'value' ? [...frame.path, key] : role === 'item' ? [...frame.path, null] : frame.path;
  return {
    path,
    role,
    word: word?.span ?? span(offset, offset),
    quote: word?.quote ?? null,
    colon,
    siblings: frame.words.filter(other => other !== word).map(other => other.text),
  };
}
