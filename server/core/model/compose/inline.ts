// Inline Dockerfiles: the texts of `dockerfile_inline`, and how changes of them are written back into the YAML that holds them.
import type { Edit } from '../../text/edit.ts';
import { lineIndex } from '../../text/lines.ts';
import { fileOffset, fileSpan, type MappedText } from '../../text/mapped-text.ts';
import { contains, type Span, span } from '../../text/span.ts';
import type { YamlScalar } from '../yaml/node.ts';
import { buildOf, contextPathOf } from './build.ts';
import type { ComposeModel, Service } from './model.ts';
import { isElsewhere } from './space.ts';
import { filledScalar } from './value.ts';

export interface InlineDockerfile {
  readonly node: YamlScalar;
  /** As Compose fills it in, with the way back to the file. */
  readonly mapped: MappedText;
  /** The stage that is built; null for the last one. */
  readonly target: string | null;
  /** The folder of the build context; null where nobody can tell. */
  readonly context: string | null;
  /** Those that build it: more than one where they share it. */
  readonly services: readonly Service[];
}

/** Each text once, however many services share it; those of this file alone. */
export function inlineDockerfiles(model: ComposeModel): readonly InlineDockerfile[] {
  if (!model.text.includes('dockerfile_inline')) return [];
  const found = new Map<YamlScalar, InlineDockerfile>();
  for (const service of model.services) {
    const node = filledScalar(service.get('build', 'dockerfile_inline')?.node);
    const build = node === null || isElsewhere(node.span) ? null : buildOf(model, service);
    if (node === null || !build?.inline || (build.target && !build.target.known)) continue;
    const before = found.get(node);
    if (before) found.set(node, { ...before, services: [...before.services, service] });
    else {
      const target = build.target?.value ?? null;
      const context = contextPathOf(build);
      found.set(node, { node, mapped: build.inline, target, context, services: [service] });
    }
  }
  return [...found.values()];
}

/** It stands in the file as it is or as an escape of it, and in no variable. */
function isPlain(file: string, { text, segments }: MappedText, index: number): boolean {
  const segment = segments[index];
  const before = segments[index - 1];
  if (segment === undefined) return false;
  const { from, at, length, fileLength } = segment;
  const behind = before && before.at + (before.fileLength ?? before.length);
  if (behind !== undefined && file.slice(behind, at).includes('$')) return false;
  if (fileLength !== undefined) return /^(?:\$\$|\\)/.test(file.slice(at, at + 2));
  const own = text.slice(from, from + length);
  return !own.includes('$') && file.slice(at, at + length) === own;
}

/** A change there would lose a variable of Compose, or take a part of an escape. */
const losesAny = (file: string, mapped: MappedText, where: Span): boolean =>
  mapped.segments.some(({ from, length, fileLength }, index) => {
    const isWhole = fileLength === undefined || contains(where, span(from, from + length));
    const isWithin = from < where.end && where.start < from + length;
    return isWithin && !(isWhole && isPlain(file, mapped, index));
  });

/** Compose fills in variables: what is meant for Docker takes a second `$`. */
const forCompose = (text: string): string => text.replaceAll('$', '$$$$');

function inQuotes(mapped: MappedText, { span: where, text }: Edit): Edit {
  const written = JSON.stringify(forCompose(text)).slice(1, -1);
  return { span: fileSpan(mapped, where), text: written };
}

/** Where lines of a literal text stand in the file, one below the other under its `|`. */
interface Block {
  readonly file: string;
  readonly indent: string;
  readonly eol: string;
  readonly mapped: MappedText;
  lineStart(offset: number): number;
}

function blockOf(file: string, { node, mapped }: InlineDockerfile): Block {
  const lines = lineIndex(file);
  const header = lines.lineAt(node.span.start);
  const own = lineIndex(mapped.text);
  return {
    file,
    mapped,
    indent: ' '.repeat(node.indent),
    eol: file[lines.endOf(header)] === '\r' ? '\r\n' : '\n',
    lineStart: offset => lines.startOf(header + 1 + own.lineAt(offset)),
  };
}

/** The part of the indentation that a line has: a blank one may lack it. */
const blanksAt = (file: string, start: number, { length }: string): number =>
  /^ */.exec(file.slice(start, start + length))?.[0].length ?? 0;

function inBlock(block: Block, { span: where, text }: Edit): Edit {
  const { file, mapped, indent, eol, lineStart } = block;
  const leads = (offset: number): boolean => offset === 0 || mapped.text[offset - 1] === '\n';
  const indented = (line: string): string => (line === '' ? '' : indent + line);
  const lines = forCompose(text).split('\n');
  if (leads(where.start) && leads(where.end) && lines.at(-1) === '') {
    const [start, end] = [lineStart(where.start), lineStart(where.end)];
    const written = lines.slice(0, -1).map(line => indented(line) + eol);
    return { span: span(start, end), text: written.join('') };
  }
  // The last line end stays: the text would not end without it.
  const isEnd = where.end > where.start && where.end === mapped.text.length && leads(where.end);
  const kept = isEnd ? span(where.start, where.end - 1) : where;
  const start = leads(kept.start)
    ? lineStart(kept.start) + blanksAt(file, lineStart(kept.start), indent)
    : fileOffset(mapped, kept.start);
  const end = Math.max(start, fileSpan(mapped, kept).end);
  const [first = '', ...rest] = isEnd && lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  const column = start - (file.lastIndexOf('\n', start - 1) + 1);
  const missing = first === '' ? '' : indent.slice(column);
  const endsLine = /^(?:\r?\n|$)/.test(file.slice(end, end + 2));
  const below = rest.map((line, index) =>
    index === rest.length - 1 && !endsLine ? eol + indent + line : eol + indented(line),
  );
  return { span: span(start, end), text: missing + first + below.join('') };
}

/** The edits of the file that make the edits of an inline text; null where its style does not take them. */
export function writtenBack(
  file: string,
  inline: InlineDockerfile,
  edits: readonly Edit[],
): readonly Edit[] | null {
  const { node, mapped } = inline;
  if (edits.some(edit => losesAny(file, mapped, edit.span))) return null;
  if (node.style === 'double') return edits.map(edit => inQuotes(mapped, edit));
  if (node.style !== 'literal') return null;
  const block = blockOf(file, inline);
  return edits.map(edit => inBlock(block, edit));
}
