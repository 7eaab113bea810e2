// `bulkhead fix --service`: one service is hardened, the others keep every byte.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { builtBulkhead, folderWith } from './bulkhead.ts';

const bulkhead = await builtBulkhead('product');

const text = `x-log: &log
  driver: none # to be changed
services:
  web:
    image: nginx:1.30
    ports:
      - "8080:80"
    logging: *log
  db:
    image: postgres:18.6 # The store.
    restart: "no"
    logging: *log
    volumes: ["data:/var/lib/postgresql"]
volumes:
  data:
`;

const folder = (): string =>
  folderWith({ '.git/HEAD': '', 'compose.yaml': text, Dockerfile: 'FROM a AS LOUD\nUSER root\n' });
const read = (place: string, name: string): string => readFileSync(path.join(place, name), 'utf8');

test('all repairs of the service up to the safety, and nothing else', () => {
  const place = folder();
  const { out, code } = bulkhead(['fix', '--service', 'web', '--unsafe'], { in: place });
  const after = read(place, 'compose.yaml');
  const [, web = ''] = /^ {2}web:\n([\s\S]*?)^ {2}db:/m.exec(after) ?? [];
  for (const line of [
    'read_only: true',
    'cap_drop:',
    '- no-new-privileges:true',
    'restart: unless-stopped',
  ]) {
    assert.ok(web.includes(line), `${line} is missing in ${web}`);
  }
  assert.ok(after.includes('- "127.0.0.1:8080:80"'), after);
  assert.equal(after.slice(after.indexOf('  db:')), text.slice(text.indexOf('  db:')));
  assert.ok(after.startsWith('x-log: &log\n  driver: local # to be changed\n'), after);
  assert.match(out, /^ {2}also {3}service db changed by what it shares$/m);
  assert.doesNotMatch(out, /\bdb is\b|Dockerfile/);
  assert.equal(read(place, 'Dockerfile'), 'FROM a AS LOUD\nUSER root\n');
  assert.equal(code, 0, 'what is left is below the threshold');
});

test('a second time there is nothing to do, and the report agrees', () => {
  const place = folder();
  bulkhead(['fix', '--service', 'web', '--unsafe'], { in: place });
  const hardened = read(place, 'compose.yaml');
  const { out } = bulkhead(['fix', '--service', 'web', '--unsafe'], { in: place });
  assert.match(out, /Nothing to fix in 1 file/);
  assert.equal(read(place, 'compose.yaml'), hardened);
  const { out: report } = bulkhead(['report', '--format', 'json', '--service', 'web'], { in: place });
  const [file] = JSON.parse(report).files;
  const failed = file.checklists[0].lines.filter(({ status }: { status: string }) => status === 'failed');
  const repairable = failed
    .flatMap(({ findings }: { findings: { fixes: { safety: string }[] }[] }) => findings)
    .filter(({ fixes }: { fixes: { safety: string }[] }) =>
      fixes.some(({ safety }) => safety !== 'suggestion'),
    );
  assert.deepEqual(repairable, []);
});

test('safe repairs alone, as a patch, from standard input', () => {
  const place = folder();
  const safe = bulkhead(['fix', '--service', 'web'], { in: place });
  assert.equal(read(place, 'compose.yaml'), text);
  assert.match(safe.out, /with --unsafe\)/);
  const dry = bulkhead(['fix', '--service', 'web', '--unsafe', '--dry-run'], { in: place });
  assert.match(dry.out, /^\+ {4}read_only: true$/m);
  assert.equal(read(place, 'compose.yaml'), text);
  const from = { in: place, input: text };
  const words = ['fix', '--service', 'db', '--unsafe', '--stdin-filename', 'compose.yaml', '-'];
  const { out } = bulkhead(words, from);
  assert.ok(out.includes('image: nginx:1.30\n    ports:\n      - "8080:80"\n    logging: *log\n  db:'), out);
});

test('rules that the configuration switches off stay off, comments are heeded', () => {
  const place = folderWith({
    '.git/HEAD': '',
    '.bulkhead.yaml': 'rules:\n  compose-writable-root: off\n',
    'compose.yaml':
      'services:\n  # bulkhead ignore=compose-default-capabilities -- it needs them\n  web:\n    image: nginx:1.30\n',
  });
  bulkhead(['fix', '--service', 'web', '--unsafe'], { in: place });
  const after = read(place, 'compose.yaml');
  assert.doesNotMatch(after, /read_only|cap_drop/);
  assert.match(after, /no-new-privileges/);
});

test('a name that no file has is told', () => {
  const { code, err } = bulkhead(['fix', '--service', 'wbe'], { in: folder() });
  assert.equal(code, 2);
  assert.match(err, /No service here is called wbe\. Did you mean web\?/);
});
