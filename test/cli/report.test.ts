// `bulkhead report` as it is shipped, with the product's own rules.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { builtBulkhead, folderWith, type Outcome } from './bulkhead.ts';

const bulkhead = await builtBulkhead('product');

const weakDockerfile =
  'FROM node:24.19-slim\nENV API_TOKEN=0d9f7a61c2be4435a1f0\nUSER node\nCMD ["node", "a.js"]\n';
const project = folderWith({
  '.git/HEAD': '',
  'app/compose.yaml':
    'services:\n  web:\n    image: example/web:1\n    # bulkhead ignore=compose-writable-root -- it writes its cache\n    read_only: false\n  api:\n    build: ./api\n',
  'app/api/Dockerfile': weakDockerfile,
  'alone/Dockerfile': weakDockerfile,
  'strict/.bulkhead.yaml': 'profile: recommended\nrules:\n  root-user: off\n  secret-in-env: hint\n',
  'strict/Dockerfile': weakDockerfile.replace('USER node\n', ''),
  'broken/compose.yaml': 'services:\n  web: [\n',
  'empty/compose.yaml': 'services: {}\n',
});

interface Line {
  readonly id: string;
  readonly status: string;
  readonly severity: string | null;
  readonly value: string;
  readonly from: { readonly kind: string; readonly path?: string };
  readonly findings: readonly { readonly rule: string; readonly path: string; readonly accepted: unknown }[];
}
interface Listed {
  readonly kind: string;
  readonly name: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly lines: readonly Line[];
}
interface File {
  readonly path: string;
  readonly language: string;
  readonly problems: readonly { readonly rule: string }[];
  readonly checklists: readonly Listed[];
}

const filesOf = ({ out }: Outcome): readonly File[] => JSON.parse(out).files;
const report = (...words: readonly string[]): Outcome => bulkhead(['report', ...words], { in: project });
const json = (...words: readonly string[]): readonly File[] => filesOf(report('--format', 'json', ...words));
const lineOf = (list: Listed | undefined, id: string): Line | undefined =>
  list?.lines.find(line => line.id === id);

test('a Compose file: each service, with the Dockerfile that it is built from', () => {
  const [file, ...others] = json('app');
  assert.deepEqual(others, [], 'the Dockerfile is told of with its service');
  assert.equal(file?.path, 'app/compose.yaml');
  const [web, api] = file?.checklists ?? [];
  assert.deepEqual([web?.name, api?.name], ['web', 'api']);
  const counted = Object.values(api?.counts ?? {}).reduce((sum, count) => sum + count, 0);
  assert.equal(counted, api?.lines.length);
  const secrets = lineOf(api, 'secrets-outside');
  assert.equal(secrets?.from.path, 'app/api/Dockerfile');
  assert.deepEqual(
    secrets?.findings.map(({ rule, path: place }) => [rule, place]),
    [['secret-in-env', 'app/api/Dockerfile']],
  );
});

test('a Dockerfile alone, and a named one beside its service', () => {
  assert.deepEqual(
    json('alone').map(({ language, checklists }) => [language, checklists.map(({ kind }) => kind)]),
    [['dockerfile', ['image']]],
  );
  assert.equal(json('app', 'app/api/Dockerfile').length, 2);
});

test('what was accepted is shown with its reason', () => {
  const [file] = json('app', '--service', 'web');
  const line = lineOf(file?.checklists[0], 'read-only-file-system');
  assert.equal(line?.status, 'accepted');
  assert.deepEqual(line?.findings[0]?.accepted, { by: 'comment', reason: 'it writes its cache' });
  const { out } = report('app', '--service', 'web');
  assert.match(out, /accepted {2}Read-only file system/);
  assert.match(out, /accepted in the file: it writes its cache/);
});

test('rules that the configuration switches off are accepted, its severities hold', () => {
  const [file] = json('strict');
  const [list] = file?.checklists ?? [];
  const account = lineOf(list, 'non-root');
  assert.equal(account?.status, 'accepted');
  assert.deepEqual(account?.findings[0]?.accepted, { by: 'configuration', reason: null });
  assert.equal(lineOf(list, 'secrets-outside')?.severity, 'hint');
  assert.equal(report('strict', '--fail-on', 'warning').code, 0);
});

// biome-ignore format: one row a case
const codes: readonly [name: string, words: readonly string[], code: number][] = [
  ['an error', ['alone'], 1],
  ['below the threshold', ['app', '--service', 'web', '--fail-on', 'error'], 0],
  ['at the threshold', ['app', '--service', 'web', '--fail-on', 'info'], 1],
  ['a file that cannot be read whole', ['broken'], 1],
  ['never', ['alone', '--fail-on', 'never'], 0],
  ['nothing to report on', ['empty'], 0],
  ['a path that is not there', ['nowhere'], 2],
  ['an unknown service', ['app', '--service', 'wep'], 2],
];
for (const [name, words, code] of codes) {
  test(`exit code ${code}: ${name}`, () => assert.equal(report(...words).code, code));
}

test('what is wrong with the words is said', () => {
  assert.match(report('app', '--service', 'wep').err, /No service here is called wep\. Did you mean web\?/);
  assert.match(report('--format', 'sarif').err, /--format is one of text, markdown, json/);
  assert.match(report('empty').out, /There is no service and no image to report on\./);
  assert.match(report('broken').out, /broken\/compose\.yaml:\d+:\d+ {2}error {2}compose-syntax-error/);
});

test('standard input, and a file for the report', () => {
  const from = { in: project, input: weakDockerfile };
  assert.match(bulkhead(['report', '-'], from).out, /^Dockerfile:1:1 {2}the image/);
  const place = path.join(project, 'report.md');
  const { out, code } = report('alone', '--format', 'markdown', '-o', place);
  assert.deepEqual([out, code], ['', 1]);
  const markdown = readFileSync(place, 'utf8');
  assert.match(markdown, /^# Production readiness\n\n## alone\/Dockerfile\n/);
  assert.match(markdown, /\| failed \| Secrets from outside \| one is written in \|/);
});

test('no format shows a secret', () => {
  for (const format of ['text', 'markdown', 'json']) {
    for (const place of ['app', 'alone']) {
      assert.doesNotMatch(
        report(place, '--format', format).out,
        /0d9f7a61c2be4435a1f0/,
        `${format} ${place}`,
      );
    }
  }
});
