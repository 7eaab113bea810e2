// An account for the process of an image: one that is there, or how a new one is made on that operating system.
import type { StageInsight } from '../insight/stage.ts';
import { type AccountTools, accountTools } from '../knowledge/accounts.ts';

export interface AccountChoice {
  /** What USER says. */
  readonly user: string;
  /** What `--chown` says. */
  readonly owner: string;
  /** The same in numbers, for places where names mean nothing; null where they are not known. */
  readonly ownerNumber: string | null;
  /** The command that makes it; null where it is there, or is a number that needs no entry. */
  readonly create: string | null;
}

/** The number that distroless images give their own account. */
const number = 65532;

/** It needs no entry in `/etc/passwd`. */
const numeric: AccountChoice = {
  user: `${number}:${number}`,
  owner: `${number}:${number}`,
  ownerNumber: `${number}:${number}`,
  create: null,
};

/** Without a group `--chown` takes the number of the account for it, which always works. */
export const existingAccount = (user: string, group: string | null, uid: number | null): AccountChoice => ({
  user,
  owner: group === null ? user : `${user}:${group}`,
  ownerNumber: uid === null ? null : String(uid),
  create: null,
});

const busyboxCommands = (name: string, id: string): readonly [group: string, account: string] => [
  `addgroup -S${id && ` -g ${id}`} ${name}`,
  `adduser -S${id && ` -u ${id}`} -G ${name} ${name}`,
];

/** `--system` is for numbers that the system chooses: it warns of others. */
const shadowCommands = (
  name: string,
  id: string,
  shell: string,
): readonly [group: string, account: string] => [
  `groupadd ${id === '' ? '--system' : `--gid ${id}`} ${name}`,
  `useradd ${id === '' ? '--system' : `--uid ${id}`} --gid ${name} --no-create-home --shell ${shell} ${name}`,
];

function createdAccount(
  kind: Exclude<AccountTools['kind'], 'none'>,
  { system, groups }: StageInsight,
  withNumber: boolean,
): AccountChoice {
  const name = 'app';
  const id = withNumber ? String(number) : '';
  const shell = system?.packageManager === 'apt' ? '/usr/sbin/nologin' : '/sbin/nologin';
  const [group, account] = kind === 'busybox' ? busyboxCommands(name, id) : shadowCommands(name, id, shell);
  return {
    user: name,
    owner: `${name}:${name}`,
    ownerNumber: withNumber ? `${id}:${id}` : null,
    create: groups.has(name) ? account : `${group} && ${account}`,
  };
}

/** The account that an expert would run the stage's process as; a new one with a number of its own where one is asked for. */
export function chooseAccount(insight: StageInsight, withNumber = false): AccountChoice {
  const { system, accounts, has } = insight;
  const tools = system && accountTools(system);
  if (tools?.kind === 'none') return numeric;
  const [existing] = accounts;
  if (existing) return existingAccount(existing.name, existing.group, existing.uid);
  if (tools === undefined) return numeric;
  if (tools.kind === 'shadow' && tools.install !== null && has(tools.install) !== true) return numeric;
  return createdAccount(tools.kind, insight, withNumber);
}
