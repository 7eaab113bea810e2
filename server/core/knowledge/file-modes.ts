// File modes as chmod writes them: what they grant, and the same without it.

export interface ModeGrants {
  /** Anybody may write. */
  readonly othersWrite: boolean;
  readonly setuid: boolean;
  readonly setgid: boolean;
  /** In a folder with this bit only its owner removes a file: what /tmp has. */
  readonly sticky: boolean;
}

const octal = /^[0-7]{1,5}$/;
const clause = /^([ugoa]*)([-+=])([rwxXst]*)$/;

/** Read, write and execute bits as the last three digits, the special bits in front of them. */
function digitsOf(mode: string): readonly [special: number, others: number] {
  const digits = mode.padStart(4, '0');
  return [Number(digits.at(-4)), Number(digits.at(-1))];
}

function clauseGrants([, who = '', operator = '', permissions = '']: readonly string[]): ModeGrants {
  const gives = (permission: string): boolean => operator !== '-' && permissions.includes(permission);
  const names = (...people: readonly string[]): boolean => people.some(person => who.includes(person));
  return {
    // Where nobody is named the umask holds, which leaves others without the right to write.
    othersWrite: names('o', 'a') && gives('w'),
    setuid: (who === '' || names('u', 'a')) && gives('s'),
    setgid: (who === '' || names('g', 'a')) && gives('s'),
    sticky: gives('t'),
  };
}

/** Null where the text is no mode. */
export function modeGrants(mode: string): ModeGrants | null {
  if (octal.test(mode)) {
    const [special, others] = digitsOf(mode);
    return {
      othersWrite: (others & 2) !== 0,
      setuid: (special & 4) !== 0,
      setgid: (special & 2) !== 0,
      sticky: (special & 1) !== 0,
    };
  }
  const clauses = mode.split(',').map(part => clause.exec(part));
  if (mode === '' || clauses.includes(null)) return null;
  const grants = clauses.map(match => clauseGrants(match ?? []));
  return {
    othersWrite: grants.some(grant => grant.othersWrite),
    setuid: grants.some(grant => grant.setuid),
    setgid: grants.some(grant => grant.setgid),
    sticky: grants.some(grant => grant.sticky),
  };
}

/** The clauses of a symbolic mode, each replaced; null where nothing would be left. */
function mapClauses(
  mode: string,
  change: (who: string, operator: string, permissions: string) => string,
): string | null {
  const changed = mode
    .split(',')
    .map(part => {
      const [, who = '', operator = '', permissions = ''] = clause.exec(part) ?? [];
      return change(who, operator, permissions);
    })
    .filter(part => part !== '');
  return changed.length === 0 ? null : changed.join(',');
}

/** `777` is `775`, `a+rwx` is `ug+rwx,o+rx`. Null where that would say nothing. */
export function withoutOthersWrite(mode: string): string | null {
  if (octal.test(mode)) return `${mode.slice(0, -1)}${Number(mode.at(-1)) & ~2}`;
  return mapClauses(mode, (who, operator, permissions) => {
    const isWorld = /[oa]/.test(who) && operator !== '-' && permissions.includes('w');
    if (!isWorld) return `${who}${operator}${permissions}`;
    const owners = who.includes('a') ? 'ug' : who.replace('o', '');
    const rest = permissions.replace('w', '');
    const parts = [owners === '' ? '' : `${owners}${operator}${permissions}`, rest && `o${operator}${rest}`];
    return parts.filter(part => part !== '').join(',');
  });
}

/** `4755` is `755`, `u+xs` is `u+x`. Null where that would say nothing. */
export function withoutSetuid(mode: string): string | null {
  if (octal.test(mode)) return mode.length > 3 ? `${digitsOf(mode)[0] & 1 || ''}${mode.slice(-3)}` : mode;
  return mapClauses(mode, (who, operator, permissions) => {
    const rest = permissions.replaceAll('s', '');
    return operator !== '-' && rest === '' && permissions !== '' ? '' : `${who}${operator}${rest}`;
  });
}
