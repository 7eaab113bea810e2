// Signals of Linux, by the names and numbers that STOPSIGNAL takes.

/** In the order of their numbers, from 1 on. */
const ordinary =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(
    ' ',
  );

const firstRealTime = 34;
const lastRealTime = 64;

/** RTMIN+1 to RTMIN+15, RTMAX-14 to RTMAX-1. */
function* realTime(): Generator<[name: string, number: number]> {
  yield ['RTMIN', firstRealTime];
  for (let offset = 1; offset <= 15; offset++) yield [`RTMIN+${offset}`, firstRealTime + offset];
  for (let offset = 14; offset >= 1; offset--) yield [`RTMAX-${offset}`, lastRealTime - offset];
  yield ['RTMAX', lastRealTime];
}

const proper: readonly (readonly [name: string, number: number])[] = [
  ...ordinary.map((name, index): [string, number] => [name, index + 1]),
  ...realTime(),
];
const namesByNumber: ReadonlyMap<number, string> = new Map(proper.map(([name, number]) => [number, name]));
const numbersByName: ReadonlyMap<string, number> = new Map([
  ...proper,
  ['CLD', 17],
  ['IOT', 6],
  ['POLL', 29],
]);

/** The names, without the SIG in front of them. */
export const signalNames: readonly string[] = [...numbersByName.keys()];

/** The signal's proper name, or its number where it has none; null where the text is no signal. */
export function signalOf(text: string): string | null {
  const number = /^[+-]?\d{1,9}$/.test(text)
    ? Number(text)
    : (numbersByName.get(text.toUpperCase().replace(/^SIG/, '')) ?? 0);
  if (number === 0) return null;
  const name = namesByNumber.get(number);
  return name === undefined ? String(number) : `SIG${name}`;
}
