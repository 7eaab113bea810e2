import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { builtBulkhead, folderWith } from './bulkhead.ts';

const bulkhead = await builtBulkhead();

const shouting = 'FROM a AS LOUD\nUSER root\n';
const secret = 'FROM a\nENV KEY=s3cr3t-value\nLABEL token=s3cr3t-value\n';

const textAt = (folder: string, name: string): string => readFileSync(path.join(folder, name), 'utf8');
const modeOf = (folder: string, name: string): number => statSync(path.join(folder, name)).mode & 0o777;

interface Row {
  readonly words?: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  /** The files that are changed or made. */
  readonly after: Readonly<Record<string, string>>;
  readonly out: string;
  readonly code: number;
}

const rows: Readonly<Record<string, Row>> = {
  'safe fixes, and what is left': {
    files: {
      Dockerfile: shouting,
      'b/Dockerfile': 'FROM a AS ONE\nFROM a AS TWO\n',
      'c/Dockerfile': 'FROM a\n',
    },
    after: { Dockerfile: 'FROM a AS loud\nUSER root\n', 'b/Dockerfile': 'FROM a AS one\nFROM a AS two\n' },
    out: `\
Dockerfile
  fixed  1 × shouted-stage
  left   2:6  error    root-account  --unsafe fixes it

b/Dockerfile
  fixed  2 × shouted-stage

Fixed 3 findings in 2 of 3 files (1 more with --unsafe); 1 left.
`,
    code: 1,
  },
  'unsafe fixes': {
    words: ['--unsafe'],
    files: { Dockerfile: shouting },
    after: { Dockerfile: 'FROM a AS loud\nUSER app\n' },
    out: `\
Dockerfile
  fixed  1 × shouted-stage, 1 × root-account

Fixed 2 findings in 1 of 1 file; nothing is left.
`,
    code: 0,
  },
  'a Dockerfile within a Compose file': {
    words: ['--unsafe'],
    files: {
      'compose.yaml': `services:\n  web:\n    healthcheck: {test: [CMD, a]}\n    build:\n      dockerfile_inline: |\n        FROM a AS LOUD\n        USER root\n`,
    },
    after: {
      'compose.yaml': `services:\n  web:\n    healthcheck: {test: [CMD, a]}\n    build:\n      dockerfile_inline: |\n        FROM a AS loud\n        USER app\n`,
    },
    out: `\
compose.yaml
  fixed  1 × shouted-stage, 1 × root-account

Fixed 2 findings in 1 of 1 file; nothing is left.
`,
    code: 0,
  },
  'one rule': {
    words: ['--unsafe', '--rule', 'root-account'],
    files: { Dockerfile: shouting },
    after: { Dockerfile: 'FROM a AS LOUD\nUSER app\n' },
    out: `\
Dockerfile
  fixed  1 × root-account

Fixed 1 finding in 1 of 1 file; nothing is left.
`,
    code: 0,
  },
  'a mistaken configuration is told': {
    files: { Dockerfile: 'FROM a\n', '.bulkhead.yaml': 'profil: all\n' },
    after: {},
    out: `\
.bulkhead.yaml:1:1  warning  invalid-configuration
  There is no setting \`profil\` here. Did you mean \`profile\`?

    1 │ profil: all
      │ ^^^^^^

  fix: Change to \`profile\` (your choice: in the editor, or by hand)

Nothing to fix in 1 file; nothing is left.
`,
    code: 1,
  },
  'files that come along, made and changed': {
    words: ['--unsafe'],
    files: { 'a/Dockerfile': 'FROM a\nENV KEY=s3cr3t-value\n', 'a/.gitignore': '*.log' },
    after: {
      'a/Dockerfile': 'FROM a\n\n',
      'a/.gitignore': '*.log\nsecrets/\n*.key\n',
      'a/secrets/key': 's3cr3t-value\n',
    },
    out: `\
a/Dockerfile
  fixed  1 × stored-secret
  also   a/secrets/key made
         a/.gitignore changed

Fixed 1 finding in 1 of 1 file; nothing is left.
`,
    code: 0,
  },
  'a file that is there is never overwritten': {
    words: ['--unsafe', '--quiet'],
    files: {
      Dockerfile: 'FROM a\nENV KEY=s3cr3t-value\n',
      'secrets/key': 'mine',
      '.gitignore': 'secrets/\n*.key\n',
    },
    after: { Dockerfile: 'FROM a\n\n' },
    out: `\
Dockerfile
  fixed  1 × stored-secret
  also   secrets/key left as it was
         .gitignore left as it was
`,
    code: 0,
  },
  'one file that comes along with two': {
    files: { 'a.Dockerfile': 'COPY . .\n', 'b.Dockerfile': 'COPY . .\n', '.env': 'A=b\n' },
    after: { '.dockerignore': '.env\n' },
    out: `\
a.Dockerfile
  fixed  1 × copied-secret
  also   .dockerignore made

Fixed 1 finding in 1 of 2 files; nothing is left.
`,
    code: 0,
  },
  'what is left in another form': {
    words: ['--format', 'github'],
    files: { Dockerfile: shouting },
    after: { Dockerfile: 'FROM a AS loud\nUSER root\n' },
    out: '::error file=Dockerfile,line=2,col=6,endLine=2,endColumn=10,title=root-account::The account is root.%0AFix: Use app\n',
    code: 1,
  },
};
for (const [name, { words = [], files, after, out, code }] of Object.entries(rows)) {
  test(`fix: ${name}`, () => {
    const folder = folderWith({ '.git/HEAD': '', ...files });
    assert.deepEqual(bulkhead(['fix', ...words], { in: folder }), { code, out, err: '' });
    for (const [file, text] of Object.entries({ ...files, ...after }))
      assert.equal(textAt(folder, file), text);
    const again = bulkhead(['fix', ...words], { in: folder });
    assert.doesNotMatch(again.out, /fixed|also/);
  });
}

/** Everything but the name of the stage stays as it was, byte for byte. */
const byteRows: readonly [name: string, before: string, after: string][] = [
  ['Windows line ends', 'FROM a AS LOUD\r\n# mixed\nRUN b\r\n', 'FROM a AS loud\r\n# mixed\nRUN b\r\n'],
  ['a byte order mark', '\uFEFFFROM a AS LOUD\n', '\uFEFFFROM a AS loud\n'],
  ['no final line end', 'FROM a AS LOUD', 'FROM a AS loud'],
  ['signs of other languages', 'FROM a AS LOUD\n# \u{1F433} né\n', 'FROM a AS loud\n# \u{1F433} né\n'],
];
for (const [name, before, after] of byteRows) {
  test(`fix keeps ${name}`, () => {
    const folder = folderWith({ Dockerfile: before });
    bulkhead(['fix'], { in: folder });
    assert.deepEqual(readFileSync(path.join(folder, 'Dockerfile')), Buffer.from(after));
  });
}

test('fix keeps modes, and leaves no other file behind', () => {
  const folder = folderWith({ Dockerfile: shouting });
  chmodSync(path.join(folder, 'Dockerfile'), 0o751);
  bulkhead(['fix'], { in: folder });
  assert.equal(modeOf(folder, 'Dockerfile'), 0o751);
  assert.deepEqual(readdirSync(folder), ['Dockerfile']);
});

test('fix writes through a link that is named', () => {
  const folder = folderWith({ 'real/base.df': shouting });
  symlinkSync('real/base.df', path.join(folder, 'Dockerfile'));
  bulkhead(['fix', 'Dockerfile'], { in: folder });
  assert.ok(lstatSync(path.join(folder, 'Dockerfile')).isSymbolicLink());
  assert.match(textAt(folder, 'real/base.df'), /AS loud/);
});

test('fix replaces a file at once: another name of the old one keeps the old text', () => {
  const folder = folderWith({ Dockerfile: shouting });
  linkSync(path.join(folder, 'Dockerfile'), path.join(folder, 'kept'));
  bulkhead(['fix', 'Dockerfile'], { in: folder });
  assert.equal(textAt(folder, 'kept'), shouting);
});

test('fix makes secret files for the owner alone', () => {
  const folder = folderWith({ Dockerfile: secret });
  bulkhead(['fix', '--unsafe'], { in: folder });
  assert.equal(modeOf(folder, 'secrets/key'), 0o600);
  assert.equal(modeOf(folder, '.gitignore') & 0o600, 0o600);
});

test('fix leaves a file alone that is not UTF-8, and says so', () => {
  const bytes = Buffer.from('# caf\xe9\nFROM a AS LOUD\n', 'latin1');
  const folder = folderWith({ Dockerfile: bytes });
  const { code, err } = bulkhead(['fix'], { in: folder });
  assert.equal(code, 2);
  assert.equal(
    err,
    'bulkhead: Dockerfile is not UTF-8 text and was not rewritten: save it as UTF-8 first.\n',
  );
  assert.deepEqual(readFileSync(path.join(folder, 'Dockerfile')), bytes);
  assert.equal(bulkhead(['fix', '-'], { input: bytes }).code, 2);
});

const wanderings: readonly [name: string, to: string, prepare?: (folder: string) => void][] = [
  ['upward', '../../outside'],
  ['to an absolute path', '/bulkhead-outside'],
  [
    'through a link to a folder',
    'door/outside',
    folder => symlinkSync(path.dirname(path.dirname(folder)), path.join(folder, 'door')),
  ],
  [
    'through a link to a file',
    'door',
    folder => symlinkSync(path.join(path.dirname(path.dirname(folder)), 'theirs'), path.join(folder, 'door')),
  ],
];
for (const [name, to, prepare] of wanderings) {
  test(`fix never leaves the project: ${name}`, () => {
    const folder = folderWith({
      theirs: 'theirs',
      'repo/.git/HEAD': '',
      'repo/app/Dockerfile': `FROM a AS LOUD\nVOLUME ${to}\n`,
    });
    const app = path.join(folder, 'repo/app');
    prepare?.(app);
    const { code, err } = bulkhead(['fix', app], { in: folder });
    assert.equal(err, `bulkhead: ${to} is outside the project and is left alone.\n`);
    assert.equal(code, 2);
    assert.match(textAt(app, 'Dockerfile'), /AS LOUD/);
    assert.deepEqual(readdirSync(folder).sort(), ['repo', 'theirs']);
    assert.equal(textAt(folder, 'theirs'), 'theirs');
    assert.ok(!existsSync('/bulkhead-outside'));
  });
}

test('fix reaches other folders of the project', () => {
  const folder = folderWith({ '.git/HEAD': '', 'app/Dockerfile': 'FROM a\nVOLUME ../shared/list\n' });
  assert.equal(bulkhead(['fix', 'app'], { in: folder }).err, '');
  assert.equal(textAt(folder, 'shared/list'), 'a line\n');
});

test('fix goes on with the other files where one cannot be written', () => {
  const folder = folderWith({ 'a/Dockerfile': 'FROM a AS LOUD\nVOLUME list\n', 'b/Dockerfile': shouting });
  mkdirSync(path.join(folder, 'a/list'));
  const { code, err } = bulkhead(['fix'], { in: folder });
  assert.equal(err, `bulkhead: ${folder}/a/list is a folder.\n`);
  assert.equal(code, 2);
  assert.match(textAt(folder, 'a/Dockerfile'), /LOUD/);
  assert.match(textAt(folder, 'b/Dockerfile'), /loud/);
});

const patch = `\
diff --git a/Dockerfile b/Dockerfile
--- a/Dockerfile
+++ b/Dockerfile
@@ -1,2 +1,2 @@
-FROM a AS LOUD
+FROM a AS loud
 USER root
`;

test('fix --dry-run prints a patch and writes nothing', () => {
  const folder = folderWith({ Dockerfile: shouting });
  const outcome = bulkhead(['fix', '--dry-run'], { in: folder });
  assert.deepEqual(outcome, {
    code: 1,
    out: patch,
    err: `\
Dockerfile
  fixes  1 × shouted-stage
  left   2:6  error    root-account  --unsafe fixes it

Would fix 1 finding in 1 of 1 file (1 more with --unsafe); 1 left.
`,
  });
  assert.equal(textAt(folder, 'Dockerfile'), shouting);
});

test('fix --dry-run: the patch does what fix does', () => {
  const files = {
    '.git/HEAD': '',
    Dockerfile: 'COPY . .\r\nFROM a AS LOUD',
    '.env': 'A=b\n',
    '.dockerignore': 'x',
  };
  const [patched, fixed] = [folderWith(files), folderWith(files)];
  const { out } = bulkhead(['fix', '--dry-run'], { in: patched });
  const { status, stderr } = spawnSync('git', ['apply', '-'], {
    cwd: patched,
    input: out,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  bulkhead(['fix'], { in: fixed });
  for (const name of ['Dockerfile', '.dockerignore'])
    assert.equal(textAt(patched, name), textAt(fixed, name));
});

test('fix --dry-run sees its own changes of other files', () => {
  const folder = folderWith({ Dockerfile: 'COPY . .\n', '.env': 'A=b\n' });
  const { out, err, code } = bulkhead(['fix', '--dry-run'], { in: folder });
  assert.equal(code, 0);
  assert.match(
    out,
    /^new file mode 100644\n--- \/dev\/null\n\+\+\+ b\/\.dockerignore\n@@ -0,0 \+1 @@\n\+\.env\n/m,
  );
  assert.match(err, /also {3}\.dockerignore made/);
  assert.ok(!existsSync(path.join(folder, '.dockerignore')));
});

test('fix: neither patch nor report shows a secret', () => {
  for (const words of [['--dry-run'], ['--dry-run', '--format', 'json'], []]) {
    const folder = folderWith({ '.git/HEAD': '', Dockerfile: secret });
    const { out, err } = bulkhead(['fix', '--unsafe', ...words], { in: folder });
    assert.match(out + err, /token-in-label/);
    assert.doesNotMatch(out + err, /s3cr3t/);
  }
});

test('fix - prints the text, the report goes to standard error', () => {
  const outcome = bulkhead(['fix', '-', '--unsafe', '--quiet'], { input: shouting });
  assert.deepEqual(outcome, {
    code: 0,
    out: 'FROM a AS loud\nUSER app\n',
    err: 'Dockerfile\n  fixed  1 × shouted-stage, 1 × root-account\n',
  });
});

test('fix - leaves out what would change other files', () => {
  const folder = folderWith({});
  const { out, err, code } = bulkhead(['fix', '-', '--unsafe'], { in: folder, input: 'FROM a\nENV KEY=b\n' });
  assert.equal(out, 'FROM a\nENV KEY=b\n');
  assert.match(err, /left {3}2:5 {2}error {4}stored-secret {2}not fixed in this run/);
  assert.equal(code, 1);
  assert.deepEqual(readdirSync(folder), []);
});

test('fix - prints a text that needs nothing as it is', () => {
  for (const input of ['', 'FROM a', '\uFEFFFROM a\r\n']) {
    assert.equal(bulkhead(['fix', '-'], { input }).out, input);
  }
});

test('fix refuses a file that is protected from writing', { skip: process.getuid?.() === 0 }, () => {
  const folder = folderWith({ Dockerfile: shouting });
  chmodSync(path.join(folder, 'Dockerfile'), 0o444);
  const { code, err } = bulkhead(['fix'], { in: folder });
  assert.match(err, /may not be accessed: check its permissions/);
  assert.equal(code, 2);
  writeFileSync(path.join(folder, 'Dockerfile'), shouting);
});
