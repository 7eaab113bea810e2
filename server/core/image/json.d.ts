export type Fields = Readonly<Record<string, unknown>>;
export declare const fieldsOf: (value: unknown) => Fields | null;
export declare const listOf: (value: unknown) => readonly unknown[];
export declare const stringsOf: (value: unknown) => string[];
export declare const textOf: (value: unknown) => string;
export declare const parsedJson: (text: string) => unknown;
/** A field by its name in whatever case: programs differ. */
export declare function field(fields: Fields, name: string): unknown;
