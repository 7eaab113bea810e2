// Commands that fetch something over the network, and the addresses they are given.
import type { ShellCommand, ShellWord } from '../model/shell/script.ts';

const programs = new Set(['curl', 'wget', 'aria2c', 'fetch', 'http', 'https']);

export const isDownload = ({ name }: ShellCommand): boolean => programs.has(name ?? '');

/** Arguments that are addresses of the given protocols, options with an address in them left out. */
export const addressesIn = ({ args }: ShellCommand, protocol: RegExp): readonly ShellWord[] =>
  args.filter(({ raw }) => protocol.test(raw.replace(/^["']/, '')));
