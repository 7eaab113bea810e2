// JSON of other programs: read by name, whatever else stands in it; what is missing or of another kind is absent.

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const stringsOf = (value: unknown): string[] =>
  listOf(value).filter((item): item is string => typeof item === 'string');

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** A field by its name in whatever case: programs differ. */
export function field(fields: Fields, name: string): unknown {
  const key = Object.keys(fields).find(candidate => candidate.toLowerCase() === name);
  return key === undefined ? undefined : fields[key];
}
