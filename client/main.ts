// The client's library and everything of the extension that is the same in every VS Code, for the entries.
export { processTransports } from './process.ts';
export { start } from './session.ts';
export { workerTransports } from './worker.ts';
