// Flags: what one is, and a short way to declare it.

interface FlagText {
  /** What it does; a sentence without a full stop. */
  readonly says: string;
  /** The one letter that may stand for its name. */
  readonly short: string | null;
}

/** There or not. */
export interface Switch extends FlagText {
  readonly kind: 'switch';
}

/** With a value; the last one wins. */
export interface Value extends FlagText {
  readonly kind: 'value';
  readonly placeholder: string;
}

/** With one of some words; the last one wins. */
export interface Choice<Word extends string = string> extends FlagText {
  readonly kind: 'choice';
  readonly words: readonly Word[];
}

/** With a value, as often as needed. */
export interface Values extends FlagText {
  readonly kind: 'values';
  readonly placeholder: string;
}

export type Flag = Switch | Value | Choice | Values;
export type Flags = Readonly<Record<string, Flag>>;

export const flag = {
  switch: (says: string, short: string | null = null): Switch => ({ kind: 'switch', says, short }),
  value: (placeholder: string, says: string, short: string | null = null): Value => ({
    kind: 'value',
    placeholder,
    says,
    short,
  }),
  choice: <const Word extends string>(words: readonly Word[], says: string): Choice<Word> => ({
    kind: 'choice',
    words,
    says,
    short: null,
  }),
  values: (placeholder: string, says: string, short: string | null = null): Values => ({
    kind: 'values',
    placeholder,
    says,
    short,
  }),
};
