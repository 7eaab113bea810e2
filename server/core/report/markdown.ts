// Words of files in Markdown, where nothing in them is a mark.

/** Text of a file as text: nothing in it is a mark, a link or a tag, and it stays in its cell. */
export const escaped = (words: string): string =>
  words.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]<>#|~!&]/g, sign => `\\${sign}`);

/** As code, whatever backticks are in it. */
export const code = (words: string): string => {
  const plain = words.replace(/[\r\n]+/g, ' ').replaceAll('|', '\\|');
  const fence = '`'.repeat(Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const pad = fence.length > 1 ? ' ' : '';
  return `${fence}${pad}${plain}${pad}${fence}`;
};
