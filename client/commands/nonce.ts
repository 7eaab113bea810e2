// A nonce: letters and digits that nobody can guess, for a page of the editor.

export const makeNonce = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
