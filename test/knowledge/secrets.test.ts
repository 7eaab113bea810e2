// Which values are secrets, and where in the text they stand. Keys are put together here, so that no scanner finds one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { awaitsSecret, judgeSecret, secretValue } from '../../server/core/knowledge/secrets.ts';
import { computingTime } from '../support/computing-time.ts';

const drawn = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6a7B8c9D0e1F2g3H4i5J6';
const hex = '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';
const letters = (length: number): string => drawn.slice(0, length);
const digits = (length: number): string => hex.slice(0, length);

/** The secret stands between `«` and `»`; without them there is none. */
type Marked = string;

function place(marked: Marked) {
  const start = marked.indexOf('«');
  const text = marked.replace('«', '').replace('»', '');
  return start < 0
    ? { text, secret: null }
    : { text, secret: text.slice(start, marked.indexOf('»') - 1), start };
}

const formats: readonly [what: string, value: Marked][] = [
  ['a private key', `«-----BEGIN ${'RSA'} PRIVATE KEY-----\n${letters(60)}»`],
  ['a private key', `«-----BEGIN ${'PRIVATE'} KEY-----»`],
  ['an AWS access key', `«AKIA${'Q7RS6TUV5WXY4Z2A'}»`],
  ['a GitHub token', `«ghp_${letters(36)}»`],
  ['a GitHub token', `«github_pat_${letters(22)}_${letters(59)}»`],
  ['a GitLab token', `«glpat-${letters(20)}»`],
  ['a Slack token', `«xoxb-${digits(12)}-${letters(24)}»`],
  ['a Slack webhook', `https://«hooks.slack.com/services/T00000000/B00000000/${letters(24)}»`],
  ['a Stripe key', `«sk_live_${letters(24)}»`],
  ['a Google API key', `«AIza${letters(35)}»`],
  ['an npm token', `//registry.npmjs.org/:_authToken=«npm_${letters(36)}»`],
  ['a PyPI token', `«pypi-AgE${letters(60)}»`],
  ['a Docker Hub token', `«dckr_pat_${letters(27)}»`],
  ['an Anthropic key', `«sk-ant-api03-${letters(40)}»`],
  ['an OpenAI key', `«sk-proj-${letters(48)}»`],
  ['a Hugging Face token', `«hf_${letters(34)}»`],
  ['a SendGrid key', `«SG.${letters(22)}.${letters(43)}»`],
  ['a Twilio key', `«SK${digits(32)}»`],
  ['a Telegram bot token', `«123456789:AA${letters(33)}»`],
  ['a JSON web token', `Bearer «eyJ${letters(20)}.eyJ${letters(40)}.${letters(43)}»`],
  ['an Azure storage key', `AccountName=x;«AccountKey=${letters(60)}==»;EndpointSuffix=y`],
  ['a DigitalOcean token', `«dop_v1_${digits(64)}»`],
  ['a Vault token', `«hvs.${letters(24)}»`],
];

for (const [what, marked] of formats) {
  const { text, secret, start } = place(marked);
  test(`${what} in ${text.slice(0, 12)}...`, () => {
    const found = secretValue(text);
    assert.equal(found?.what, what);
    assert.equal(found?.kind, 'format');
    assert.equal(text.slice(found?.start, found?.end), secret);
    assert.equal(found?.start, start);
    assert.equal(judgeSecret('ANYTHING', text)?.certain, true);
  });
}

const values: readonly [value: Marked, kind: 'url' | 'assignment' | null][] = [
  ['postgresql://postgres:«hunter2»@db:5432/app', 'url'],
  ['mongodb://root:«example»@mongo:27017/', 'url'],
  ['redis://:«hunter2»@redis:6379/0', 'url'],
  ['scheme://user:«pw»@host/path', 'url'],
  ['postgres://app:«pa$$w0rd»@db/app', 'url'],
  ['postgres://u:«hunter2$»@db/x', 'url'],
  ['postgres://${DB_USER:?err}:«hunter2»@db/app', 'url'],
  ['root:«hunter2»@tcp(db:3306)/app', 'url'],
  ['postgres://${USER}:${PASSWORD}@db/app', null],
  ['postgres://app:${DB_PASSWORD:?err}@db/app', null],
  ['postgres://app:$PASSWORD@db/app', null],
  ['postgres://app:pre-${PASSWORD}@db/app', null],
  ['postgres://app:<password>@db/app', null],
  ['postgres://app:***@db/app', null],
  ['postgres://db:5432/app', null],
  ['https://github.com/a/b', null],
  ['https://user@host/path:1@x', null],
  ['http://0.0.0.0:8080/@scope/package', null],
  ['git@github.com:a/b.git', null],
  ['Server=db;User Id=sa;Password=«Pa55w0rd»;', 'assignment'],
  ['jdbc:mysql://db/app?user=root&password=«hunter2»', 'assignment'],
  ['-Xmx1g -Dspring.datasource.password=«hunter2» -Dx=y', 'assignment'],
  ['--password=«hunter2» --user=x', 'assignment'],
  ['Server=db;Password=${PASSWORD};', null],
  ['//registry.example.com/:_authToken=«hunter2»', 'assignment'],
  ['--save 60 1 --requirepass «hunter2» --appendonly yes', 'assignment'],
  ['--user x --db-password «hunter2»', 'assignment'],
  ['--password $PASSWORD --user x', null],
  ['--password --user x', null],
  ['--password /run/secrets/x', null],
  ['run it with --password hunter2', null],
  ['--password-file=/run/secrets/x', null],
  ['--password=/run/secrets/x', null],
  ['machine git.example.com login ci password «hunter2»', 'assignment'],
  ['machine git.example.com login ci password $TOKEN', null],
  ['a=b;token=<token>', null],
  ['max_tokens=100', null],
  ['AKIAIOSFODNN7EXAMPLE', null],
  ['', null],
];

for (const [marked, kind] of values) {
  const { text, secret } = place(marked);
  test(`${text}: ${kind ?? 'no secret'}`, () => {
    const found = secretValue(text);
    assert.equal(found?.kind ?? null, kind);
    assert.equal(found === null ? null : text.slice(found.start, found.end), secret);
  });
}

type Reason = 'name' | 'random' | 'url' | 'format' | null;

const judged: readonly [name: string, value: Marked, reason: Reason][] = [
  ['POSTGRES_PASSWORD', '«hunter2»', 'name'],
  ['POSTGRES_PASSWORD', '«changeme»', 'name'],
  ['POSTGRES_PASSWORD', '«12345678»', 'name'],
  ['DB_PASSWORD', '«pa$$w0rd»', 'name'],
  ['DB_PASSWORD', '«hunter2$»', 'name'],
  ['DB_PASSWORD', '«q»', 'name'],
  ['SECRET_KEY', '«12345»', 'name'],
  ['SESSION_SALT', '«somesalt»', 'name'],
  ['AWS_ACCESS_KEY_ID', '«abcdefghijklmnopqrstuvwxyz»', 'name'],
  ['AWS_ACCESS_KEY', '«AKIAIOSFODNN7EXAMPLE»', 'name'],
  ['AWS_SECRET_KEY', '«wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY»', 'name'],
  ['POSTGRES_PASSWORD', '${PW:-«changeme»}', 'name'],
  ['POSTGRES_PASSWORD', '${PW:-${OTHER-«changeme»}}', 'name'],
  ['APP_KEY', '«base64:8sRZ1xq0aQ»', 'name'],
  ['DATABASE_URL', 'postgres://app:«hunter2»@db/app', 'url'],
  ['SENTRY_DSN', 'https://abc:«def»@sentry.io/123', 'url'],
  ['GITHUB_TOKEN', `«ghp_${letters(36)}»`, 'format'],
  ['SOMETHING', `«${letters(40)}»`, 'random'],
  ['POSTGRES_PASSWORD', '', null],
  ['POSTGRES_PASSWORD', '${POSTGRES_PASSWORD}', null],
  ['POSTGRES_PASSWORD', '$POSTGRES_PASSWORD', null],
  ['POSTGRES_PASSWORD', '${PW:?missing}', null],
  ['POSTGRES_PASSWORD', '${PW:-}', null],
  ['POSTGRES_PASSWORD', '${PW:-<password>}', null],
  ['DB_PASSWORD', '$$${DB_PASSWORD}', null],
  ['API_TOKEN', 'prefix-${TOKEN}', null],
  ['API_TOKEN', '$(cat /run/secrets/token)', null],
  ['DB_PASSWORD', 'no', null],
  ['DB_PASSWORD', 'true', null],
  ['ENABLE_TOKEN', '1', null],
  ['API_TOKEN', '<your-token>', null],
  ['API_TOKEN', 'your_token_here', null],
  ['API_TOKEN', 'YOUR-API-TOKEN', null],
  ['API_TOKEN', 'insert-token-here', null],
  ['API_TOKEN', 'REPLACE_ME', null],
  ['VITE_AWS_ACCESS_KEY_ID', 'REPLACE_WITH_YOUR_OWN', null],
  ['API_TOKEN', 'xxx', null],
  ['API_TOKEN', '********', null],
  ['API_TOKEN', '...', null],
  ['API_TOKEN', '{{ token }}', null],
  ['API_TOKEN', '__TOKEN__', null],
  ['SECRET_KEY_BASE', 'dummy', null],
  ['SECRET_KEY_BASE', 'dummy-for-assets', null],
  ['SECRET_KEY', 'unused', null],
  ['SESSION_SECRET', '30m', null],
  ['TOKEN_TTL', '900s', null],
  ['TOKEN_TTL', 'hunter2', null],
  ['GOOGLE_APPLICATION_CREDENTIALS', './news-extraction.json', null],
  ['GOOGLE_APPLICATION_CREDENTIALS', 'keys/google.json', null],
  ['DB_PASSWORD', '/run/secrets/db', null],
  ['DB_PASSWORD', 'C:\\secrets\\db', null],
  ['DB_SECRET', 'arn:aws:secretsmanager:eu-west-1:1:secret:x', null],
  ['VAULT_TOKEN', 'https://vault.example/v1', null],
  ['SENTRY_DSN', 'https://abc@sentry.io/123', null],
  ['CONNECTION_STRING', 'Server=db;Integrated Security=true', null],
  ['REGISTRY_AUTH', 'htpasswd', null],
  ['APP_KEY', 'name', null],
  ['key', 'BCA4 3417 C3B4 85DD 128E C6D4 B7B3 B788 A8D3 785C', null],
  ['APP_KEY', '7169605F62C751356D054A26A821E680E5FA6305', null],
  ['GPG_KEY', '7169605F62C751356D054A26A821E680E5FA6305', null],
  ['NODE_SHA256', digits(64), null],
  ['CHECKSUM', letters(40), null],
  ['COMMIT', digits(40), null],
  ['SOMETHING', digits(64), null],
  ['SOMETHING', '123e4567-e89b-12d3-a456-426614174000', null],
  ['SOMETHING', 'aGVsbG8gd29ybGQsIHRoaXMgaXMgcGxhaW4gdGV4dA==', null],
  ['SOMETHING', 'ThisIsALongCamelCaseIdentifierNumber2', null],
  ['SOMETHING', 'node-v20-11-1-linux-x64-glibc2-Release', null],
  ['SOMETHING', 'Assets/Level1/Room2/Door3/Texture4', null],
  ['JAVA_OPTS', '-Xms512m -Xmx1024m -XX:+UseG1GC', null],
  ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', null],
];

for (const [name, marked, reason] of judged) {
  const { text, secret } = place(marked);
  test(`${name}=${text.slice(0, 60)}: ${reason ?? 'no secret'}`, () => {
    const verdict = judgeSecret(name, text);
    assert.equal(verdict?.reason ?? null, reason);
    assert.equal(verdict === null ? null : text.slice(verdict.start, verdict.end), secret);
    assert.ok(verdict === null || secret === '' || !verdict.what.includes(secret ?? ''));
  });
}

const awaiting: readonly [name: string, value: string, awaits: boolean][] = [
  ['NPM_TOKEN', '', true],
  ['NPM_TOKEN', 'none', true],
  ['NPM_TOKEN', '<token>', true],
  ['NPM_TOKEN', 'REPLACE_ME', true],
  ['NPM_TOKEN', '$GIVEN', true],
  ['NPM_TOKEN', '${GIVEN}', true],
  ['NPM_TOKEN', 'false', false],
  ['NPM_TOKEN', '30', false],
  ['NPM_TOKEN', '/run/secrets/token', false],
  ['NPM_TOKEN', 'https://${HOST}/token', false],
  ['NPM_VERSION', '', false],
  ['TOKEN_FILE', '', false],
];

for (const [name, value, awaits] of awaiting) {
  test(`${name}=${value} ${awaits ? 'waits' : 'does not wait'} for a secret`, () => {
    assert.equal(awaitsSecret(name, value), awaits);
  });
}

test('a name and a drawn value together are certain, one of them is not', () => {
  assert.equal(judgeSecret('API_TOKEN', letters(40))?.certain, true);
  assert.equal(judgeSecret('API_TOKEN', 'hunter2')?.certain, false);
  assert.equal(judgeSecret('SOMETHING', letters(40))?.certain, false);
});

const hostile: readonly [name: string, value: string][] = [
  ['letters', 'a'.repeat(20_000)],
  ['open braces', '${A:-'.repeat(4_000)],
  ['open parentheses', '$('.repeat(10_000)],
  ['dollars', '$'.repeat(20_000)],
  ['schemes', 'a://b:c'.repeat(2_800)],
  ['assignments', 'password='.repeat(2_200)],
  ['blanks and equals', ' ='.repeat(10_000)],
  ['starts of tokens', 'eyJ-'.repeat(5_000)],
  ['starts of keys', 'sk-'.repeat(6_600)],
  ['dots', '.'.repeat(20_000)],
  ['slashes', '/'.repeat(20_000)],
  ['a document', 'x y\n'.repeat(100_000)],
];

for (const [name, value] of hostile) {
  test(`hostile: ${name}`, () => {
    const taken = computingTime(() => {
      judgeSecret('PASSWORD', value);
      judgeSecret('SOMETHING', value);
    });
    assert.ok(taken < 500, `${taken} ms`);
  });
}
