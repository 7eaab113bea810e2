// Servers that start as root and give it up themselves, without any tool in front of them.

export interface SelfDrop {
  /** The account that serves requests; null where its configuration names it. */
  readonly to: string | null;
  /** Ends the sentence "it starts as root, but ...". */
  readonly why: string;
}

const webWorkers = { to: 'www-data', why: 'its workers serve requests as an unprivileged account' };

const servers: readonly (readonly [program: RegExp, drop: SelfDrop])[] = [
  // nginx.org, ngx_core_module: `user`; the packages and the image set `nginx` or `www-data`.
  [/^nginx(?:-debug)?$/, { to: 'nginx', why: 'its workers serve requests as an unprivileged account' }],
  // httpd.apache.org, mod_unixd: `User` and `Group`.
  [/^(?:httpd(?:-foreground)?|apache2(?:-foreground|ctl)?|apachectl)$/, webWorkers],
  // php.net, FPM configuration: `user` is mandatory in a pool when started as root.
  [/^php-fpm[\d.]*$/, webWorkers],
  // mosquitto.org, mosquitto.conf: `user` is `mosquitto` by default.
  [/^mosquitto$/, { to: 'mosquitto', why: 'it continues as `mosquitto` once it has started' }],
  // varnish-cache.org, varnishd `-j unix`: the default jail when started as root.
  [/^varnishd$/, { to: 'vcache', why: 'its worker runs in a jail of its own account' }],
  // squid-cache.org: `cache_effective_user`.
  [/^squid$/, { to: 'proxy', why: 'it continues as its cache user once it has started' }],
  // thekelleys.org.uk, dnsmasq: `--user`, `dnsmasq` or `nobody` by default.
  [/^dnsmasq$/, { to: null, why: 'it continues as `dnsmasq` or `nobody` once it has started' }],
  // postfix.org, master(8): the daemons run as `mail_owner`.
  [/^postfix$/, { to: 'postfix', why: 'its daemons run as `postfix`' }],
  // doc.dovecot.org, "Users and privileges": logins run as `dovenull` and `dovecot`.
  [/^dovecot$/, { to: 'dovecot', why: 'its login processes run as unprivileged accounts' }],
];

/** By the name of the program, without its folder. */
export const selfDropOf = (program: string): SelfDrop | undefined =>
  servers.find(([name]) => name.test(program))?.[1];

/** Programs that run another one as an account: an entrypoint that calls one does not stay root. */
export const dropTools: ReadonlySet<string> = new Set([
  'gosu',
  'su-exec',
  'setpriv',
  'runuser',
  'su',
  'setuidgid',
  's6-setuidgid',
  'chpst',
]);
