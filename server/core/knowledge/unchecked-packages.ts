// Options that make a package manager install what it has not checked, by the program that knows them.

/** `forced` also breaks what is installed; `tls` is about the server, the others about the packages. */
export type UncheckedKind = 'apk' | 'apt' | 'yum' | 'zypper' | 'rpm' | 'forced' | 'tls';

interface Unchecked {
  readonly kind: UncheckedKind;
  readonly option: RegExp;
}

/** `name=value`, alone or behind the option that takes it: `-oName=value`, `--setopt=name=value`. */
const setting = (names: string, values: string): RegExp =>
  new RegExp(`^(?:-o|--option=|--setopt=)?(?:${names})\\s*=\\s*(?:${values})$`, 'i');

const on = '1|yes|true|on';
const off = '0|no|false|off|never';

const apt: readonly Unchecked[] = [
  { kind: 'apt', option: /^--allow-(?:unauthenticated|insecure-repositories)$/ },
  {
    kind: 'apt',
    option: setting('APT::Get::AllowUnauthenticated|Acquire::Allow\\w*Insecure\\w*Repositories', on),
  },
  { kind: 'forced', option: /^--force-yes$/ },
  { kind: 'tls', option: setting('Acquire::https::(?:\\S+::)?Verify-(?:Peer|Host)', off) },
];
const rpmSettings: readonly Unchecked[] = [
  { kind: 'yum', option: setting('(?:\\S+\\.)?gpgcheck', off) },
  { kind: 'tls', option: setting('(?:\\S+\\.)?sslverify', off) },
];
const rpmFrontEnd: readonly Unchecked[] = [{ kind: 'yum', option: /^--no-?gpg-?checks?$/ }, ...rpmSettings];

const byProgram: Readonly<Record<string, readonly Unchecked[]>> = {
  'apt-get': apt,
  apt,
  aptitude: [...apt, { kind: 'apt', option: /^--allow-untrusted$/ }],
  apk: [{ kind: 'apk', option: /^--allow-untrusted$/ }],
  yum: rpmFrontEnd,
  dnf: rpmFrontEnd,
  dnf5: rpmFrontEnd,
  microdnf: rpmFrontEnd,
  tdnf: rpmFrontEnd,
  'yum-config-manager': rpmSettings,
  'dnf-config-manager': rpmSettings,
  zypper: [{ kind: 'zypper', option: /^(?:-[a-zA-Z]*G|--(?:no-gpg-?checks?|allow-unsigned-rpm))$/ }],
  rpm: [{ kind: 'rpm', option: /^--no(?:signature|digest|verify|filedigest)$/ }],
};

export const programsWithChecks: readonly string[] = Object.keys(byProgram);

/** Which check a word switches off; undefined where it does not. */
export const uncheckedBy = (program: string, word: string): UncheckedKind | undefined =>
  byProgram[program]?.find(({ option }) => option.test(word))?.kind;

/** A setting in a file, which holds for all that is installed from then on. */
export interface UncheckedSetting {
  readonly kind: 'written-tls' | 'written-keys' | 'written-apt';
  readonly path: RegExp;
  /** Its group is what is written otherwise. */
  readonly setting: RegExp;
  readonly instead: string;
}

const rpmFiles = /\/etc\/(?:yum|dnf)|\.repo$/;
const aptConfiguration = /\/etc\/apt\/apt\.conf/;
const aptSources = /\/etc\/apt\/sources\.list/;

export const uncheckedSettings: readonly UncheckedSetting[] = [
  { kind: 'written-tls', path: rpmFiles, setting: /\bsslverify\s*=\s*(0|no|false|off)\b/gi, instead: '1' },
  { kind: 'written-keys', path: rpmFiles, setting: /\bgpgcheck\s*=\s*(0|no|false|off)\b/gi, instead: '1' },
  {
    kind: 'written-tls',
    path: aptConfiguration,
    setting: /\bAcquire::https::(?:[\w.-]+::)?Verify-(?:Peer|Host)\s+\\*["']?(0|no|false|off)\b/gi,
    instead: 'true',
  },
  {
    kind: 'written-apt',
    path: aptConfiguration,
    setting:
      /\b(?:APT::Get::AllowUnauthenticated|Acquire::Allow\w*Insecure\w*Repositories)\s+\\*["']?(1|yes|true|on)\b/gi,
    instead: 'false',
  },
  {
    kind: 'written-apt',
    path: aptSources,
    setting: /(\[\s*trusted=yes\s*\] *| *\btrusted=yes\b)/gi,
    instead: '',
  },
  {
    kind: 'written-keys',
    path: /\/etc\/pacman/,
    setting: /\b(?:RemoteFile)?SigLevel *= *((?:\w+ )*(?:Package)?(?:Never|Optional|TrustAll)\b(?: \w+)*)/gi,
    instead: 'Required DatabaseOptional',
  },
  { kind: 'written-apt', path: aptSources, setting: /^(Trusted:\s*yes\b[^\S\n]*\n?)/gim, instead: '' },
];
