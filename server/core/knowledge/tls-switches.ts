// Switches that stop a tool from checking who it talks to: variables, options and settings, each as its tool documents it.

export type TlsTool =
  | 'curl'
  | 'wget'
  | 'pip'
  | 'pip-variable'
  | 'python'
  | 'node'
  | 'npm-variable'
  | 'npm'
  | 'git'
  | 'host-key'
  | 'other';

export interface TlsVariable {
  readonly tool: TlsTool;
  /** The values that switch the check off. */
  readonly off: RegExp;
}

const isFalse = /^(?:false|0|no|off)$/i;
const something = /./;

/** By name in lower case. */
export const tlsVariables: Readonly<Record<string, TlsVariable>> = {
  // PEP 493.
  pythonhttpsverify: { tool: 'python', off: /^0$/ },
  // nodejs.org/api/cli.html.
  node_tls_reject_unauthorized: { tool: 'node', off: /^0$/ },
  // docs.npmjs.com/cli/using-npm/config#strict-ssl; Yarn 1 reads it too.
  npm_config_strict_ssl: { tool: 'npm-variable', off: isFalse },
  yarn_strict_ssl: { tool: 'other', off: isFalse },
  // git-scm.com/docs/git-config#http.sslVerify: any value counts, `0` and nothing too.
  git_ssl_no_verify: { tool: 'git', off: /^/ },
  // pip.pypa.io/en/stable/topics/configuration.
  pip_trusted_host: { tool: 'pip-variable', off: something },
  // docs.astral.sh/uv/reference/environment.
  uv_insecure_host: { tool: 'other', off: something },
  // docs.conda.io, `ssl_verify`.
  conda_ssl_verify: { tool: 'other', off: isFalse },
  // bundler.io/man/bundle-config.1.html: OpenSSL's VERIFY_NONE.
  bundle_ssl_verify_mode: { tool: 'other', off: /^0$/ },
  // man.openbsd.org/ssh_config#StrictHostKeyChecking.
  git_ssh_command: { tool: 'host-key', off: /\bStrictHostKeyChecking[= ]no\b/i },
  // maven.apache.org/wagon/wagon-providers/wagon-http.
  maven_opts: { tool: 'other', off: /-Dmaven\.wagon\.http\.ssl\.insecure=true/ },
  // go.dev/ref/mod#environment-variables.
  goinsecure: { tool: 'other', off: something },
};

/** Names under which programs of all kinds have the switch: `VAULT_SKIP_VERIFY`, `GF_SMTP_SKIP_VERIFY`, `TLS_INSECURE`. */
const skips =
  /(?:^|_)(?:(?:TLS|SSL)_?(?:INSECURE|SKIP_?VERIFY|NO_?VERIFY)|INSECURE_(?:SKIP_(?:TLS_)?VERIFY|TLS|SSL)|SKIP_(?:TLS_|SSL_|CERT_)?VERIF(?:Y|ICATION))$/i;
const checks =
  /(?:^|_)(?:(?:TLS|SSL)_?VERIFY|VERIFY_?(?:TLS|SSL|CERT(?:IFICATE)?S?)|SSL_?VERIFICATION_?MODE)$/i;

/** A variable of a program outside the table that, by its name and value, keeps it from checking certificates. */
export const skipsVerification = (name: string, value: string): boolean =>
  (skips.test(name) && /^(?:true|1|yes|on)$/i.test(value)) ||
  (checks.test(name) && /^(?:false|0|no|off|none)$/i.test(value)) ||
  // docs.docker.com: an empty value makes Docker in Docker listen without TLS.
  (name === 'DOCKER_TLS_CERTDIR' && value === '') ||
  (name === 'LDAPTLS_REQCERT' && /^(?:never|allow)$/i.test(value));

export interface TlsOptions {
  readonly tool: TlsTool;
  /** Long options, without a value of their own. */
  readonly long?: readonly string[];
  /** A long option, and the word behind it that switches the check off. */
  readonly paired?: readonly [option: string, value: string];
  /** Long options that take a value: a host to be believed. */
  readonly valued?: readonly string[];
  /** The short option, and the short ones that take a value: the rest of their word is none. */
  readonly short?: { readonly letter: string; readonly valued: string };
  /** Settings given as `name value` or `name=value` to a subcommand, and their values that switch the check off. */
  readonly setting?: { readonly verbs: readonly string[]; readonly name: RegExp; readonly off: RegExp };
}

const pip: TlsOptions = {
  tool: 'pip',
  valued: ['--trusted-host'],
  setting: { verbs: ['config', 'set'], name: /^(?:global|install|user|site)\.trusted-host$/, off: something },
};
const npmSetting = { verbs: ['config', 'set', 'c'], name: /^strict-ssl$/, off: isFalse };
const npm: TlsOptions = {
  tool: 'npm',
  long: ['--no-strict-ssl', '--strict-ssl=false'],
  /** npm takes the word behind an option for its value if it is one of these. */
  paired: ['--strict-ssl', 'false'],
  setting: npmSetting,
};
const kubernetes: TlsOptions = {
  tool: 'other',
  long: ['--insecure-skip-tls-verify', '--insecure-skip-tls-verify=true'],
};

const ssh: TlsOptions = {
  tool: 'host-key',
  long: ['-oStrictHostKeyChecking=no'],
  paired: ['-o', 'StrictHostKeyChecking=no'],
};
const images: TlsOptions = {
  tool: 'other',
  long: ['--tls-verify=false', '--src-tls-verify=false', '--dest-tls-verify=false'],
};

/** By program. */
export const tlsOptions: Readonly<Record<string, TlsOptions>> = {
  curl: {
    tool: 'curl',
    long: ['--insecure', '--proxy-insecure', '--doh-insecure'],
    short: { letter: 'k', valued: 'AbcCdDeEFhHKmoPQrtTuUwxXyYz' },
  },
  wget: {
    tool: 'wget',
    long: [
      '--no-check-certificate',
      '--no-check-cert',
      '--check-certificate=off',
      '--check-certificate=quiet',
    ],
  },
  pip,
  pip2: pip,
  pip3: pip,
  uv: { tool: 'other', valued: ['--trusted-host', '--allow-insecure-host'] },
  npm,
  pnpm: npm,
  // Yarn 2 has its settings in camel case.
  yarn: { ...npm, setting: { ...npmSetting, name: /^(?:strict-ssl|enableStrictSsl)$/ } },
  git: {
    tool: 'other',
    setting: { verbs: ['config', 'set', '-c'], name: /^http\.(?:.+\.)?sslverify$/i, off: isFalse },
  },
  conda: {
    tool: 'other',
    long: ['--insecure', '-k'],
    setting: { verbs: ['config', '--set'], name: /^ssl_verify$/, off: isFalse },
  },
  composer: { tool: 'other', setting: { verbs: ['config'], name: /^disable-tls$/, off: /^(?:true|1)$/ } },
  bundle: {
    tool: 'other',
    setting: { verbs: ['config', 'set'], name: /^ssl_verify_mode$/, off: /^0$/ },
  },
  hg: { tool: 'other', long: ['--insecure'] },
  svn: { tool: 'other', long: ['--trust-server-cert'], valued: ['--trust-server-cert-failures'] },
  aria2c: { tool: 'other', long: ['--check-certificate=false'] },
  mvn: {
    tool: 'other',
    long: ['-Dmaven.wagon.http.ssl.insecure=true', '-Daether.connector.https.securityMode=insecure'],
  },
  poetry: { tool: 'other', setting: { verbs: ['config'], name: /^certificates\..+\.cert$/, off: isFalse } },
  http: { tool: 'other', long: ['--verify=no'] },
  skopeo: images,
  podman: images,
  buildah: images,
  ssh,
  scp: ssh,
  sftp: ssh,
  aws: { tool: 'other', long: ['--no-verify-ssl'] },
  kubectl: kubernetes,
  helm: kubernetes,
  oc: kubernetes,
};

export interface TlsFile {
  readonly tool: TlsTool;
  readonly path: RegExp;
  /** What switches the check off, in a line of it. */
  readonly off: RegExp;
}

/** Files in which tools keep their settings, by the end of their path. */
export const tlsFiles: readonly TlsFile[] = [
  { tool: 'curl', path: /(?:^|\/)[._]?curlrc$/, off: /^\s*(?:--?)?(?:insecure|k)\s*$/m },
  { tool: 'wget', path: /(?:^|\/)\.?wgetrc$/, off: /^\s*check_certificate\s*=\s*(?:off|no|0|quiet)\b/m },
  { tool: 'pip', path: /(?:^|\/)pip\.(?:conf|ini)$/, off: /\btrusted-host\s*=\s*\S+/ },
  { tool: 'npm', path: /(?:^|\/)\.?(?:npmrc|yarnrc)$/, off: /\bstrict-ssl(?:\s*=\s*|\s+)"?false\b/ },
  { tool: 'npm', path: /(?:^|\/)\.yarnrc\.yml$/, off: /\benableStrictSsl:\s*false\b/ },
  { tool: 'other', path: /(?:^|\/)\.?gitconfig$/, off: /\bsslverify\s*=\s*(?:false|0|no|off)\b/i },
  {
    tool: 'host-key',
    path: /(?:^|\/)(?:\.ssh\/config|ssh_config(?:\.d\/[^/]+)?)$/,
    off: /\bStrictHostKeyChecking(?:\s+|=)no\b/i,
  },
  { tool: 'other', path: /(?:^|\/)\.?gemrc$/, off: /:ssl_verify_mode: 0/ },
  { tool: 'other', path: /(?:^|\/)\.condarc$/, off: /\bssl_verify:\s*(?:false|no|off)\b/i },
];
