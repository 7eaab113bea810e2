// Commands that fetch something over the network.
import type { ShellCommand } from '../model/shell/script.ts';

const programs = new Set(['curl', 'wget', 'aria2c', 'fetch', 'http', 'https']);

export const isDownload = ({ name }: ShellCommand): boolean => programs.has(name ?? '');
