// Refusals: requests that end without a result on purpose. The server makes the answer of them.
import type { CancellationToken } from 'vscode-languageserver';

/** The code is one of the protocol. */
export interface Refusal extends Error {
  readonly code: number;
}

const refusal = (code: number, message: string): Refusal => Object.assign(new Error(message), { code });

export const isRefusal = (error: unknown): error is Refusal =>
  error instanceof Error && 'code' in error && typeof error.code === 'number';

/** Called between two steps of work: the client may no longer wait for the rest. */
export function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw refusal(-32800, 'The request was cancelled.');
}

export const documentChanged = (): Refusal =>
  refusal(-32801, 'The document has changed since this was offered.');

/** The answer would be about a text that is no longer there; the client asks again. */
export const outdated = (): Refusal => refusal(-32801, 'The document has changed since this was asked.');

/** What was asked for cannot be done, in words for the person who asked. */
export const cannot = (why: string): Refusal => refusal(-32803, why);
