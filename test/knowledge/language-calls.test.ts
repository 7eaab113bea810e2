// What calls of package managers of languages do, and with which packages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPackageCall } from '../../server/core/knowledge/package-calls.ts';

const rows: readonly [command: string, call: string | null][] = [
  ['npm install -g b a', 'install b a'],
  ['npm i --prefix /x b', 'install b'],
  ['npm ci', 'restore'],
  ['npm run add b', 'null add b'],
  ['npm', null],
  ['yarn', 'restore'],
  ['yarn --frozen-lockfile', 'restore'],
  ['yarn --version', null],
  ['yarn global add b a', 'install b a'],
  ['yarn cache clean', 'clean clean'],
  ['pip install -r x b', 'install b'],
  ['pip install --index-url=x b', 'install b'],
  ['uv pip install b', 'install b'],
  ['uv run install b', 'null install b'],
  ['poetry add -G dev b', 'install b'],
  ['gem install b -- --with x', 'install b'],
  ['bundle --jobs 4', 'restore'],
  ['bundle config set without x', 'null set without x'],
  ['go mod download', 'restore'],
  ['go get -tool b', 'install b'],
  ['cargo install --git x b', 'install b'],
  ['composer require b', 'install b'],
  ['conda env create -f x', 'install'],
  ['conda install -n x -c y b', 'install b'],
  ['mix deps.get', null],
];

for (const [text, expected] of rows) {
  test(text, () => {
    const [name = '', ...args] = text.split(' ');
    const word = (value: string) => ({ value });
    const call = readPackageCall({ name, nameWord: word(name), args: args.map(word) });
    const said = call && [call.action, ...call.operands.map(({ value }) => value)];
    assert.equal(said?.map(String).join(' ') ?? null, expected);
  });
}
