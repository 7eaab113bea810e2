// Registries in the editor: asked when a person has chosen an action, in the background where a setting says so, and else never.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  CodeAction,
  CompletionItem,
  CompletionList,
  Position,
  Range,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { ImageChoicesResult, PinImagesResult } from '../../server/core/protocol/messages.ts';
import { type FakeServer, holding, serve, storedImage, storedIndex } from '../support/fake-registry.ts';
import { modern } from './capabilities.ts';
import { askFor, at, type Options, patience, start } from './registry-session.ts';
import { applyEdit, type Session } from './session.ts';

const [newest, old] = [storedIndex('2.0.1'), storedIndex('1.0.0')];
const tags = { latest: newest, '2.0.1': newest, '2.0': newest, '2': newest, '1.0.0': old, '1': old };
const single = storedImage('main');
const holdings = holding({ app: tags, single: { main: single } });
const newRegistry = (): Promise<FakeServer> => serve(holdings);

/** What is offered about the registry, at the image of a FROM or of a service. */
async function offered(client: Session, path: string, place = at(0, 8)): Promise<CodeAction[]> {
  const actions = await client.actions(path, place);
  return actions.filter(({ title }) => /\(asks |^Show tags/.test(title));
}

async function choose(client: Session, path: string, text: string, start: string, place?: Range) {
  const action = (await offered(client, path, place)).find(({ title }) => title.startsWith(start));
  assert.ok(action, `${start} is not offered`);
  const resolved = await client.request<CodeAction>('codeAction/resolve', action);
  const uri = client.uriOf(path);
  return resolved.edit && applyEdit(resolved.edit, { [uri]: text }, 1)[uri];
}

/** What is said of the image of a FROM, without what findings say. */
async function hovered(client: Session, path: string, position = at(0, 8).start): Promise<string> {
  const params = { textDocument: { uri: client.uriOf(path) }, position };
  const hover = await client.request<{ contents: { value: string } } | null>('textDocument/hover', params);
  return hover?.contents.value.split('\n\n---\n\n').findLast(part => /registry|Ask /.test(part)) ?? '';
}

async function completed(client: Session, path: string, position: Position): Promise<CompletionItem[]> {
  const params = { textDocument: { uri: client.uriOf(path) }, position };
  const { items } = await client.request<CompletionList>('textDocument/completion', params);
  return [...items].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
}

const compose = (image: string): string => `services:\n  a:\n    image: ${image}\n`;
const inService = at(2, 14);

test('an action asks once it is chosen, and nothing asks before', patience, async () => {
  const registry = await newRegistry();
  const client = await start();
  const image = `${registry.host}/app`;
  const text = `FROM ${image}\n`;
  client.open('Dockerfile', text);
  await client.diagnostics('Dockerfile');
  const asks = `(asks ${registry.host})`;
  assert.deepEqual(
    (await offered(client, 'Dockerfile')).map(({ title }) => title),
    [
      `Pin to the exact version ${asks}`,
      `Pin to digest ${asks}`,
      `Pin to digest for one platform ${asks}`,
      'Show tags of app',
    ],
  );
  assert.equal(registry.seen.length, 0);
  assert.equal(await choose(client, 'Dockerfile', text, 'Pin to the exact'), `FROM ${image}:2.0.1\n`);
  assert.equal(
    await choose(client, 'Dockerfile', text, 'Pin to digest'),
    `FROM ${image}:latest@${newest.digest}\n`,
  );
  // From then on it is at hand, as a fix of the finding.
  const known = await client.actions('Dockerfile', at(0, 8), ['quickfix']);
  assert.ok(known.some(({ title }) => title === 'Pin to the exact version 2.0.1'));
});

const rows: readonly [path: string, before: string, action: string, after: string, place: Range][] = [
  ['Dockerfile', 'FROM APP:2 AS a\n', 'Pin to digest', 'FROM APP:2@NEW AS a\n', at(0, 8)],
  ['Dockerfile', 'ARG T=2\nFROM APP:$T\n', 'Pin to digest', 'ARG T=2@NEW\nFROM APP:$T\n', at(1, 8)],
  ['Dockerfile', '# syntax=APP:1\nFROM a\n', 'Pin to the', '# syntax=APP:1.0.0\nFROM a\n', at(0, 12)],
  ['Dockerfile', '# syntax=APP:2@OLD x\n', 'Update digest', '# syntax=APP:2@NEW x\n', at(0, 12)],
  ['Dockerfile', 'FROM APP:2@OLD\n', 'Update digest', 'FROM APP:2@NEW\n', at(0, 8)],
  [
    'Dockerfile',
    'FROM a\nCOPY --from=APP:1 /a /\n',
    'Pin to the',
    'FROM a\nCOPY --from=APP:1.0.0 /a /\n',
    at(1, 14),
  ],
  ['compose.yaml', compose('APP:2'), 'Pin to digest', compose('APP:2@NEW'), inService],
  ['compose.yaml', compose('"APP:latest"'), 'Pin to the', compose('"APP:2.0.1"'), inService],
];
for (const [path, before, action, after, place] of rows) {
  test(`${action}: ${before.replaceAll('\n', ' ')}`, patience, async () => {
    const registry = await newRegistry();
    const filled = (text: string): string =>
      text
        .replaceAll('APP', `${registry.host}/app`)
        .replaceAll('NEW', newest.digest)
        .replaceAll('OLD', old.digest);
    const client = await start();
    const text = filled(before);
    client.open(path, text);
    await client.diagnostics(path);
    assert.equal(await choose(client, path, text, action, place), filled(after));
  });
}

const silent: readonly [name: string, options: Options][] = [
  ['the setting says never', { lookups: 'never' }],
  ['the folder is not trusted', { initializationOptions: { runsPrograms: false }, lookups: 'background' }],
];
for (const [name, options] of silent) {
  test(`nothing is offered and nobody asked where ${name}`, patience, async () => {
    const registry = await newRegistry();
    const client = await start({ ...options, files: { Dockerfile: `FROM ${registry.host}/app\n` } });
    const text = `FROM ${registry.host}/app\n`;
    client.open('Dockerfile', text);
    await client.diagnostics('Dockerfile');
    assert.deepEqual(await offered(client, 'Dockerfile'), []);
    const uri = client.uriOf('Dockerfile');
    for (const of of ['tags', 'platforms'])
      assert.equal(await client.request('bulkhead/imageChoices', { uri, start: 5, of }), null);
    await askFor(client, 'Dockerfile', at(0, 5).start);
    assert.equal(await hovered(client, 'Dockerfile'), '');
    const folders = [uri.slice(0, uri.lastIndexOf('/'))];
    const { edit } = await client.request<PinImagesResult>('bulkhead/pinImages', { folders, to: 'digests' });
    assert.equal(edit, null);
    assert.deepEqual(registry.seen, []);
  });
}

test('typing, hovering and completing connect to nobody, also by default', patience, async () => {
  for (const lookups of [undefined, 'on-demand', 'never']) {
    const registry = await newRegistry();
    const client = await start(lookups === undefined ? {} : { lookups });
    const [from, image] = [`FROM ${registry.host}/app`, compose(`${registry.host}/app:`)];
    client.open('Dockerfile', 'F');
    client.open('compose.yaml', image);
    for (let length = 1; length <= from.length; length++) {
      client.change('Dockerfile', length + 1, { text: from.slice(0, length) });
      await client.diagnostics('Dockerfile');
    }
    await client.diagnostics('compose.yaml');
    for (const [path, position] of [
      ['Dockerfile', at(0, 8).start],
      ['compose.yaml', { line: 2, character: image.length }],
    ] as const) {
      const params = { textDocument: { uri: client.uriOf(path) }, position };
      await client.request('textDocument/hover', params);
      await client.request('textDocument/completion', params);
    }
    await client.actions('Dockerfile', at(0, 8));
    assert.deepEqual(registry.seen, [], String(lookups));
  }
});

test('in the background the answer comes by itself', patience, async () => {
  const registry = await newRegistry();
  const client = await start({ lookups: 'background' });
  client.open('Dockerfile', `FROM ${registry.host}/app\n`);
  await client.diagnostics('Dockerfile');
  await client.next('workspace/diagnostic/refresh');
  await client.diagnostics('Dockerfile');
  const actions = await client.actions('Dockerfile', at(0, 8), ['quickfix']);
  assert.ok(actions.some(({ title }) => title === 'Pin to the exact version 2.0.1'));
});

test('what is in the way is said', patience, async () => {
  const client = await start();
  const text = 'FROM 127.0.0.1:1/app\n';
  client.open('Dockerfile', text);
  await client.diagnostics('Dockerfile');
  assert.equal(await choose(client, 'Dockerfile', text, 'Pin to digest'), undefined);
  const { message } = await client.next<{ message: string }>('window/showMessage');
  assert.equal(message, '127.0.0.1:1 takes no connection: check its port, and that it runs.');
});

test('a digest that is up to date is said to be', patience, async () => {
  const registry = await newRegistry();
  const client = await start();
  const text = `FROM ${registry.host}/app:2@${newest.digest}\n`;
  client.open('Dockerfile', text);
  await client.diagnostics('Dockerfile');
  assert.equal(await choose(client, 'Dockerfile', text, 'Update digest'), undefined);
  assert.match((await client.next<{ message: string }>('window/showMessage')).message, /is up to date\.$/);
});

test('who waits no longer is let go', patience, async () => {
  let asked = (): void => {};
  const isAsked = new Promise<void>(resolve => {
    asked = resolve;
  });
  const registry = await serve(() => asked());
  const client = await start();
  client.open('Dockerfile', `FROM ${registry.host}/app\n`);
  await client.diagnostics('Dockerfile');
  const [action] = await offered(client, 'Dockerfile');
  const { result, cancel } = client.cancellable('codeAction/resolve', action);
  await isAsked;
  cancel();
  await assert.rejects(result, { code: -32800 });
});

test('a person sees that it takes, and may end it', patience, async () => {
  const registry = await serve(() => {});
  const client = await start({
    capabilities: { ...modern, window: { ...modern.window, workDoneProgress: true } },
  });
  client.open('Dockerfile', `FROM ${registry.host}/app\n`);
  await client.diagnostics('Dockerfile');
  const [action] = await offered(client, 'Dockerfile');
  const resolved = client.request<CodeAction>('codeAction/resolve', action);
  const { token, value } = await client.next<{ token: string; value: object }>('$/progress');
  assert.deepEqual(value, { kind: 'begin', title: action?.title, cancellable: true });
  client.notify('window/workDoneProgress/cancel', { token });
  assert.equal((await resolved).edit, undefined);
  assert.deepEqual(client.received('window/showMessage'), []);
});

test('the tags of an image, with what some of them are', patience, async () => {
  const registry = await newRegistry();
  const client = await start();
  const text = `FROM ${registry.host}/app:1\n`;
  client.open('Dockerfile', text);
  await client.diagnostics('Dockerfile');
  const action = (await offered(client, 'Dockerfile')).find(({ title }) => title.startsWith('Show tags'));
  assert.equal(action?.command?.command, 'bulkhead.pickImage');
  const [place] = action?.command?.arguments ?? [];
  const found = await client.request<ImageChoicesResult>('bulkhead/imageChoices', place);
  assert.deepEqual(
    found.choices.map(({ label, detail }) => `${label} ${detail}`),
    ['2.0.1', '2.0', '2', '1.0.0', '1', 'latest'].map(tag => `${tag} 2026-08-21, 1 MB`),
  );
  const uri = client.uriOf('Dockerfile');
  const { edit } = found.choices[0] ?? {};
  assert.equal(
    applyEdit(edit as WorkspaceEdit, { [uri]: text }, 1)[uri],
    `FROM ${registry.host}/app:2.0.1\n`,
  );
});

test('the images of a workspace, open or not', patience, async () => {
  const registry = await newRegistry();
  const image = `${registry.host}/app`;
  const client = await start({
    files: {
      Dockerfile: 'FROM scratch\n',
      'b/Dockerfile': `FROM ${image}:1\nFROM ${registry.host}/none:1\n`,
      'compose.yaml': compose(`${image}:2@${old.digest}`),
    },
  });
  const text = `FROM ${image}:2\n`;
  client.open('Dockerfile', text);
  await client.diagnostics('Dockerfile');
  const uri = client.uriOf('Dockerfile');
  const folders = [uri.slice(0, uri.lastIndexOf('/'))];
  const pin = (to: string) => client.request<PinImagesResult>('bulkhead/pinImages', { folders, to });
  const { edit, problems } = await pin('digests');
  const [other, project] = [client.uriOf('b/Dockerfile'), client.uriOf('compose.yaml')];
  const texts = {
    [uri]: text,
    [other]: `FROM ${image}:1\nFROM ${registry.host}/none:1\n`,
    [project]: compose(`${image}:2@${old.digest}`),
  };
  assert.deepEqual(applyEdit(edit as WorkspaceEdit, texts, 1), {
    [uri]: `FROM ${image}:2@${newest.digest}\n`,
    [other]: `FROM ${image}:1@${old.digest}\nFROM ${registry.host}/none:1\n`,
    [project]: compose(`${image}:2@${newest.digest}`),
  });
  assert.equal(problems.length, 1);
  assert.match(problems[0] ?? '', /has no image none/);
  const exact = applyEdit((await pin('versions')).edit as WorkspaceEdit, texts, 1);
  assert.equal(exact[uri], `FROM ${image}:2.0.1\n`);
});

test('the images of a workspace for one platform, whatever is known of another', patience, async () => {
  const registry = await newRegistry();
  const image = `${registry.host}/app:2`;
  const text = `FROM ${image}\n`;
  const client = await start({ files: { Dockerfile: text } });
  client.open('Dockerfile', text);
  await client.diagnostics('Dockerfile');
  const uri = client.uriOf('Dockerfile');
  const folders = [uri.slice(0, uri.lastIndexOf('/'))];
  const pin = (platform: string | null) =>
    client.request<PinImagesResult>('bulkhead/pinImages', { folders, to: 'digests', platform });
  const [amd, arm] = newest.images;
  const rows = [
    [null, newest],
    ['linux/arm64', arm],
    ['linux/amd64', amd],
    [null, newest],
  ] as const;
  for (const [platform, pinned] of rows) {
    const { edit, problems } = await pin(platform);
    const texts = applyEdit(edit as WorkspaceEdit, { [uri]: text }, 1);
    assert.deepEqual([texts[uri], problems], [`FROM ${image}@${pinned?.digest}\n`, []], String(platform));
  }
  const refusals = [
    ['linux/s390x', `${image} is not made for linux/s390x, only for linux/amd64, linux/arm64/v8.`],
    ['arm', 'arm is no platform. Write it as linux/amd64.'],
  ];
  for (const [platform = '', problem] of refusals)
    assert.deepEqual(await pin(platform), { edit: null, problems: [problem] });
});

test('in the background, hovers and completions come from the registry too', patience, async () => {
  const registry = await newRegistry();
  const client = await start({ lookups: 'background' });
  const texts = {
    Dockerfile: `FROM ${registry.host}/app:2.`,
    'compose.yaml': compose(`${registry.host}/app:`),
  };
  for (const [path, text] of Object.entries(texts)) {
    client.open(path, text);
    const line = path === 'Dockerfile' ? 0 : 2;
    const character = text.split('\n')[line]?.length ?? 0;
    const [first = assert.fail(), ...others] = await completed(client, path, { line, character });
    assert.deepEqual(
      [first, ...others.slice(0, 2)].map(({ label }) => label),
      ['2.0.1', '2.0', '2'],
      path,
    );
    assert.equal(first.textEdit?.newText, '2.0.1');
  }
  client.change('Dockerfile', 2, { text: `FROM ${registry.host}/app:2\n` });
  const value = await hovered(client, 'Dockerfile');
  for (const line of [
    `- Digest: \`${newest.digest}\` *(registry, just now)*`,
    '- Made: 2026-08-21T10:11:12.123456789Z *(registry, just now)*',
    '- Size: 1 MB compressed *(registry, just now)*',
    '- Platforms: `linux/amd64`, `linux/arm64/v8` *(registry, just now)*',
    '- User: `1000` *(registry, just now)*',
    '- Ports: `8080/tcp` *(registry, just now)*',
  ]) {
    assert.ok(value.includes(line), `${line}\n${value}`);
  }
});

test('the platform whose digest is written is picked', patience, async () => {
  const registry = await newRegistry();
  const client = await start();
  const image = `${registry.host}/app:2`;
  const text = `FROM ${image}@${old.digest}\nFROM ${registry.host}/single:main\n`;
  client.open('Dockerfile', text);
  await client.diagnostics('Dockerfile');
  const uri = client.uriOf('Dockerfile');
  const choices = async (line: number, title: string): Promise<readonly string[][]> => {
    const action = (await offered(client, 'Dockerfile', at(line, 8))).find(one =>
      one.title.startsWith(title),
    );
    const [place] = action?.command?.arguments ?? [];
    const found = await client.request<ImageChoicesResult>('bulkhead/imageChoices', place);
    return found.choices.map(({ label, edit }) => [
      label,
      applyEdit(edit as WorkspaceEdit, { [uri]: text }, 1)[uri]?.split('\n')[line] ?? '',
    ]);
  };
  const [amd, arm] = newest.images;
  assert.deepEqual(await choices(0, 'Choose the platform of the digest'), [
    ['All platforms', `FROM ${image}@${newest.digest}`],
    ['linux/amd64', `FROM ${image}@${amd?.digest}`],
    ['linux/arm64/v8', `FROM ${image}@${arm?.digest}`],
  ]);
  assert.deepEqual(await choices(1, 'Pin to digest for one platform'), [
    ['The only platform', `FROM ${registry.host}/single:main@${single.digest}`],
  ]);
});

test(
  'what an action has fetched is shown over the image, and more once a person asks',
  patience,
  async () => {
    const registry = await newRegistry();
    const client = await start();
    const text = `FROM ${registry.host}/app:2\n`;
    client.open('Dockerfile', text);
    await client.diagnostics('Dockerfile');
    const link = (words: string): string => {
      const place = [{ uri: client.uriOf('Dockerfile'), position: at(0, 5).start }];
      const target = encodeURIComponent(JSON.stringify(place));
      return `[${words}](command:bulkhead.askRegistry?${target})`;
    };
    assert.equal(await hovered(client, 'Dockerfile'), link(`Ask ${registry.host}`));
    assert.equal(registry.seen.length, 0);

    await choose(client, 'Dockerfile', text, 'Pin to digest');
    const asked = registry.seen.length;
    const known = [
      `- Digest: \`${newest.digest}\` *(registry, just now)*`,
      '- Platforms: `linux/amd64`, `linux/arm64/v8` *(registry, just now)*',
      '',
      link(`Ask ${registry.host} again`),
    ];
    assert.deepEqual((await hovered(client, 'Dockerfile')).split('\n'), known);
    assert.equal(registry.seen.length, asked);

    await askFor(client, 'Dockerfile', at(0, 5).start);
    const told = registry.seen.length;
    assert.match(await hovered(client, 'Dockerfile'), /- User: `1000` \*\(registry, just now\)\*/);
    client.change('Dockerfile', 2, { text: `FROM ${registry.host}/app:` });
    const tagsOffered = await completed(client, 'Dockerfile', at(0, 9 + registry.host.length + 1).start);
    assert.deepEqual(
      tagsOffered.map(({ label }) => label),
      ['2.0.1', '2.0', '2', '1.0.0', '1', 'latest'],
    );
    client.change('Dockerfile', 3, { text: `FROM ${registry.host}/app:2@` });
    const digests = await completed(client, 'Dockerfile', at(0, 9 + registry.host.length + 3).start);
    assert.deepEqual(
      digests.map(({ label, detail }) => [label, detail]),
      [
        [newest.digest, 'All platforms'],
        [newest.images[0]?.digest, 'linux/amd64'],
        [newest.images[1]?.digest, 'linux/arm64/v8'],
      ],
    );
    assert.equal(registry.seen.length, told);
  },
);

test('an editor without links to commands asks by an action', patience, async () => {
  const registry = await newRegistry();
  const client = await start({ initializationOptions: { picksImages: false } });
  client.open('compose.yaml', compose(`${registry.host}/app:2`));
  await client.diagnostics('compose.yaml');
  const action = (await offered(client, 'compose.yaml', inService)).at(-1);
  assert.equal(action?.title, `Ask about app (asks ${registry.host})`);
  assert.equal(await hovered(client, 'compose.yaml', inService.start), '');
  const { command, arguments: given } = action?.command ?? assert.fail();
  await client.request('workspace/executeCommand', { command, arguments: given });
  const { message } = await client.next<{ message: string }>('window/showMessage');
  assert.equal(message, `What is said of ${registry.host}/app:2 is shown over it now.`);
  assert.match(await hovered(client, 'compose.yaml', inService.start), /- Size: 1 MB compressed/);
});

test('a person who asks for what is not there is told', patience, async () => {
  const registry = await newRegistry();
  const client = await start();
  client.open('Dockerfile', `FROM ${registry.host}/none:2\n`);
  await client.diagnostics('Dockerfile');
  await askFor(client, 'Dockerfile', at(0, 5).start);
  const { message } = await client.next<{ message: string }>('window/showMessage');
  assert.match(message, /has no image none/);
  const asked = registry.seen.length;
  await askFor(client, 'Dockerfile', at(0, 0).start);
  assert.equal(registry.seen.length, asked);
});
