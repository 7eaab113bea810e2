// Texts of builders: what they draw with taken away, and what they say about the end of a program made plain.

/** Escape sequences of terminals. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one
const escapes = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\-_])/g;

/** What is left to read of a line: the last of what was written over one another, behind what BuildKit puts in front. */
export function plainLine(line: string): string {
  const text = line.replace(escapes, '');
  const front = /^#\d+ (?:\d+\.\d+ )?/.exec(text)?.[0] ?? '';
  const parts = text.slice(front.length).split('\r');
  return front + (parts.findLast(part => part.trim() !== '') ?? '');
}

/** How the failure of a command begins. */
export const commandEnded = 'The command ended with exit code';

const meanings: Readonly<Record<string, string>> = {
  126: 'a program could not be executed',
  127: 'a program was not found',
  137: 'it was killed, as when memory runs out',
};

const endings = [
  /^process ".*" did not complete successfully: exit code: (\d+)$/s,
  /^executor failed running \[.*\]: exit code: (\d+)$/s,
  /^The command '.*' returned a non-zero code: (\d+)$/s,
  /^(?:while running runtime: )?exit status (\d+)$/,
];

/** A command that has ended badly is told with the last thing that it printed. */
export function failureText(message: string, output: readonly string[]): string {
  const code = endings.map(pattern => pattern.exec(message)?.[1]).find(found => found !== undefined);
  if (code === undefined) return message;
  const meaning = meanings[code];
  const end = `${commandEnded} ${code}${meaning === undefined ? '' : `: ${meaning}`}.`;
  const last = output.findLast(line => line.trim() !== '' && !/^subprocess exited with/.test(line));
  return last === undefined ? end : `${end} Its last words: ${last.trim()}`;
}
