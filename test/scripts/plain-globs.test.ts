// What is shipped takes no globs apart: to the shell model that makes no difference.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { plainGlobs } from '../../scripts/bundle-plugins.ts';
import { inRepository } from '../../scripts/repository.ts';
import * as tested from '../../server/core/model/shell/parse.ts';
import { rules } from '../../server/core/rules/index.generated.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-globs-'));
after(() => rmSync(folder, { recursive: true }));

async function shippedParser(): Promise<typeof tested> {
  const outfile = path.join(folder, 'parse.mjs');
  await build({
    entryPoints: [inRepository('server/core/model/shell/parse.ts')],
    bundle: true,
    format: 'esm',
    outfile,
    plugins: [plainGlobs],
  });
  return import(pathToFileURL(outfile).href);
}

/** All that is told of a text: getters, too. */
function outline({ parseShell }: typeof tested, text: string): unknown {
  const { complete, commands, redirects } = parseShell(
    { text, segments: [{ from: 0, at: 0, length: text.length }] },
    'posix',
  );
  const wordOf = (word: (typeof commands)[number]['nameWord']) =>
    word && [word.raw, word.value, word.span, word.variables];
  return [
    complete,
    commands.map(({ name, nameWord, args, assignments, span }) => [
      ...[name, span, wordOf(nameWord), args.map(wordOf)],
      assignments.map(each => [each.name, wordOf(each.value)]),
    ]),
    redirects.map(({ operator, target }) => [operator, wordOf(target)]),
  ];
}

const globs = [
  'rm -rf /var/lib/apt/lists/* [a-z]?.txt !(keep|*.log) "a*"$b* ~/*/$(ls *.d)[0-9]',
  "A=*.c B=(a* [x]=b? [y*]=c) cp *.{c,h} 'q?'*\\* ${x%.*} ${y/[a]*/b} >out.*",
  'case $1 in [Yy]*|?es) echo *;; esac; [[ $a == *.txt && $b =~ ^[a-z]+$ ]] && for f in */; do cat <<<"$f"*; done',
  'echo [ [] [!] []] [[:alpha:]] a[ b] @(x|y)*+([0-9])\\\n*',
];

test('globs read the same in what is shipped', async () => {
  const shipped = await shippedParser();
  const examples = rules.flatMap(({ examples: { bad, good } }) => [...bad, ...good].map(({ code }) => code));
  for (const text of [...globs, ...examples.filter(code => /[*?[]/.test(code))])
    assert.deepEqual(outline(shipped, text), outline(tested, text), text);
});
