// What a heavy image and its lighter variant weigh, once their registry has been asked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction, Range } from 'vscode-languageserver';
import { holding, serve, storedIndex } from '../support/fake-registry.ts';
import { askFor, at, patience, start } from './registry-session.ts';
import type { Session } from './session.ts';

const heavy = async (client: Session, file = 'Dockerfile'): Promise<string | undefined> =>
  (await client.diagnostics(file))
    .flatMap(({ code, message }) => (/^(?:compose-)?heavy-image$/.test(String(code)) ? String(message) : []))
    .at(0);

test('what images weigh is said once their registry has been asked', patience, async () => {
  const node = { '22': storedIndex('22'), '22-slim': storedIndex('22-slim') };
  const registry = await serve(holding({ 'library/node': node }));
  const text = 'FROM node:22\nUSER node\n';
  const background = await start({ lookups: 'background', mirror: registry.host });
  background.open('Dockerfile', text);
  await background.diagnostics('Dockerfile');
  while (!(await heavy(background))?.includes('(1 MB compressed) is')) {
    await background.next('workspace/diagnostic/refresh');
  }
  const asked = registry.seen.length;

  const onDemand = await start({ mirror: registry.host });
  onDemand.open('Dockerfile', text);
  assert.match((await heavy(onDemand)) ?? '', /^node:22 brings compilers/);
  assert.equal(registry.seen.length, asked);
  await askFor(onDemand, 'Dockerfile', at(0, 5).start);
  while (!(await heavy(onDemand))?.startsWith('node:22 (1 MB compressed) brings')) {
    await onDemand.next('workspace/diagnostic/refresh');
  }
});

const places: readonly [file: string, text: string, place: Range][] = [
  ['Dockerfile', 'FROM node:22\nUSER node\n', at(0, 5)],
  ['compose.yaml', 'services:\n  app:\n    image: node:22\n', at(2, 11)],
];
for (const [file, text, place] of places) {
  test(
    `${file}: an action asks what a heavy image and its lighter variant weigh, and writes nothing`,
    patience,
    async () => {
      const node = { '22': storedIndex('22'), '22-slim': storedIndex('22-slim') };
      const registry = await serve(holding({ 'library/node': node }));
      const client = await start({ mirror: registry.host });
      client.open(file, text);
      await client.diagnostics(file);
      const offered = async () =>
        (await client.actions(file, place)).find(({ title }) => title.startsWith('Look up what both weigh'));
      const action = (await offered()) ?? assert.fail();
      assert.equal(action.title, 'Look up what both weigh (asks Docker Hub)');
      assert.deepEqual(registry.seen, []);
      const { edit } = await client.request<CodeAction>('codeAction/resolve', action);
      assert.equal(edit, undefined);
      while (
        !/^node:22 \(1 MB compressed\) brings .*slim \(1 MB compressed\)/.test(
          (await heavy(client, file)) ?? '',
        )
      ) {
        await client.next('workspace/diagnostic/refresh');
      }
      assert.equal(await offered(), undefined);
    },
  );
}
