// Versions, as far as they can be compared without knowing whose they are.

const partsOf = (version: string): string[] => version.match(/\d+|[^\d.\-+:~]+|~/g) ?? [];

/** `~` comes before everything, numbers by value; what one has and the other has not makes it later. */
function comparePart(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === '~' || b === '~') return a === '~' ? -1 : 1;
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  const [left, right] = [Number(a), Number(b)];
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return a < b ? -1 : 1;
}

/** Below 0 where `a` is the earlier one. */
export function compareLoosely(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = comparePart(left[i], right[i]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Of several versions, each the first of its line without the fault, the one to move to: the smallest step up. */
export function fixedFor(installed: string, fixed: string): string {
  const versions = fixed.split(/\s*,\s*/).filter(version => version !== '');
  const later = versions.filter(version => compareLoosely(version, installed) > 0).sort(compareLoosely);
  return later[0] ?? versions[0] ?? fixed;
}
