// Checks of downloads: commands that compare a checksum or a signature.
import type { Instruction } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { commandsOf } from './run-effects.ts';

/** Programs that do nothing but compute or compare. */
const checkers =
  /^(?:(?:sha\d*|md5|b2|b3|ck)sums?|sha\d+|md5|shasum|gpgv|cosign|minisign|signify|slsa-verifier|rhash|debsig-verify|dpkg-sig|dget|checksum)$/;

function verifies({ name, args }: ShellCommand): boolean {
  if (name === null) return false;
  if (checkers.test(name)) return true;
  const has = (pattern: RegExp): boolean => args.some(({ value }) => pattern.test(value ?? ''));
  if (name === 'gpg' || name === 'gpg2') return has(/^(?:--verify|--decrypt)$/);
  if (name === 'openssl') return has(/^(?:dgst|sha\d+|-verify)$/);
  if (name === 'rpm' || name === 'rpmkeys') return has(/^(?:-K|--checksig)$/);
  return name === 'aria2c' && has(/^--checksum/);
}

/** Where the last check among the RUNs of a stage stands; -1 where they have none. */
export const lastVerification = rememberFor(
  (instructions: readonly Instruction[]): number =>
    commandsOf(instructions).findLast(verifies)?.span.start ?? -1,
);
