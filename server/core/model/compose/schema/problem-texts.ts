// What Compose refuses in a file that is YAML, each with a code, and its message as a template.

export const schemaTexts = {
  'first-format':
    'The file is of the first format of Compose, which is read no more: put everything under the key "services".',
  'unknown-key': '{place} has no key "{key}".{hint}',
  'invalid-name': '"{key}" cannot be the name of {place}: write letters, digits, ".", "_" and "-" alone.',
  'bare-key': 'YAML reads the key {key} as {given}, and Compose refuses that: write it in quotes.',
  'missing-value': '{what} has no value: write {wanted}, or take the key out.',
  'wrong-type': '{what} takes {wanted}, not {given}.{hint}',
  'wrong-text': '{what} takes {wanted}, which "{value}" is not.{hint}',
  'unknown-value': '{what} takes {wanted}, not "{value}".{hint}',
  'out-of-range': '{what} takes a number from {minimum} to {maximum}, not {value}.',
  'missing-key': '{what} lacks the key {key}, without which Compose refuses it.',
  repeated: '"{value}" stands in this list already, and Compose refuses that: take one of them out.',
} as const;

export type SchemaProblemCode = keyof typeof schemaTexts;
