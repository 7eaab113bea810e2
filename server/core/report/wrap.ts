// Wrapping: prose broken into lines of a given width.

/** The lines of each paragraph; the first begins with `lead`, the others under it. Long words stay whole. */
export function wrap(prose: string, width: number, lead = ''): string[] {
  const below = ' '.repeat(lead.length);
  return prose.split('\n').flatMap((paragraph, index) => {
    const lines: string[] = [];
    let line = index === 0 ? lead : below;
    let isEmpty = true;
    for (const word of paragraph.split(' ').filter(part => part !== '')) {
      if (!isEmpty && line.length + 1 + word.length > width) {
        lines.push(line);
        line = below;
        isEmpty = true;
      }
      line += isEmpty ? word : ` ${word}`;
      isEmpty = false;
    }
    return [...lines, line.trimEnd()];
  });
}
