// Configurations in the making: values that are put in one by one.

/** A configuration in the making. */
export type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

export function put<T, Key extends keyof T>(draft: T, key: Key, value: T[Key] | undefined): void {
  if (value !== undefined) draft[key] = value;
}
