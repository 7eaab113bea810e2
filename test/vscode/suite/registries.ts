// Images in a registry on this machine, as a person pins them.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CodeAction,
  commands,
  type Hover,
  type MarkdownString,
  Position,
  Range,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import { type Test, when } from '../support/suite.ts';
import { isPage, open } from './files.ts';

const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

const rootfs = { type: 'layers', diff_ids: [] };
const config = JSON.stringify({ os: 'linux', architecture: 'arm64', config: {}, history: [], rootfs });
const manifest = JSON.stringify({ schemaVersion: 2, config: { digest: sha256(config) }, layers: [] });
const digest = sha256(manifest);

/** Holds one image, app, under two tags. */
async function withRegistry(run: (host: string) => Promise<void>): Promise<void> {
  const server = http.createServer(({ url = '' }, response) => {
    const isList = url.startsWith('/v2/app/tags/list');
    const isThere = /^\/v2\/app\/manifests\/(?:1|1\.2\.3)$/.test(url);
    const found = isList
      ? '{"tags":["1","1.2.3"]}'
      : isThere
        ? manifest
        : url.includes('/blobs/')
          ? config
          : '';
    response.writeHead(found === '' ? 404 : 200, isThere ? { 'docker-content-digest': digest } : {});
    response.end(found);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    await run(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** Presses the button again and again until what waits for it is done. */
async function press(command: string, done: Thenable<unknown>): Promise<void> {
  const state = { isDone: false };
  const ended = done.then(() => {
    state.isDone = true;
  });
  while (!state.isDone) {
    try {
      await commands.executeCommand(command);
    } catch {
      // What it belongs to is not there yet.
    }
    await Promise.race([ended, new Promise(resolve => setImmediate(resolve))]);
  }
}

/** The editor drops an answer when findings change meanwhile: it asks again. */
async function pinAction(document: TextDocument, title: string): Promise<CodeAction | undefined> {
  for (let asked = 1; ; asked++) {
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new Range(0, 8, 0, 8),
      'refactor.rewrite.pin.bulkhead',
      10,
    );
    const action = actions.find(one => one.title.startsWith(title));
    if (action?.edit || asked === 5) return action;
  }
}

/** All that is said over the image of a FROM. */
async function hoverOf({ uri }: TextDocument): Promise<string> {
  const place = new Position(0, 8);
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', uri, place);
  const texts = hovers.flatMap(({ contents }) => contents.map(part => (part as MarkdownString).value));
  return texts.join('\n');
}

export const registries: readonly Test[] = [
  [
    'a registry is asked from the hover of an image, which then shows what it said',
    () =>
      withRegistry(async host => {
        const document = await open('asked/Dockerfile', `FROM ${host}/app:1\n`);
        const [, target = ''] =
          /\(command:bulkhead\.askRegistry\?([^)]*)\)/.exec(await hoverOf(document)) ?? [];
        const [place] = JSON.parse(decodeURIComponent(target));
        await commands.executeCommand('bulkhead.askRegistry', place);
        assert.ok((await hoverOf(document)).includes(digest));
        assert.deepEqual(window.activeTextEditor?.selection.active, new Position(0, 'FROM '.length));
      }),
  ],
  [
    'an image is pinned to its digest and to its exact version from the lightbulb',
    () =>
      withRegistry(async host => {
        const rows = [
          ['Pin to digest', `FROM ${host}/app:1@${digest}\n`],
          ['Pin to the exact version', `FROM ${host}/app:1.2.3\n`],
        ] as const;
        for (const [title, after] of rows) {
          const document = await open(`${title.replaceAll(' ', '-')}/Dockerfile`, `FROM ${host}/app:1\n`);
          const action = await pinAction(document, title);
          assert.ok(action?.edit && (await workspace.applyEdit(action.edit)), title);
          assert.equal(document.getText(), after);
          await document.save();
        }
      }),
  ],
  [
    'the images of the workspace are pinned once the changes have been confirmed',
    () =>
      withRegistry(async host => {
        const document = await open('pinned/Dockerfile', `FROM ${host}/app:1\n`);
        const pinned = commands.executeCommand('bulkhead.pinImages', { to: 'versions' });
        // Before, there is a notification whose button ends the search.
        await when('the differences', [window.tabGroups.onDidChangeTabs], () =>
          window.tabGroups.activeTabGroup.activeTab?.label.startsWith('Pinned images'),
        );
        await press('notification.acceptPrimaryAction', pinned);
        assert.equal(document.getText(), `FROM ${host}/app:1.2.3\n`);
        await document.save();
      }),
  ],
  [
    'the images of the workspace are pinned for one platform',
    () =>
      withRegistry(async host => {
        const document = await open('platform/Dockerfile', `FROM ${host}/app:1\n`);
        const wish = { to: 'digests', platform: 'linux/arm64' };
        const pinned = commands.executeCommand('bulkhead.pinImages', wish);
        await when('the differences', [window.tabGroups.onDidChangeTabs], () =>
          window.tabGroups.activeTabGroup.activeTab?.label.startsWith('Pinned images'),
        );
        await press('notification.acceptPrimaryAction', pinned);
        assert.equal(document.getText(), `FROM ${host}/app:1@${digest}\n`);
        await document.save();
      }),
  ],
  [
    'Inspect Image Size reads what no engine has from its registry, once the button is pressed',
    () =>
      withRegistry(async host => {
        const image = `${host}/app:1`;
        await commands.executeCommand('bulkhead.inspectSize', image);
        const shown = when('the page', [window.tabGroups.onDidChangeTabs], () => isPage(`Size: ${image}`));
        // Once: the button of the notification that comes next ends the reading.
        await commands.executeCommand('notification.acceptPrimaryAction');
        await shown;
        await commands.executeCommand('workbench.action.closeAllEditors');
      }),
  ],
  [
    'a tag is picked',
    () =>
      withRegistry(async host => {
        const document = await open('picked/Dockerfile', `FROM ${host}/app:1\n`);
        const shown = commands.executeCommand('bulkhead.pickImage', {
          of: 'tags',
          uri: document.uri.toString(),
          start: 'FROM '.length,
        });
        await press('workbench.action.acceptSelectedQuickOpenItem', shown);
        assert.equal(document.getText(), `FROM ${host}/app:1.2.3\n`);
        await document.save();
      }),
  ],
];
