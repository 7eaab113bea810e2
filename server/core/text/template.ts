// Templates: texts with named holes, and what fills them.

/** The names of a template's holes. */
export type Holes<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}`
  ? Hole | Holes<Rest>
  : never;

/** What a template needs to be filled: no more and no fewer than its holes. */
export type Filling<Text extends string> = [Holes<Text>] extends [never]
  ? { readonly data?: undefined }
  : { readonly data: Readonly<Record<Holes<Text>, string | number>> };

export const fillHoles = (text: string, data: Readonly<Record<string, string | number>> = {}): string =>
  text.replace(/\{(\w+)\}/g, (hole, name: string) => String(data[name] ?? hole));
