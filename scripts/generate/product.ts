// A product: a file of the repository of which the rules determine the text.

export interface Product {
  /** Relative to the root of the repository. */
  readonly path: string;
  /** The text that belongs there; for files written by people too, made from what is there now. */
  text(current: string): string;
}

/** Replaces what stands between the two marks of a file that people write. */
export function between(current: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = current.indexOf(open);
  const end = current.indexOf(close);
  if (start < 0 || end < start) throw new Error(`The marks ${open} and ${close} are not there.`);
  return `${current.slice(0, start + open.length)}\n${text}\n${current.slice(end)}`;
}
