// Texts that the suites repair, and what the command line makes of them: the runner asks it before VS Code starts.

export const untidy = 'from node:22 as Build\nRUN apt-get update && apt-get install -y curl\nUSER node\n';
export const small = 'FROM node:22-slim\nWORKDIR /srv\nCOPY . .\nCMD ["node", "server.js"]\n';

export type Repair = 'safe' | 'unsafe';

/** What is compared byte by byte. */
export const comparisons: readonly (readonly [Repair, string])[] = [
  ['safe', untidy],
  ['safe', `${untidy}\n`],
  ['unsafe', small],
];

export const keyOf = (repair: Repair, text: string): string => `${repair} ${text}`;
