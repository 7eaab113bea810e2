// Failures: what stops a command, told in one line with the next step.

/** Ends the run with exit code 2. The message is whole sentences: what is wrong, and what to do. */
export class Failure extends Error {}
