// An account for the process of an image: one that is there, or how a new one is made on that operating system.
import type { StageInsight } from '../insight/stage.ts';
import { accountTools } from '../knowledge/accounts.ts';

export interface AccountChoice {
  /** What USER says. */
  readonly user: string;
  /** What `--chown` says. */
  readonly owner: string;
  /** The command that makes it; null where it is there, or is a number that needs no entry. */
  readonly create: string | null;
}

const name = 'app';

/** The number that distroless images give their own account; it needs no entry in `/etc/passwd`. */
const numeric: AccountChoice = { user: '65532:65532', owner: '65532:65532', create: null };

const created = (create: string): AccountChoice => ({ user: name, owner: `${name}:${name}`, create });

/** Without a group `--chown` takes the number of the account for it, which always works. */
export const existingAccount = (user: string, group: string | null): AccountChoice => ({
  user,
  owner: group === null ? user : `${user}:${group}`,
  create: null,
});

/** The account that an expert would run the stage's process as. */
export function chooseAccount({ system, accounts: [existing] }: StageInsight): AccountChoice {
  const tools = system && accountTools(system);
  if (tools?.kind === 'none') return numeric;
  if (existing) return existingAccount(existing.name, existing.group);
  if (tools?.kind === 'busybox') return created(`addgroup -S ${name} && adduser -S -G ${name} ${name}`);
  if (tools?.kind !== 'shadow' || tools.install !== null) return numeric;
  const nologin = system?.packageManager === 'apt' ? '/usr/sbin/nologin' : '/sbin/nologin';
  return created(
    `groupadd --system ${name} && useradd --system --gid ${name} --no-create-home --shell ${nologin} ${name}`,
  );
}
