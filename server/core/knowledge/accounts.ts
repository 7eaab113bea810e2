// How an account is made on an operating system.
import type { OperatingSystem } from './image-facts.ts';

export type AccountTools =
  /** `addgroup -S`, `adduser -S`. */
  | { readonly kind: 'busybox' }
  /** `groupadd --system`, `useradd --system`; `install` is the package that brings them, where they are missing. */
  | { readonly kind: 'shadow'; readonly install: string | null }
  /** No tool, or no shell to call one: a number is all that USER can name. */
  | { readonly kind: 'none' };

const busyboxFamilies = new Set(['alpine', 'busybox', 'wolfi', 'cirros']);
const shadowFamilies = new Set(
  'debian ubuntu rhel centos rockylinux almalinux oraclelinux fedora mageia archlinux suse neurodebian'.split(
    ' ',
  ),
);
/** Their base images come without useradd. */
const withoutUseradd = new Set('amazonlinux azurelinux photon'.split(' '));

export function accountTools({ family, packageManager }: OperatingSystem): AccountTools | undefined {
  if (busyboxFamilies.has(family)) return { kind: 'busybox' };
  if (packageManager === 'none') return { kind: 'none' };
  if (withoutUseradd.has(family) || packageManager === 'microdnf')
    return { kind: 'shadow', install: 'shadow-utils' };
  return shadowFamilies.has(family) ? { kind: 'shadow', install: null } : undefined;
}
