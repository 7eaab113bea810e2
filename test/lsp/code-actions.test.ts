// Code actions: which are offered where, and what is in the files when their edits have been applied.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Command, type Hover, MarkupContent, type WorkspaceEdit } from 'vscode-languageserver';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { noFacts } from '../../server/core/engine/facts.ts';
import type { Safety } from '../../server/core/engine/finding.ts';
import { fixAll } from '../../server/core/engine/fix-all.ts';
import { defaultSettings } from '../../server/core/engine/settings.ts';
import { bundleServer } from './bundle.ts';
import { modern } from './capabilities.ts';
import { startProcess } from './process.ts';
import { rules } from './rules.ts';
import { applyEdit, type Session, type SessionOptions, startSession, summary } from './session.ts';

const patience = { timeout: 30_000 };
const server = await bundleServer();

const start = (options: SessionOptions = {}) => startSession(startProcess(server).channel, options);
const at = (line: number, character: number) => ({ line, character });
const everywhere = { start: at(0, 0), end: at(99, 0) };
const onStage = { start: at(0, 16), end: at(0, 16) };
const onUser = { start: at(1, 5), end: at(1, 9) };
const dockerfile = 'FROM alpine AS BASE\nUSER root\n';

/** The text of the document after the action of this title. */
async function after(
  client: Session,
  text: string,
  title: string,
  version = 1,
  path = 'Dockerfile',
): Promise<string | undefined> {
  const uri = client.uriOf(path);
  const offered = (await client.actions(path, everywhere)).find(action => action.title === title);
  const action = offered?.edit
    ? offered
    : await client.request<typeof offered>('codeAction/resolve', offered);
  return applyEdit(action?.edit, { [uri]: text }, version)[uri];
}

test('what is offered depends on the place and on what is asked for', patience, async () => {
  const client = await start();
  client.open('Dockerfile', `${dockerfile}FROM base AS APP\nUSER root\n`);
  const rows: [range: typeof onStage, only: readonly string[] | undefined, titles: readonly string[]][] = [
    [
      onStage,
      undefined,
      [
        '* Write base',
        'Fix all shouted-stage in this file',
        'Ignore shouted-stage here',
        'Ignore shouted-stage in this file',
        'Show rule shouted-stage',
      ],
    ],
    [
      onUser,
      ['quickfix'],
      [
        'Use app',
        'Use a number',
        'Fix all root-account in this file',
        'Ignore root-account here',
        'Ignore root-account in this file',
        'Show rule root-account',
      ],
    ],
    [onUser, ['quickfix.suppress'], ['Ignore root-account here', 'Ignore root-account in this file']],
    [onUser, ['source.fixAll'], ['Apply all safe fixes of Bulkhead']],
    [onUser, ['source.fixAll.bulkhead'], ['Apply all safe fixes of Bulkhead']],
    [onUser, ['source.harden'], ['Apply all fixes of Bulkhead, also those that may change behaviour']],
    [onUser, ['source.organizeImports'], []],
    [onUser, ['refactor'], []],
    [{ start: at(0, 0), end: at(0, 4) }, ['quickfix'], []],
  ];
  for (const [range, only, titles] of rows) {
    const actions = await client.actions('Dockerfile', range, only);
    assert.deepEqual(
      actions.map(({ title, isPreferred }) => (isPreferred ? `* ${title}` : title)),
      titles,
      `${only}`,
    );
  }
});

test('a Dockerfile within a Compose file has its findings and repairs there', patience, async () => {
  const client = await start();
  const head = 'services:\n  web:\n    healthcheck: {test: [CMD, a]}\n    build:\n      context: .\n';
  const inline = '      dockerfile_inline: |\n        FROM alpine AS BASE\n        USER root\n';
  const text = `${head}${inline}`;
  client.open('compose.yaml', text);
  assert.deepEqual(summary(await client.diagnostics('compose.yaml')), [
    'shouted-stage@6:23',
    'root-account@7:13',
  ]);
  const rows: [title: string, expected: string][] = [
    ['Write base', text.replace('BASE', 'base')],
    ['Use app', text.replace('root', 'app')],
    ['Ignore root-account here', `${head}      # bulkhead ignore=root-account -- say why\n${inline}`],
  ];
  for (const [title, expected] of rows) {
    assert.equal(await after(client, text, title, 1, 'compose.yaml'), expected, title);
  }
  client.change('compose.yaml', 2, { text: `${head}      # bulkhead ignore=root-account\n${inline}` });
  assert.deepEqual(summary(await client.diagnostics('compose.yaml')), ['shouted-stage@7:23']);
});

test(
  'an action names its finding, and carries an edit for the version it was made for',
  patience,
  async () => {
    const client = await start();
    client.open('Dockerfile', dockerfile);
    const [action] = await client.actions('Dockerfile', onStage);
    const [shouted] = await client.diagnostics('Dockerfile');
    assert.deepEqual(action, {
      title: 'Write base',
      kind: 'quickfix',
      isPreferred: true,
      diagnostics: [shouted],
      edit: {
        documentChanges: [
          {
            textDocument: { uri: client.uriOf('Dockerfile'), version: 1 },
            edits: [{ range: { start: at(0, 15), end: at(0, 19) }, newText: 'base' }],
          },
        ],
      },
    });
    client.change('Dockerfile', 2, { text: `# Moved.\n${dockerfile}` });
    assert.equal(
      await after(client, `# Moved.\n${dockerfile}`, 'Write base', 2),
      '# Moved.\nFROM alpine AS base\nUSER root\n',
    );
  },
);

test('edits do what they say', patience, async () => {
  const text = `${dockerfile}FROM base AS APP\r\nUSER root\n`;
  const client = await start();
  client.open('Dockerfile', text);
  const rows: [title: string, expected: string][] = [
    ['Write app', 'FROM alpine AS BASE\nUSER root\nFROM base AS app\r\nUSER root\n'],
    ['Use a number', 'FROM alpine AS BASE\nUSER 65532\nFROM base AS APP\r\nUSER root\n'],
    ['Fix all shouted-stage in this file', 'FROM alpine AS base\nUSER root\nFROM base AS app\r\nUSER root\n'],
    ['Fix all root-account in this file', 'FROM alpine AS BASE\nUSER app\nFROM base AS APP\r\nUSER app\n'],
    [
      'Ignore root-account here',
      'FROM alpine AS BASE\n# bulkhead ignore=root-account -- say why\nUSER root\nFROM base AS APP\r\nUSER root\n',
    ],
    ['Ignore shouted-stage in this file', `# bulkhead ignore-file=shouted-stage -- say why\n${text}`],
  ];
  for (const [title, expected] of rows) assert.equal(await after(client, text, title), expected, title);
});

test('a finding that has been silenced is gone', patience, async () => {
  const client = await start();
  client.open('Dockerfile', dockerfile);
  const silenced = (await after(client, dockerfile, 'Ignore shouted-stage here')) ?? assert.fail();
  client.change('Dockerfile', 2, { text: silenced });
  assert.deepEqual(
    (await client.diagnostics('Dockerfile')).map(({ code }) => code),
    ['root-account'],
  );
});

const wholeFile: [kind: string, upTo: Safety, fixes: number][] = [
  ['source.fixAll.bulkhead', 'safe', 3],
  ['source.harden.bulkhead', 'unsafe', 4],
];

for (const [kind, upTo, fixes] of wholeFile) {
  test(`${kind}: the same bytes as on the command line`, patience, async () => {
    const text =
      '\uFEFFfrom alpine as BASE\r\nUSER root\r\n# é 🐳\r\nFROM base AS APP\r\nRUN <<EOF\nx\nEOF\r\nFROM app AS Web';
    const client = await start();
    client.open('Dockerfile', text);
    const expected = fixAll(catalogueOf(rules), {
      text,
      language: 'dockerfile',
      settings: defaultSettings,
      facts: noFacts,
      upTo,
    });
    assert.equal(expected.applied.length, fixes);
    const uri = client.uriOf('Dockerfile');
    const [offered] = await client.actions('Dockerfile', everywhere, [kind]);
    assert.equal(offered?.kind, kind);
    assert.equal(offered.edit, undefined);
    assert.doesNotMatch(JSON.stringify(offered), /null/, 'Some clients drop what is null.');
    const { edit } = await client.request<{ edit: WorkspaceEdit }>('codeAction/resolve', offered);
    assert.equal(applyEdit(edit, { [uri]: text }, 1)[uri], expected.text);

    client.change('Dockerfile', 2, { text: dockerfile });
    await assert.rejects(client.request('codeAction/resolve', offered), { code: -32801 });
    client.change('Dockerfile', 3, { text: expected.text });
    assert.deepEqual(await client.actions('Dockerfile', everywhere, [kind]), []);
  });
}

test('a client that resolves nothing gets the edit at once', patience, async () => {
  const { resolveSupport: _, ...codeAction } = modern.textDocument.codeAction;
  const capabilities = { ...modern, textDocument: { ...modern.textDocument, codeAction } };
  const client = await start({ capabilities });
  client.open('Dockerfile', dockerfile);
  const [action] = await client.actions('Dockerfile', everywhere, ['source.fixAll']);
  const uri = client.uriOf('Dockerfile');
  assert.equal(applyEdit(action?.edit, { [uri]: dockerfile }, 1)[uri], 'FROM alpine AS base\nUSER root\n');
});

test('a repair changes the files beside the document too', patience, async () => {
  const text = 'FROM alpine\nCOPY . .\n';
  const rows: [ignored: string | null, expected: string][] = [
    [null, '.env\n'],
    ['dist', 'dist\n.env\n'],
    ['dist\r\n', 'dist\r\n.env\r\n'],
  ];
  for (const [ignored, expected] of rows) {
    const files = { '.env': 'A=1\n', ...(ignored !== null && { '.dockerignore': ignored }) };
    const client = await start({ files });
    client.open('Dockerfile', text);
    await client.diagnostics('Dockerfile');
    await client.next('workspace/diagnostic/refresh');
    const [action] = await client.actions('Dockerfile', everywhere);
    assert.equal(action?.title, 'Ignore .env');
    const beside = client.uriOf('.dockerignore');
    const texts = { [client.uriOf('Dockerfile')]: text, ...(ignored !== null && { [beside]: ignored }) };
    assert.equal(applyEdit(action.edit, texts, 1)[beside], expected);
  }
});

test('a client that makes no files is not offered half a repair', patience, async () => {
  const workspace = { ...modern.workspace, workspaceEdit: { documentChanges: true } };
  const client = await start({ capabilities: { ...modern, workspace }, files: { '.env': '' } });
  client.open('Dockerfile', 'FROM alpine\nCOPY . .\n');
  await client.diagnostics('Dockerfile');
  await client.next('workspace/diagnostic/refresh');
  assert.ok((await client.diagnostics('Dockerfile')).length > 0);
  const titles = (await client.actions('Dockerfile', everywhere)).map(({ title }) => title);
  assert.ok(titles.length > 0 && !titles.includes('Ignore .env'), titles.join());
});

test('a client that knows only commands gets commands', patience, async () => {
  const applied: WorkspaceEdit[] = [];
  const client = await start({
    capabilities: {},
    answers: {
      'workspace/applyEdit': ({ edit }: { edit: WorkspaceEdit }) => {
        applied.push(edit);
        return { applied: true };
      },
    },
  });
  client.open('Dockerfile', dockerfile);
  const [first, ...others] = (await client.actions('Dockerfile', onStage)) as unknown as Command[];
  assert.equal(first?.title, 'Write base');
  assert.ok(others.every(({ command }) => typeof command === 'string'));
  await client.request('workspace/executeCommand', { command: first.command, arguments: first.arguments });
  const newText = 'base';
  assert.deepEqual(applied, [
    { changes: { [client.uriOf('Dockerfile')]: [{ range: { start: at(0, 15), end: at(0, 19) }, newText }] } },
  ]);
});

test('the page of a rule is shown by the client, or named', patience, async () => {
  const page = 'https://github.com/bulkhead/bulkhead/blob/main/docs/rules/root-account.md';
  const command = { command: 'bulkhead.showRule', arguments: ['root-account'] };
  const shows = await start();
  await shows.request('workspace/executeCommand', command);
  assert.deepEqual(await shows.next('window/showDocument'), { uri: page, external: true });
  const names = await start({ capabilities: {} });
  await names.request('workspace/executeCommand', command);
  const { message } = await names.next<{ message: string }>('window/showMessage');
  assert.equal(message, page);
});

test('hovering over a finding explains its rule', patience, async () => {
  const client = await start();
  client.open('Dockerfile', dockerfile);
  const textDocument = { uri: client.uriOf('Dockerfile') };
  const hover = (line: number, character: number) =>
    client.request<Hover | null>('textDocument/hover', { textDocument, position: at(line, character) });
  const shown = await hover(0, 17);
  assert.ok(shown && MarkupContent.is(shown.contents));
  assert.deepEqual(shown.range, { start: at(0, 15), end: at(0, 19) });
  const { kind, value } = shown.contents;
  assert.equal(kind, 'markdown');
  for (const text of ['A stage has a name in capitals', 'Capitals tire the eye.', '/shouted-stage.md)']) {
    assert.ok(value.includes(text), value);
  }
  assert.equal(await hover(0, 3), null);
  assert.equal(await hover(50, 0), null);
});
