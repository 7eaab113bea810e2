// What was meant by a text that BuildKit refuses: the text, and what the edits of its problems make of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { applyEdits } from '../../server/core/text/edit.ts';

/** The same text: nothing can be told. */
const same = null;

// biome-ignore format: one row a case
const rows: readonly (readonly [text: string, meant: string | null])[] = [
  ['FROM a\nRNU b', 'FROM a\nRUN b'],
  ['from a\nrnu b', 'from a\nrun b'],
  ['FROM a\nXYZZY b', same],
  ['FROM a b', 'FROM a AS b'],
  ['FROM a AS', 'FROM a'],
  ['FROM a of b', 'FROM a AS b'],
  ['FROM a AS b c', same],
  ['FROM a\nENV A=b c', 'FROM a\nENV A="b c"'],
  ['FROM a\nENV A=b c d E=f', 'FROM a\nENV A="b c d" E=f'],
  ['FROM a\nENV A="b" c', same],
  ['FROM a\nENV A=b \\\n  c', same],
  ['FROM a\nARG A = b', 'FROM a\nARG A=b'],
  ['FROM a\nARG A =b', 'FROM a\nARG A=b'],
  ['FROM a\nENV =b', same],
  ['FROM a\nCOPY --CHOWN=b c d', 'FROM a\nCOPY --chown=b c d'],
  ['FROM a\nCOPY --lnik c d', 'FROM a\nCOPY --link c d'],
  ['FROM a\nCOPY --link= c d', 'FROM a\nCOPY --link c d'],
  ['FROM a\nCOPY --link=yes c d', 'FROM a\nCOPY --link=true c d'],
  ['FROM a\nCOPY --chown=1 --chown=1 c d', 'FROM a\nCOPY --chown=1 c d'],
  ['FROM a\nRUN --network=nne b', 'FROM a\nRUN --network=none b'],
  ['FROM a\nRUN --mount=typ=cache,target=/b c', 'FROM a\nRUN --mount=type=cache,target=/b c'],
  ['FROM a\nRUN --mount=type=cahce,target=/b c', 'FROM a\nRUN --mount=type=cache,target=/b c'],
  ['FROM a\nHEALTHCHECK --interval=30 CMD b', 'FROM a\nHEALTHCHECK --interval=30s CMD b'],
  ['FROM a\nHEALTHCHECK --interval=1min CMD b', 'FROM a\nHEALTHCHECK --interval=1m CMD b'],
  ['FROM a\nHEALTHCHECK --interval=1x CMD b', same],
  ['FROM a\nHEALTHCHECK curl -f b', 'FROM a\nHEALTHCHECK CMD curl -f b'],
  ['FROM a\nHEALTHCHECK CDM b', 'FROM a\nHEALTHCHECK CMD b'],
  ['FROM a\nHEALTHCHECK NONE b', 'FROM a\nHEALTHCHECK NONE'],
  ['FROM a\nONBUILD ONBUILD RUN b', 'FROM a\nONBUILD RUN b'],
  ['FROM a\nSHELL /bin/sh -c', 'FROM a\nSHELL ["/bin/sh", "-c"]'],
  ["FROM a\nSHELL ['/bin/sh', '-c',]", 'FROM a\nSHELL ["/bin/sh", "-c"]'],
  ['FROM a\nSHELL ["a" \\\n  "b"', 'FROM a\nSHELL ["a", \\\n  "b"]'],
  ['FROM a\nCMD ["b", 1]', 'FROM a\nCMD ["b", "1"]'],
  ['FROM a\nENV A="b', 'FROM a\nENV A="b"'],
  ['FROM a\nENV A=${b:c}', 'FROM a\nENV A=${b:-c}'],
  ['FROM a\nENV A=${Env:B}', 'FROM a\nENV A=${B}'],
  ['FROM a\nENV A=${b:}', 'FROM a\nENV A=${b}'],
  ['FROM A:B', 'FROM a:B'],
  ['FROM https://A.io:5000/B', 'FROM a.io:5000/b'],
  ['FROM a\nEXPOSE 80,443', 'FROM a\nEXPOSE 80 443'],
  ['FROM a\nEXPOSE 80/tcp,udp', 'FROM a\nEXPOSE 80/tcp 80/udp'],
  ['FROM a\nEXPOSE 80/tpc', 'FROM a\nEXPOSE 80/tcp'],
  ['FROM a\nSTOPSIGNAL SIGTREM', 'FROM a\nSTOPSIGNAL SIGTERM'],
  ['FROM a\nSTOPSIGNAL SIGTERM b', 'FROM a\nSTOPSIGNAL SIGTERM'],
  ['FROM a\nCOPY https://b/c d', 'FROM a\nADD https://b/c d'],
  ['FROM a\rRUN b\rRUN c', 'FROM a\nRUN b\nRUN c'],
];

for (const [text, meant] of rows) {
  test(JSON.stringify(text), () => {
    const [first] = parseDockerfile(text).problems;
    const repaired = applyEdits(text, first?.meant ?? []);
    assert.equal(repaired, meant ?? text);
    if (meant !== null) assert.deepEqual(parseDockerfile(repaired).problems, []);
  });
}
