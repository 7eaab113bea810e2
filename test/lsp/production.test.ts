// Production over the protocol: the posture of a service, its hardening, the report as a page and the repairs on it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Hover, MarkupContent, type WorkspaceEdit } from 'vscode-languageserver';
import type {
  HardenServiceResult,
  ReportMessage,
  ReportResult,
  ServicesResult,
} from '../../server/core/protocol/messages.ts';
import { bundleServer } from './bundle.ts';
import { plain } from './capabilities.ts';
import { startProcess } from './process.ts';
import { applyEdit, type Session, type SessionOptions, startSession } from './session.ts';

const patience = { timeout: 60_000 };
const server = await bundleServer('product');

const compose = `x-log: &log
  driver: none
services:
  web:
    build: ./web
    logging: *log
  db:
    image: postgres:18.6
    logging: *log
`;
const dockerfile = 'FROM node:24.19-slim\nENV API_TOKEN=0d9f7a61c2be4435a1f0\nCMD ["node", "a.js"]\n';
const nonce = '0123456789abcdef';
const at = (line: number, character: number) => ({ line, character });

async function start(options: SessionOptions = {}): Promise<Session> {
  const client = await startSession(startProcess(server).channel, {
    files: { 'web/Dockerfile': dockerfile, 'compose.yaml': compose },
    ...options,
  });
  client.open('compose.yaml', compose);
  return client;
}

const hoverAt = (client: Session, line: number, character: number): Promise<Hover | null> =>
  client.request('textDocument/hover', {
    textDocument: { uri: client.uriOf('compose.yaml') },
    position: at(line, character),
  });

const reportOf = (client: Session, name = 'compose.yaml'): Promise<ReportResult | null> =>
  client.request('bulkhead/report', { uri: client.uriOf(name), nonce });

function messagesIn({ body }: ReportResult): ReportMessage[] {
  const unescaped = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  return [...body.matchAll(/data-message="([^"]*)"/g)].map(([, text = '']) => JSON.parse(unescaped(text)));
}

test('hovering over the name of a service tells its posture and names its findings', patience, async () => {
  const client = await start();
  const hover = await hoverAt(client, 3, 3);
  assert.ok(hover && MarkupContent.is(hover.contents));
  const { value, kind } = hover.contents;
  assert.equal(kind, 'markdown');
  assert.deepEqual(hover.range, { start: at(3, 2), end: at(3, 5) });
  assert.match(
    value,
    /^\*\*Security posture of `web`\*\*\n\n- \*\*Account\*\* root \(image node:24\.19-slim\), \*failed\*\n/,
  );
  assert.ok(value.includes(`[web/Dockerfile, line 2](${client.uriOf('web/Dockerfile')}#L2,`), value);
  assert.ok(!value.includes('0d9f7a61c2be4435a1f0'), value);
});

test('clients without Markdown get plain text', patience, async () => {
  const client = await start({ capabilities: plain });
  const hover = await hoverAt(client, 6, 3);
  assert.ok(hover && MarkupContent.is(hover.contents));
  assert.equal(hover.contents.kind, 'plaintext');
  assert.match(hover.contents.value, /^Security posture of db\n\n- Account: starts as root, but /);
});

test('a service is hardened by an action on its name, as far as was chosen', patience, async () => {
  const client = await start();
  const uri = client.uriOf('compose.yaml');
  const onName = { start: at(6, 3), end: at(6, 3) };
  const actions = await client.actions('compose.yaml', onName, ['refactor']);
  assert.deepEqual(
    actions.map(({ title }) => title),
    ['Harden db: all fixes, also those that may change behaviour, changes web too'],
  );
  const { edit } = await client.request<{ edit?: WorkspaceEdit }>('codeAction/resolve', actions[0]);
  const { [uri]: after = '' } = applyEdit(edit, { [uri]: compose }, 1);
  assert.ok(
    after.startsWith(
      'x-log: &log\n  driver: local\nservices:\n  web:\n    build: ./web\n    logging: *log\n  db:\n',
    ),
    after,
  );
  assert.match(after, /read_only: true/);
  assert.deepEqual(
    await client.actions('compose.yaml', { start: at(7, 8), end: at(7, 8) }, ['refactor']),
    [],
  );
});

test('the services of a document, and what hardening one of them changes', patience, async () => {
  const client = await start();
  const uri = client.uriOf('compose.yaml');
  const services = await client.request<ServicesResult>('bulkhead/services', { uri });
  assert.deepEqual(
    services.map(({ name, range }) => [name, range.start.line, range.end.line]),
    [
      ['web', 3, 5],
      ['db', 6, 8],
    ],
  );
  const harden = (service: string, upTo: string) =>
    client.request<HardenServiceResult | null>('bulkhead/hardenService', { uri, service, upTo });
  const hardened = await harden('db', 'unsafe');
  assert.deepEqual(hardened?.others, ['web']);
  assert.match(applyEdit(hardened?.edit as WorkspaceEdit, { [uri]: compose }, 1)[uri] ?? '', /cap_drop:/);
  assert.equal(await harden('db', 'safe'), null);
  assert.equal(await harden('nobody', 'unsafe'), null);
});

test('the report is a page without secrets, and follows the document', patience, async () => {
  const client = await start();
  const first = await reportOf(client);
  assert.ok(first);
  assert.ok(first.html.includes(first.body) && first.html.startsWith('<!DOCTYPE html>'));
  assert.deepEqual(first.locations, [client.uriOf('compose.yaml'), client.uriOf('web/Dockerfile')]);
  assert.doesNotMatch(first.html, /0d9f7a61c2be4435a1f0/);
  assert.match(first.body, /<h2 id="list-1">db<\/h2>/);
  client.change('compose.yaml', 2, { text: 'services:\n  only:\n    image: a:1\n' });
  const second = await reportOf(client);
  assert.match(second?.body ?? '', /<h2 id="list-0">only<\/h2>/);
  assert.doesNotMatch(second?.body ?? '', />db</);
});

test('a repair of the page is an edit of its file, also of one that is not open', patience, async () => {
  const client = await start();
  const page = await reportOf(client);
  assert.ok(page);
  const uri = client.uriOf('compose.yaml');
  const [place, other] = [uri, client.uriOf('web/Dockerfile')];
  const fixes = messagesIn(page).flatMap(message => (message.kind === 'fix' ? message : []));
  const apply = async (rule: string): Promise<Record<string, string>> => {
    const { kind, ...fix } = fixes.find(each => each.rule === rule) ?? assert.fail(`No fix of ${rule}.`);
    const edit = await client.request<WorkspaceEdit | null>('bulkhead/reportFix', { uri, ...fix });
    return applyEdit(edit ?? undefined, { [place]: compose, [other]: dockerfile }, 1);
  };
  assert.match((await apply('compose-missing-healthcheck'))[place] ?? '', /pg_isready/);
  assert.equal((await apply('secret-in-env'))[other], 'FROM node:24.19-slim\nCMD ["node", "a.js"]\n');
  client.change('compose.yaml', 2, { text: 'services: {}\n' });
  const [fix] = fixes;
  assert.equal(await client.request('bulkhead/reportFix', { uri, ...fix }), null);
});

test('a Dockerfile has a report too; other documents and closed ones have none', patience, async () => {
  const client = await start();
  client.open('Dockerfile', 'FROM a\n');
  assert.match((await reportOf(client, 'Dockerfile'))?.body ?? '', /<h2 id="list-0">the image<\/h2>/);
  client.open('other.yaml', 'a: 1\n');
  assert.equal(await reportOf(client, 'other.yaml'), null);
  assert.equal(await reportOf(client, 'closed.yaml'), null);
  const uri = client.uriOf('Dockerfile');
  assert.deepEqual(await client.request('bulkhead/services', { uri }), []);
});
