// Versions of the product, as configuration files and rules name them: `0.1.0`, `0.2`.

export const isVersion = (text: string): boolean => /^\d{1,9}\.\d{1,9}(?:\.\d{1,9})?$/.test(text);

const partsOf = (version: string): number[] => version.split('.').map(Number);

/** A part that is left out is zero. */
export function isLater(version: string, than: string): boolean {
  const bounds = partsOf(than);
  const parts = partsOf(version);
  const index = parts.findIndex((part, place) => part !== (bounds[place] ?? 0));
  return (parts[index] ?? 0) > (bounds[index] ?? 0);
}
