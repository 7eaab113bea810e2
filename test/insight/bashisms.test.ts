// Bashisms: what each shell knows, and what is only text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bashismsIn } from '../../server/core/insight/bashisms.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { spanText } from '../../server/core/text/span.ts';
import { lastOf } from '../support/dockerfile.ts';

const rows: readonly [run: string, dash: string, ash?: string][] = [
  ['pushd /a && declare -x A=1', 'pushd', 'pushd'],
  ['let i=1 && source a', 'let source'],
  ['shopt -s nullglob', 'shopt', 'shopt'],
  [`make \${A^^} "\${B:0:1}" \${C: -1} \${D[0]}`, `\${A^^} "\${B:0:1}" \${D[0]}`, `\${A^^} \${D[0]}`],
  [`make \${A:-0} \${A:-/b} \${A%/*} \${#A} "\${A:?b}" {} \${A}/{b} $(a) \`b\` {a}`, ''],
  [`echo '\${A^^}' '{a,b}' "{a,b}" '<(a)' --format '{{.A}}'`, ''],
  ['a <<< b && c &> d', '<<< &>'],
  ['a > b 2>&1 && c >&2', ''],
  ['diff <(a) <(b)', '<(a)'],
  ['touch a{1..3} "$A"{b,c}', 'a{1..3}'],
  ['function a { b; }; a', 'function'],
  ['echo function a', ''],
  ['a |& b', '|&', '|&'],
  ['set -eo pipefail && a', 'pipefail'],
  ['A+=b && c', 'A+=b'],
  ['A=(b c)', 'A=(b c)', 'A=(b c)'],
  ['A=b C="(d)" e', ''],
  ['[ a = b ] && test a == b', '=='],
  ['echo -n a && echo a -e && echo -ne b', '-ne'],
  ['sh -c "source a" && bash -c "pushd b" && bash <(c)', 'source <(c)'],
  ['if [[ -f b ]]; then c; fi', '[['],
  ['echo "[[ a ]]" [[ b', ''],
  ['<<EOF\nlet a\n# [[ b ]]\nEOF', 'let'],
  ['<<EOF\n#!/bin/bash\nb\nEOF', ''],
];
for (const [run, dash, ash = ''] of rows) {
  test(run, () => {
    const text = `FROM a\nRUN ${run}\n`;
    const { script } = lastOf(parseDockerfile(text), 'RUN');
    const found = (shell: 'dash' | 'ash'): string =>
      bashismsIn(script, shell)
        .map(({ at }) => spanText(text, at))
        .join(' ');
    assert.deepEqual([found('dash'), found('ash')], [dash, ash]);
  });
}
