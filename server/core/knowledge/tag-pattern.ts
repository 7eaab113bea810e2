// The notation of the generated tag tables: all tags of an image on one line, decoded when they are first asked for.
//
// A group is a set of tags that name the same image. `{a,b}` stands for either text within one group, `(a b)` for
// either text in a group of its own, and `26^.7.0` for `26`, `26.7` and `26.7.0`; what stands side by side is
// multiplied. A tag that does not begin with a version is written with a leading `-`, and `latest` as nothing:
// `{26^.7,}(-slim )` is two groups, `26-slim 26.7-slim slim` and `26 26.7 latest`.

/** Tags that name the same image. */
export type TagGroup = readonly string[];

const join = (left: readonly string[], right: readonly string[]): string[] =>
  left.flatMap(head => right.map(tail => head + tail));

function expandLiteral(literal: string): string[] {
  const [, start, rest, tail] = /^([^^]*)\^((?:\.[^.-]+)+)(.*)$/.exec(literal) ?? [];
  if (start === undefined || rest === undefined) return [literal];
  const lengths = [...`${rest}.`.matchAll(/\./g)].map(dot => dot.index);
  return lengths.map(length => start + rest.slice(0, length) + tail);
}

/** The groups of a pattern, in its order. Text that is no pattern gives some groups too. */
export function expandTags(pattern: string): readonly TagGroup[] {
  let at = 0;

  const sequence = (): string[][] => {
    let groups = [['']];
    while (at < pattern.length && !' ,)}'.includes(pattern.charAt(at))) {
      const next = item();
      groups = groups.flatMap(left => next.map(right => join(left, right)));
    }
    return groups;
  };

  const list = (separator: string): string[][][] => {
    const parts: string[][][] = [];
    do {
      at++;
      parts.push(sequence());
    } while (pattern[at] === separator);
    at++;
    return parts;
  };

  const item = (): string[][] => {
    if (pattern[at] === '(') return list(' ').flat();
    if (pattern[at] === '{') return [list(',').flat(2)];
    const [literal = ''] = /^[^(){}, ]+/.exec(pattern.slice(at)) ?? [];
    at += literal.length;
    return [expandLiteral(literal)];
  };

  return sequence().map(group => group.map(readTag));
}

const readTag = (written: string): string =>
  written === '' ? 'latest' : written.startsWith('-') ? written.slice(1) : written;

/** How a tag is written in the notation. */
export const writeTag = (tag: string): string => {
  if (tag === 'latest') return '';
  return /^v?\d/.test(tag) ? tag : `-${tag}`;
};
