// The report as a page: what it holds, that it takes nothing from outside, and that nothing of a file becomes markup.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import type { ReportMessage } from '../../server/core/protocol/messages.ts';
import { type ChecklistPage, checklistPage } from '../../server/core/report/checklist-page.ts';
import { script } from '../../server/core/report/checklist-page-parts.ts';
import { checklistFileOf, type Files } from '../support/production.ts';

const nonce = '0123456789abcdef';
const pageOf = async (files: Files): Promise<ChecklistPage> =>
  checklistPage(await checklistFileOf(files), nonce);

const compose = `services:
  web:
    image: nginx:1.30
    ports: ["8080:80"]
  api:
    build: .
    # bulkhead ignore=compose-writable-root -- it writes its cache
    read_only: false
`;
const files = {
  'compose.yaml': compose,
  Dockerfile: 'FROM node:24.19-slim\nENV API_TOKEN=0d9f7a61c2be4435a1f0\n',
};

const decoded = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
const messagesIn = (body: string): ReportMessage[] =>
  [...body.matchAll(/data-message="([^"]*)"/g)].map(([, text = '']) => JSON.parse(decoded(text)));

test('page: headings, tables with headers, and buttons, each with an id of its own', async () => {
  const { body } = await pageOf(files);
  assert.deepEqual(
    [...body.matchAll(/<h([12])[^>]*>([^<]*)/g)].map(([, level, words]) => `${level} ${words}`),
    ['1 Production readiness', '2 web', '2 api'],
  );
  assert.equal(body.match(/<table /g)?.length, 2);
  assert.equal(body.match(/<th scope="col">/g)?.length, 8);
  assert.equal(body.match(/<th scope="row">/g)?.length, 32);
  const ids = [...body.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const [, id] of body.matchAll(/(?:href="#|aria-labelledby=")([^"]*)"/g))
    assert.ok(ids.includes(id), id);
  const buttons = body.match(/<button /g)?.length;
  assert.equal(
    body.match(/<button type="button" id="[^"]+" class="(?:link|action)" data-message="/g)?.length,
    buttons,
  );
});

test('page: every line has its status in words, its reason and its references', async () => {
  const { body } = await pageOf({ 'compose.yaml': compose });
  const statuses = [...body.matchAll(/<td class="status"><span aria-hidden="true">.<\/span> (\w+)</g)].map(
    ([, s]) => s,
  );
  assert.equal(statuses.length, 32);
  assert.deepEqual([...new Set(statuses)].sort(), ['accepted', 'failed', 'passed', 'unknown']);
  assert.equal(body.match(/<summary>Why it matters<\/summary>/g)?.length, 32);
  assert.match(body, /CIS Docker Benchmark 1\.6\.0, 5\.13<\/a>/);
  assert.match(body, /accepted in the file: it writes its cache/);
});

test('page: each place leads to its file, each repair names its finding', async () => {
  const messages = messagesIn((await pageOf(files)).body);
  const opened = messages.flatMap(message => (message.kind === 'open' ? message : []));
  assert.ok(opened.some(({ location, range }) => location === '/app/Dockerfile' && range.start.line === 1));
  const fixes = messages.flatMap(message => (message.kind === 'fix' ? message : []));
  assert.deepEqual(
    fixes.filter(({ rule }) => rule === 'compose-writable-root'),
    [
      {
        kind: 'fix',
        rule: 'compose-writable-root',
        location: '/app/compose.yaml',
        start: { line: 1, character: 2 },
        fix: 0,
      },
    ],
    'what was accepted has no repair',
  );
  assert.deepEqual(
    messages.filter(({ kind }) => kind === 'harden'),
    [
      { kind: 'harden', service: 'web' },
      { kind: 'harden', service: 'api' },
    ],
  );
});

test('page: nothing from outside, and only what carries the nonce runs', async () => {
  const { html } = await pageOf(files);
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  assert.ok(html.includes(`<meta http-equiv="Content-Security-Policy" content="${policy}">`));
  assert.doesNotMatch(
    html,
    /<(?:link|img|iframe|object|embed|form|base|audio|video)\b|\bsrc=|\bon\w+="|\bstyle="|@import|url\(/,
  );
  assert.deepEqual(
    [...html.matchAll(/<(script|style)([^>]*)>/g)].map(([, name, rest]) => `${name}${rest}`),
    [`style nonce="${nonce}"`, `script nonce="${nonce}"`],
  );
  assert.doesNotMatch(html, /0d9f7a61c2be4435a1f0/);
  assert.throws(() => checklistPage({} as never, '"><script>'), /nonce/);
});

test('page: what a file holds is text', async () => {
  const { html, body } = await pageOf({
    'compose.yaml':
      'services:\n  "</h2><script>a()</script>":\n    image: "x\\"onload=b()<img>&"\n    user: "\'><svg>"\n    command: "`<b>`"\n',
  });
  assert.equal(html.match(/<script/g)?.length, 1);
  assert.doesNotMatch(body, /<(?:svg|img|b)\b/);
  const [open] = messagesIn(body);
  assert.equal(open?.kind, 'open');
  assert.ok(
    messagesIn(body).some(message => message.kind === 'harden' && message.service.startsWith('</h2>')),
  );
});

test('page: a file without services, and one that cannot be read whole', async () => {
  assert.match((await pageOf({ 'compose.yaml': 'services: {}\n' })).body, /no service and no image/);
  assert.match(
    (await pageOf({ 'compose.yaml': 'services:\n  web: [\n' })).body,
    /<h2 id="problems">It cannot be read whole<\/h2><ul class="findings"><li class="error">/,
  );
});

test('page: its script passes on what is pressed, and keeps focus and what is unfolded', () => {
  const sent: unknown[] = [];
  const states: unknown[] = [];
  const listeners: Record<string, (event: unknown) => void> = {};
  const focused: string[] = [];
  const elements: Record<string, { textContent: string; open?: boolean }> = {
    news: { textContent: '' },
    counts: { textContent: '3 failed' },
    why: { textContent: '' },
  };
  const element = (id: string) =>
    elements[id] && {
      focus: () => focused.push(id),
      setAttribute: (name: string) => Object.assign(elements[id] ?? {}, { [name]: true }),
      get textContent() {
        return elements[id]?.textContent;
      },
      set textContent(text) {
        Object.assign(elements[id] ?? {}, { textContent: text });
      },
    };
  const main = {
    innerHTML: '',
    querySelectorAll: () => [{ id: 'why' }],
    querySelector: () => ({ focus: () => focused.push('heading') }),
  };
  const document = {
    activeElement: { id: 'why' },
    querySelector: () => main,
    getElementById: element,
    addEventListener: (name: string, listen: (event: unknown) => void) => {
      listeners[name] = listen;
    },
  };
  runInNewContext(script, {
    document,
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => sent.push(JSON.parse(JSON.stringify(message))),
      setState: (state: unknown) => states.push(state),
    }),
    addEventListener: (name: string, listen: (event: unknown) => void) => {
      listeners[name] = listen;
    },
  });
  assert.deepEqual(sent, [{ kind: 'ready' }]);
  listeners.click?.({
    target: { closest: () => ({ dataset: { message: '{"kind":"harden","service":"a"}' } }) },
  });
  listeners.click?.({ target: { closest: () => null } });
  assert.deepEqual(sent.slice(1), [{ kind: 'harden', service: 'a' }]);
  listeners.message?.({ data: { body: '<p>new</p>', state: 'file:///compose.yaml' } });
  assert.equal(main.innerHTML, '<p>new</p>');
  assert.deepEqual(focused, ['why']);
  assert.equal(elements.why?.open, true);
  assert.equal(elements.news?.textContent, '3 failed');
  document.activeElement.id = 'gone';
  listeners.message?.({ data: { body: '<p>newer</p>' } });
  listeners.message?.({ data: {} });
  assert.deepEqual(focused, ['why', 'heading']);
  assert.deepEqual(states, ['file:///compose.yaml']);
  assert.equal(main.innerHTML, '<p>newer</p>');
});
