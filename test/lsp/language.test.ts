// What editors offer in Compose files, asked for over the protocol.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  CompletionItem,
  CompletionList,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  Range,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { withCursor } from '../language/cursor.ts';
import { bundleServer } from './bundle.ts';
import { plain } from './capabilities.ts';
import { startProcess } from './process.ts';
import { applyEdit, type Session, type SessionOptions, startSession } from './session.ts';

const server = await bundleServer();
const start = (options: SessionOptions = {}): Promise<Session> =>
  startSession(startProcess(server).channel, options);

const file = 'compose.yaml';

/** Opens the text and asks at the cursor. */
function asker(session: Session, marked: string): <Result>(method: string, rest?: object) => Promise<Result> {
  const { text, offset } = withCursor(marked);
  session.open(file, text);
  const position = TextDocument.create('', '', 1, text).positionAt(offset);
  return (method, rest = {}) =>
    session.request(`textDocument/${method}`, {
      textDocument: { uri: session.uriOf(file) },
      position,
      ...rest,
    });
}

const shown = ({ start: { line, character }, end }: Range): string =>
  `${line}:${character}-${end.line}:${end.character}`;

const labels = (list: CompletionList | null): string[] => list?.items.map(({ label }) => label) ?? [];

const found = (list: CompletionList | null, label: string): CompletionItem =>
  list?.items.find(one => one.label === label) ?? assert.fail(`${label} is not among ${labels(list)}`);

test('a key is completed, with what is said of it and the command that goes on', async () => {
  const session = await start({ initializationOptions: { completeCommand: 'again' } });
  const ask = asker(session, 'services:\n  web:\n    rest¦\n');
  const item = found(await ask('completion'), 'restart');
  assert.deepEqual(item.textEdit, {
    range: { start: { line: 2, character: 4 }, end: { line: 2, character: 8 } },
    newText: 'restart: ',
  });
  assert.equal(item.insertTextMode, 1);
  assert.match(JSON.stringify(item.documentation), /Restart policy/);
  const list = found(await ask('completion'), 'ports');
  assert.deepEqual(list.command, { title: '', command: 'again' });
});

test('files beside the document are completed, those that are open as they are there', async () => {
  const session = await start({
    files: {
      'api/Dockerfile': 'FROM a AS old\n',
      'web/Dockerfile': 'FROM a AS one\nFROM b AS two\n',
      '.env': 'TAG=secret\n',
      'app.env': '',
    },
  });
  session.open('api/Dockerfile', 'FROM a AS new\n', 'dockerfile');
  const open = await asker(session, 'services:\n  web: {build: {context: api, target: ¦}}\n')('completion');
  assert.deepEqual(labels(open as CompletionList), ['new']);
  const line = '  web: {build: {context: ./web, target: ';
  session.change(file, 2, { text: `services:\n${line}}}\n` });
  const textDocument = { uri: session.uriOf(file) };
  const complete = (at: object): Promise<CompletionList> =>
    session.request('textDocument/completion', { textDocument, position: at });
  assert.deepEqual(labels(await complete({ line: 1, character: line.length })), ['one', 'two']);
  session.change(file, 3, { text: 'services:\n  web:\n    env_file: \n    image: ${\n' });
  assert.deepEqual(labels(await complete({ line: 2, character: 14 })), ['.env', 'api/', 'app.env', 'web/']);
  // What is made later is there when it is asked for again.
  session.writeFile('new.env', '');
  assert.ok(labels(await complete({ line: 2, character: 14 })).includes('new.env'));
  const variables = await complete({ line: 3, character: 13 });
  assert.deepEqual(labels(variables), ['TAG']);
  assert.doesNotMatch(JSON.stringify(variables), /secret/);
});

test('nothing outside of the folder is looked at', async () => {
  const session = await start();
  const ask = asker(session, 'services:\n  web:\n    env_file: ../¦\n    build: ../..\n');
  assert.deepEqual(labels(await ask('completion')), []);
  assert.deepEqual(await ask('documentLink'), []);
});

test('definitions lead to names, stages and variables', async () => {
  const session = await start({
    files: { Dockerfile: 'FROM a\nFROM b AS prod\n', '.env': '# x\nTAG=1\n' },
  });
  const rows: [marked: string, path: string, range: string][] = [
    ['services:\n  db: {}\n  web: {depends_on: [d¦b]}\n', file, '1:2-1:4'],
    ['services:\n  web: {build: {context: ., target: pr¦od}}\n', 'Dockerfile', '1:10-1:14'],
    ['services:\n  web: {image: "a:${TA¦G}"}\n', '.env', '1:0-1:3'],
  ];
  for (const [marked, path, range] of rows) {
    const [link, ...others] = await asker(session, marked)<Location[]>('definition');
    assert.deepEqual(others, []);
    assert.equal(link?.uri, session.uriOf(path));
    assert.equal(link && shown(link.range), range);
    session.notify('textDocument/didClose', { textDocument: { uri: session.uriOf(file) } });
  }
});

test('references, highlights and renaming reach every place of a name', async () => {
  const session = await start();
  const marked = 'services:\n  d¦b: {}\n  web:\n    depends_on:\n      db: {condition: service_started}\n';
  const ask = asker(session, marked);
  const all = await ask<Location[]>('references', { context: { includeDeclaration: true } });
  assert.deepEqual(
    all.map(({ range }) => shown(range)),
    ['1:2-1:4', '4:6-4:8'],
  );
  const uses = await ask<Location[]>('references', { context: { includeDeclaration: false } });
  assert.deepEqual(
    uses.map(({ range }) => shown(range)),
    ['4:6-4:8'],
  );
  const highlights = await ask<DocumentHighlight[]>('documentHighlight');
  assert.deepEqual(
    highlights.map(({ kind }) => kind),
    [3, 2],
  );
  const prepared = await ask<{ range: Range; placeholder: string }>('prepareRename');
  assert.deepEqual([shown(prepared.range), prepared.placeholder], ['1:2-1:4', 'db']);
  const edit = await ask<WorkspaceEdit>('rename', { newName: 'store' });
  const uri = session.uriOf(file);
  const { text } = withCursor(marked);
  assert.deepEqual(applyEdit(edit, { [uri]: text }, 1), { [uri]: text.replaceAll('db', 'store') });
});

test('a name is found and renamed in all files of the project, open or not', async () => {
  const others = {
    'compose.override.yaml': 'services:\n  db:\n    user: "1"\n  web:\n    depends_on: [db]\n',
    'deploy/prod.yaml': 'services:\n  db: {restart: always}\n',
    'deploy/compose.yaml': 'include: [../compose.yaml]\nservices:\n  job: {image: a, depends_on: [db]}\n',
    'other/compose.yaml': 'services:\n  db: {image: b}\n',
  };
  const sets = 'compose-sets: {prod: [compose.yaml, deploy/prod.yaml]}\n';
  const files = { ...others, [file]: '', '.git/HEAD': '', '.bulkhead.yaml': sets };
  const session = await start({ files });
  const open = 'services:\n  db: {image: a}\n  web:\n    image: a\n    depends_on:\n      d¦b:\n';
  const changed = 'services:\n  db:\n    restart: always # changed\n';
  session.open('deploy/prod.yaml', changed);
  const ask = asker(session, open);
  const edit = await ask<WorkspaceEdit>('rename', { newName: 'store' });
  const texts = { [file]: withCursor(open).text, ...others, 'deploy/prod.yaml': changed };
  const byUri = Object.fromEntries(Object.entries(texts).map(([name, text]) => [session.uriOf(name), text]));
  const after = applyEdit(edit, byUri, 1);
  for (const [name, text] of Object.entries(texts)) {
    // The configuration says with what it is run: no override.
    const isPart = [file, 'deploy/prod.yaml', 'deploy/compose.yaml'].includes(name);
    const isOverride = name === 'compose.override.yaml';
    assert.equal(
      after[session.uriOf(name)],
      isPart || isOverride ? text.replaceAll('db', 'store') : text,
      name,
    );
  }
  const links = await ask<Location[]>('references', { context: { includeDeclaration: true } });
  assert.deepEqual(
    links.map(({ uri, range }) => `${uri.slice(session.uriOf('.').length + 1)} ${shown(range)}`).sort(),
    [
      'compose.override.yaml 1:2-1:4',
      'compose.override.yaml 4:17-4:19',
      'compose.yaml 1:2-1:4',
      'compose.yaml 5:6-5:8',
      'deploy/compose.yaml 2:31-2:33',
      'deploy/prod.yaml 1:2-1:4',
    ],
  );
});

test('the definition of what another file of the project declares, and of what none does', async () => {
  const session = await start({ files: { 'compose.yaml': 'services: {db: {image: a}}\n' } });
  session.open('compose.override.yaml', 'services:\n  web: {depends_on: [db, no]}\n');
  const textDocument = { uri: session.uriOf('compose.override.yaml') };
  const at = (character: number): Promise<Location[]> =>
    session.request('textDocument/definition', { textDocument, position: { line: 1, character } });
  const [link, ...more] = await at(22);
  assert.deepEqual([link?.uri, link && shown(link.range), more], [session.uriOf(file), '0:11-0:13', []]);
  assert.deepEqual(await at(26), []);
});

test('a name that cannot be is refused in words', async () => {
  const session = await start();
  const ask = asker(session, 'services:\n  d¦b: {}\n  web: {}\n');
  await assert.rejects(ask('rename', { newName: 'web' }), /There is a service "web" already\./);
  await assert.rejects(ask('rename', { newName: 'a b' }), /letters, digits/);
});

test('links lead to files and pages', async () => {
  const session = await start();
  const ask = asker(session, '¦services:\n  web: {image: nginx, env_file: a/b.env}\n');
  const links = await ask<DocumentLink[]>('documentLink');
  assert.deepEqual(
    links.map(({ target }) => target),
    ['https://hub.docker.com/_/nginx', session.uriOf('a/b.env')],
  );
});

test('symbols and folds of both languages', async () => {
  const session = await start();
  const ask = asker(session, '¦services:\n  web:\n    image: a\n');
  const [services] = await ask<DocumentSymbol[]>('documentSymbol');
  assert.equal(services?.name, 'services');
  assert.equal(services?.children?.[0]?.name, 'web');
  assert.deepEqual(await ask<FoldingRange[]>('foldingRange'), [
    { startLine: 0, endLine: 2 },
    { startLine: 1, endLine: 2 },
  ]);
  session.open('Dockerfile', '# a\n# b\nFROM a AS x\nRUN b\n');
  const textDocument = { uri: session.uriOf('Dockerfile') };
  const [stage] = await session.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument });
  assert.equal(stage?.name, 'x');
  assert.deepEqual(await session.request('textDocument/foldingRange', { textDocument }), [
    { startLine: 2, endLine: 3 },
    { startLine: 0, endLine: 1, kind: 'comment' },
  ]);
});

test('a key tells what the specification says, below what was found there', async () => {
  const session = await start();
  const ask = asker(session, 'services:\n  web:\n    ima¦ge: a\n');
  const hover = await ask<Hover>('hover');
  assert.match(JSON.stringify(hover.contents), /\[image\]\(https:.*image to start the container from/);
  assert.equal(hover.range && shown(hover.range), '2:4-2:9');
});

test('what another extension offers is left to it, until a setting says otherwise', async () => {
  let languageFeatures: string | undefined;
  const session = await start({
    initializationOptions: { offeredElsewhere: { compose: ['completion', 'symbols', 'hover'] } },
    answers: { 'workspace/configuration': () => [{ compose: { languageFeatures } }] },
  });
  const ask = asker(session, 'services:\n  w¦eb:\n    image: a\n');
  const isOffered = async (): Promise<readonly boolean[]> => {
    const places = await ask<Location[] | null>('references', { context: { includeDeclaration: true } });
    const answers = [await ask('completion'), await ask('documentSymbol'), await ask('foldingRange'), places];
    return answers.map(answer => answer !== null);
  };
  assert.deepEqual(await isOffered(), [false, false, true, true]);
  session.notify('bulkhead/offeredElsewhere', { compose: ['folding'], dockerfile: [] });
  assert.deepEqual(await isOffered(), [true, true, false, true]);
  const rows: [setting: string, expected: boolean[]][] = [
    ['on', [true, true, true, true]],
    ['off', [false, false, false, false]],
  ];
  for (const [setting, expected] of rows) {
    languageFeatures = setting;
    session.notify('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(await isOffered(), expected, setting);
  }
});

test('clients that know little get little', async () => {
  const session = await start({ capabilities: plain });
  assert.equal(session.introduction.capabilities.renameProvider, true);
  const ask = asker(session, 'services:\n  d¦b: {}\n');
  const symbols = await ask<SymbolInformation[]>('documentSymbol');
  assert.deepEqual(
    symbols.map(({ name, containerName }) => `${containerName ?? ''}/${name}`),
    ['/services', 'services/db'],
  );
  const edit = await ask<WorkspaceEdit>('rename', { newName: 'store' });
  assert.deepEqual(Object.keys(edit.changes ?? {}), [session.uriOf(file)]);
});

test('an answer about an older version is not given', async () => {
  let edit = (): void => {};
  const answers = {
    'workspace/configuration': () => {
      edit();
      return [null];
    },
  };
  const session = await start({ answers });
  const ask = asker(session, 'services:\n  web:\n    im¦\n');
  edit = () => session.change(file, 2, { text: 'services: {}\n' });
  await assert.rejects(ask('completion'), /has changed/);
});

test('a question that is taken back is not answered', async () => {
  let cancel = (): void => {};
  const answers = {
    'workspace/configuration': () => {
      cancel();
      return [null];
    },
  };
  const session = await start({ answers });
  session.open(file, 'services:\n');
  const question = session.cancellable('textDocument/documentSymbol', {
    textDocument: { uri: session.uriOf(file) },
  });
  cancel = question.cancel;
  await assert.rejects(question.result, /cancelled/);
});
