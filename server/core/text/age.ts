// Ages, as people tell them.

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** Of so many milliseconds: `just now`, `3 hours ago`. */
export function ageText(age: number): string {
  for (const [unit, length] of units) {
    const count = Math.floor(age / length);
    if (count > 0) return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
  }
  return 'just now';
}
