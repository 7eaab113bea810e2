// Commands that fetch something over the network, and the addresses they are given.
import type { ShellCommand, ShellWord } from '../model/shell/script.ts';

const programs = new Set(['curl', 'wget', 'aria2c', 'fetch', 'http', 'https']);

export const isDownload = ({ name }: ShellCommand): boolean => programs.has(name ?? '');

/** What stands before an address that nothing is fetched from: a proxy, where a link was found. */
const goesThrough = /^(?:.*proxy|--referer)$/i;

/** Arguments that are addresses of the given protocols, options with an address in them left out. */
export const addressesIn = ({ name, args }: ShellCommand, protocol: RegExp): readonly ShellWord[] =>
  args.filter(({ raw }, index) => {
    const before = args[index - 1]?.raw ?? '';
    const isTarget = !goesThrough.test(before) && !(name === 'curl' && /^-[a-zA-Z]*[ex]$/.test(before));
    return isTarget && protocol.test(raw.replace(/^["']/, ''));
  });

/** Requests of curl that ask for an answer of this very address, or send something. */
const asksHere =
  /^(?:-[a-zA-Z]*[XIdFTK]|--(?:request|head|data|form|upload-file|config|json|max-redirs|write-out)\b)/;
const ownMachine = /\/\/(?:localhost|127\.|\[::1\])/;

/** curl is to fetch something, and not from the own machine. */
export function fetchesElsewhere(command: ShellCommand): boolean {
  const addresses = addressesIn(command, /^https?:\/\//i);
  return (
    addresses.length > 0 &&
    !addresses.some(({ raw }) => ownMachine.test(raw)) &&
    !command.args.some(({ value, raw }) => asksHere.test(value ?? raw))
  );
}
