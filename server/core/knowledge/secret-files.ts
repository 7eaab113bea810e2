// Files that hold secrets, by the name that their tools give them.

export interface SecretFile {
  /** What it is, for a message: `an SSH key`. */
  readonly kind: string;
}

const environment = 'an environment file';
const cloud = 'credentials of a cloud account';
const packages = 'credentials of a package registry';

/** By the lower-case name of the file. */
const byName: readonly (readonly [name: RegExp, kind: string])[] = [
  [/^(?:id|ssh_host)_(?:rsa|dsa|ecdsa|ed25519|xmss)(?:_sk)?(?:_key)?$|_(?:rsa|ecdsa|ed25519)$/, 'an SSH key'],
  [/\.(?:ppk|p8)$/, 'a private key'],
  [/\.(?:p12|pfx|jks|keystore|bks)$/, 'a key store'],
  [/\.keytab$|^krb5\.keytab$/, 'a Kerberos key table'],
  [/\.kdbx?$/, 'a password database'],
  [/\.ovpn$/, 'a VPN profile'],
  [/^\.envrc$/, environment],
  [/^\.npmrc$|^\.pypirc$|^auth\.json$/, packages],
  [/^[._]netrc$|^\.git-credentials$/, 'passwords for hosts'],
  [/^\.htpasswd$|^htpasswd$/, 'a password file'],
  [/^\.dockercfg$|^\.dockerconfigjson$/, 'credentials of an image registry'],
  [/^\.pgpass$|^pgpass\.conf$|^\.my(?:login)?\.cnf$/, 'database passwords'],
  [/^\.s3cfg$|^\.boto$|^\.passwd-s3fs$/, cloud],
  [/^(?:application_default_)?credentials\.(?:json|csv)$|^client_secrets?(?:[_.-].*)?\.json$/, cloud],
  [/^(?:.*[_.-])?service[_-]?account.*\.json$|^(?:gcp|gcloud|google)[_-]?(?:key|creds?)\.json$/, cloud],
  [/^(?:.*[_.-])?kubeconfig(?:\.ya?ml)?$/, 'a Kubernetes configuration'],
  [
    /^terraform\.tfstate(?:\..*)?$|\.tfstate(?:\.backup)?$|^\.terraformrc$|^terraform\.rc$/,
    'a Terraform state or login',
  ],
  [/^\.vault[-_](?:token|pass(?:word)?)$|^vault[-_]pass(?:word)?(?:\.txt)?$/, 'the key of a vault'],
  [/^secrets?\.(?:ya?ml|json|toml|ini|txt|properties)$/, 'a file of secrets'],
  [/^secring\.(?:gpg|pgp|asc)$|^(?:private|secret)(?:[-_.]key)?\.(?:asc|gpg|pgp)$/, 'a private key'],
];

/** By the end of the path, for files whose folder tells. */
const byPath: readonly (readonly [path: RegExp, kind: string])[] = [
  [/(?:^|\/)\.aws(?:\/credentials)?$/, cloud],
  [/(?:^|\/)\.(?:azure|config\/gcloud)(?:\/.*)?$/, cloud],
  [/(?:^|\/)\.docker(?:\/config\.json)?$/, 'credentials of an image registry'],
  [/(?:^|\/)\.kube(?:\/config)?$/, 'a Kubernetes configuration'],
  [/(?:^|\/)\.ssh$/, 'a folder of SSH keys'],
  [/(?:^|\/)\.gnupg(?:\/.*)?$/, 'a folder of private keys'],
  [/(?:^|\/)\.(?:gem\/credentials|cargo\/credentials(?:\.toml)?|composer\/auth\.json)$/, packages],
  [/(?:^|\/)\.config\/gh(?:\/hosts\.yml)?$/, 'a GitHub login'],
];

const word = (words: string): RegExp => new RegExp(`(?:^|[._-])(?:${words})(?:$|[._-])`);

/** Words that say: made to be filled in, or encrypted. */
const template = word('examples?|sample|template|tmpl|tpl|dist|schema|enc|encrypted|sealed|sops');
/** Words of certificates and of keys for checking signatures, which are made to be shown. */
const openKey = word(
  'certs?|certificates?|fullchain|chain|ca|cacerts?|bundle|pub|public|dh|dhparams?\\d*|roots?|rootca|trust|trusted|' +
    'intermediate|crl|csr|gpg|pgp|apt|rpm|repo|repository|archive|release|keyring',
);
const openStore = word('pub|public|trust|truststore|cacerts|debug');

/** `.env`, `.env.production`, `prod.env`. */
const isEnvironment = (name: string): boolean =>
  /^\.env(?:$|[._-])|\.env$/.test(name) && !/defaults?$/.test(name);

const kindOf = (rows: readonly (readonly [RegExp, string])[], subject: string): string | undefined =>
  rows.find(([pattern]) => pattern.test(subject))?.[1];

/** A path, with `/` or `\`, of a file or folder that holds secrets; patterns (`*.pem`, `.env*`) as what they match. */
export function secretFile(path: string): SecretFile | null {
  const normal = path
    .toLowerCase()
    .replaceAll('\\', '/')
    .replace(/\/{1,4}$/, '');
  const name = normal.slice(normal.lastIndexOf('/') + 1).replace(/\*{1,2}$/, '');
  if (template.test(name)) return null;
  if (isEnvironment(name)) return { kind: environment };
  if (/\.(?:pem|key)$/.test(name)) return openKey.test(name) ? null : { kind: 'a private key' };
  const kind = kindOf(byPath, normal) ?? kindOf(byName, name);
  return kind === undefined || openStore.test(name) ? null : { kind };
}
