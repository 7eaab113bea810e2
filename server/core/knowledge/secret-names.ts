// Names that promise a secret: what a variable, option or key is called.

/**
 * What a name promises. `secret`: a password, token or key. `perhaps`: a word that has harmless meanings too (`key`,
 * `auth`). `carrier`: something that holds a secret among other things (a connection string).
 */
export type NamePromise = 'secret' | 'perhaps' | 'carrier';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const secretWords = words(
  'password passwords passwd pwd pw pass passwort passphrase passcode pword secret secrets token tokens apikey apikeys ' +
    'credential credentials creds salt privatekey secretkey accesskey authtoken accesstoken',
);
/** A word without separators that ends so says the same: `PGPASSWORD`, `CLIENTSECRET`, `MYAPIKEY`. */
const secretEnding =
  /(?<!^no)(?:password|passwd|passphrase|secret|token|apikey|secretkey|accesskey|privatekey)$/;
/** In front of `key` and `keys`. */
const secretKeyKinds = words(
  'api access secret private encryption decryption signing session master auth jwt service account shared storage deploy',
);
/** Keys that are no secret, by the word in front of them. */
const openKeyKinds = words(
  'public pub publishable gpg pgp apt rpm repo repository release archive site primary foreign partition sort cache map ' +
    'row index object group routing field column order lookup translation shortcut hot event idempotency tag label header ' +
    'query instrumentation anon',
);

/** Behind the word that counts, they leave it what it is: `SECRET_KEY_BASE`, `PASSWORD_1`, `TOKEN_PROD`. */
const neutralEndings = words(
  'value default dev development prod production stage staging test testing local live old new current previous next ' +
    'primary secondary main backup base b hex raw plain plaintext string str data content contents json pem text arg',
);
/** Before it, they make a switch, an amount or something public of it: `ALLOW_EMPTY_PASSWORD`, `MIN_PASSWORD`. */
const denials = words(
  'public pub use enable enabled disable disabled allow no not skip require requires required has is with without need ' +
    'needs show hide generate random empty forgot max min num number',
);
/** In front of `tokens`, they count pieces of text. */
const amounts = words('total prompt completion context input output model');
/** Values with such a word in their name are drawn by a machine and public: checksums, commits, identifiers. */
const openWords = words(
  'sha md sum sums checksum checksums hash hashes digest commit revision rev ref fingerprint gpg pgp id ids uuid guid keyid ' +
    'version integrity etag signature pub public pubkey publickey cert certificate ca',
);
/** Names that look like a secret's and mean something else. */
const harmless = words('PWD OLDPWD pwd oldpwd');

/** `dbPassword2`, `dbPassWord`, `DB_PASSWORD_2` and `db-password` are db, password. */
function nameWords(name: string): string[] {
  const whole = name.replace(/(?<=[Pp]ass)[WP](?=ord|hrase)/, letter => letter.toLowerCase());
  const parts = whole.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  return parts.map(part => part.toLowerCase());
}

/** Every word that promises something holds one of these, and most names hold none. */
const hint = /pass|pw|secret|token|key|cred|salt|auth|dsn|connection|_pat$|id_(?:rsa|dsa|ecdsa|ed25519)$/i;

/** Personal access tokens; the keys of SSH by the names of their files; what GitLab and Terraform log in with. */
const named = /_PAT$|(?:^|_)id_(?:rsa|dsa|ecdsa|ed25519)$|^DOCKER_AUTH_CONFIG$|^TF_TOKEN_[a-z0-9_-]+$/i;

/** What Bundler shows a host to be let in: `BUNDLE_GITHUB__COM` is `github.com`. */
const hostCredential = /^BUNDLE_(?!BUILD__|MIRROR__|LOCAL__)[A-Z0-9_]+__(?:COM|ORG|NET|IO|DEV|CO|EU|DE)$/;

/** What the name of a variable promises, or null. */
export function namePromise(name: string): NamePromise | null {
  if (hostCredential.test(name)) return 'secret';
  if (!hint.test(name) || harmless.has(name)) return null;
  if (named.test(name)) return 'secret';
  const parts = nameWords(name);
  while (parts.length > 1 && neutralEndings.has(parts.at(-1) ?? '')) {
    // "Connection string" is a term of its own.
    if (isConnectionString(parts)) return 'carrier';
    parts.pop();
  }
  const [last = '', before = '', third = ''] = [...parts].reverse();
  if (parts.slice(0, -1).some(part => denials.has(part))) return null;
  if (last === 'tokens' && amounts.has(before)) return null;
  if (secretWords.has(last) || secretEnding.test(last)) return 'secret';
  if (last === 'dsn' || isConnectionString(parts)) return 'carrier';
  // Half of a pair of AWS, and all that is needed to find the account.
  if (last === 'id' && before === 'key' && third === 'access') return 'secret';
  if (last === 'keys') return secretKeyKinds.has(before) ? 'secret' : null;
  if (last === 'key') {
    if (secretKeyKinds.has(before)) return 'secret';
    return openKeyKinds.has(before) ? null : 'perhaps';
  }
  return last === 'auth' || last === 'authorization' ? 'perhaps' : null;
}

const isConnectionString = (parts: readonly string[]): boolean => {
  const [last = '', before = ''] = [...parts].reverse();
  return /^connectionstrings?$/.test(last) || (before === 'connection' && /^strings?$/.test(last));
};

/**
 * Does the name promise a secret? `PASSWORD_FILE`, `TOKEN_TTL`, `PUBLIC_KEY`, `SECRET_NAME` and `TOKENIZER` do not. For
 * names without a value; with one ask `judgeSecret`.
 */
export const secretName = (name: string): boolean => namePromise(name) !== null;

/** A value of that name is expected to look random, and to be public. */
export const isOpenName = (name: string): boolean => nameWords(name).some(word => openWords.has(word));

const fileNames =
  /^(?:GOOGLE_APPLICATION_CREDENTIALS|GOOGLE_CREDENTIALS|AWS_(?:SHARED_CREDENTIALS|CONFIG)_FILE|AZURE_AUTH_LOCATION|KUBECONFIG|BOTO_CONFIG|CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE)$|_(?:CREDENTIALS|KEY|TOKEN|SECRET)S?_(?:FILE|PATH)$|_(?:KEY|CREDENTIALS)_?FILE$/i;

/** A variable that tells a program where a file with credentials lies. */
export const credentialsVariable = (name: string): boolean => fileNames.test(name) && !/public/i.test(name);
