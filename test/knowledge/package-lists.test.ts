// Which words of a command are a list of packages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packageList } from '../../server/core/knowledge/package-lists.ts';

const rows: readonly [command: string, list: string | null][] = [
  ['npm install -g b a', 'b a'],
  ['npm i --prefix /x b', 'b'],
  ['npm ci', null],
  ['npm run add b', null],
  ['yarn global add b a', 'b a'],
  ['pip install -r x b', 'b'],
  ['pip install --index-url=x b', 'b'],
  ['uv pip install b', 'b'],
  ['uv run install b', null],
  ['composer require b', 'b'],
  ['gem install b', null],
];

for (const [command, list] of rows) {
  test(command, () => {
    const [program = '', ...args] = command.split(' ');
    const words = packageList(
      program,
      args.map(value => ({ value })),
    );
    assert.equal(words?.map(({ value }) => value).join(' ') ?? null, list);
  });
}
