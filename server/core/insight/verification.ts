// Checks of downloads: commands that compare a checksum or a signature.
import { rememberFor } from '../knowledge/remember.ts';
import type { RunInstruction } from '../model/dockerfile/model.ts';
import type { ShellCommand } from '../model/shell/script.ts';

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

/** Where the last check of a RUN stands; null where it has none. */
export const lastVerification = rememberFor(({ script }: RunInstruction): number | null => {
  const last = script.commands.findLast(verifies);
  return last === undefined ? null : last.span.start;
});
