// What BuildKit refuses only when it comes to build: every row is refused at a place, or accepted where none is given.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import type { ProblemCode } from '../../server/core/model/dockerfile/problem-texts.ts';
import { at } from './dockerfile/show.ts';

type Rows = readonly (readonly [text: string, code?: ProblemCode, place?: string])[];

// biome-ignore format: one row a case
const words: Rows = [
  ['FROM a\nENV A="b c" D=\'e f\' G="${H:-i}"'],
  ['FROM a\nENV A="b', 'unclosed-double-quote', '"b'],
  ['FROM a\nENV A=b"c', 'unclosed-double-quote', '"c'],
  ["FROM a\nLABEL A='b", 'unclosed-single-quote', "'b"],
  ['FROM a\nENV A="b\\"', 'unclosed-double-quote', '"b\\"'],
  ['FROM a\nENV A="b\\\nc', 'unclosed-double-quote', '"b\\\nc'],
  ['FROM a\nENV "A=b"', 'unclosed-double-quote', '"A'],
  ['FROM a\nARG "A=b"', 'unclosed-double-quote', '"A'],
  ["FROM a\nARG 'A=b", 'unclosed-single-quote', "'A"],
  ['FROM a\nENV A=${b', 'unclosed-brace', '${b'],
  ['FROM a\nENV A=${b:-c', 'unclosed-brace', '${b:-c'],
  ['FROM a\nENV A=x${}y', 'bad-substitution', '${}'],
  ['FROM a\nENV A=${:b}', 'bad-substitution', '${:b}'],
  ['FROM a\nENV A=${b:c}', 'unknown-modifier', '${b:c}'],
  ['FROM a\nENV A=${b:}', 'unknown-modifier', '${b:}'],
  ['FROM a\nENV A=${b^^}', 'unknown-modifier', '${b^^}'],
  ['FROM a\nENV A=${b:?c} D=${e?} F=${g#h} I=${j%%k} L=${m/n/o} P=${q//r/s}'],
  ['FROM a\nCOPY b ${c:d}', 'unknown-modifier', '${c:d}'],
  ['FROM a\nCOPY ["b", "${c:d}"]', 'unknown-modifier', '"${c:d}"'],
  ['FROM a\nCOPY --chown=${b:c} d e', 'unknown-modifier', '${b:c}'],
  ['FROM a\nUSER "b', 'unclosed-double-quote', '"b'],
  ['FROM a\nWORKDIR /b\'c', 'unclosed-single-quote', "'c"],
  ['FROM a\nEXPOSE ${b:c}', 'unknown-modifier', '${b:c}'],
  ['FROM a\nVOLUME ${b:c}', 'unknown-modifier', '${b:c}'],
  ['FROM a\nRUN echo "b ${c:d}'],
  ['FROM a\nCMD echo "b ${c:d}'],
  ['FROM a\nCOPY <<E /b\nit\'s ${c}\nE'],
  ['FROM a\nCOPY <<E /b\nlisten ${c:d};\nE', 'unknown-modifier', '${c:d}'],
  ['FROM a\nCOPY <<"E" /b\n${c:d}\nE'],
  ['FROM a\nRUN <<E\n${c:d}\nE'],
];

// biome-ignore format: one row a case
const images: Rows = [
  ['FROM a'],
  ['FROM a.b:5000/c/d_e--f:G.1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'],
  ['FROM --platform=linux/arm/v7 a'],
  ['FROM --platform=windows(10.0.20348)/amd64 a'],
  ['FROM --platform=$BUILDPLATFORM a'],
  ['FROM --platform=linux/amd64/ a', 'invalid-platform', '--platform=linux/amd64/'],
  ['FROM --platform=linux,amd64 a', 'invalid-platform', '--platform=linux,amd64'],
  ['FROM a/B', 'invalid-image', 'a/B'],
  ['FROM a:', 'invalid-image', 'a:'],
  ['FROM a:b^ AS c', 'invalid-image', 'a:b^'],
  ['FROM a@sha256:1', 'invalid-image', 'a@sha256:1'],
  ['FROM https://a/b', 'invalid-image', 'https://a/b'],
  ['FROM a AS B\nFROM B'],
  ['FROM $A'],
  ['FROM a\nCOPY --from=b:c^ d e', 'invalid-copy-source', '--from=b:c^'],
  ['FROM a AS B\nFROM a\nCOPY --from=B c d'],
  ['FROM a\nCOPY --from=0 c d'],
];

// biome-ignore format: one row a case
const ports: Rows = [
  ['FROM a\nEXPOSE 80 443/tcp 53/UDP 8000-8010 1-1/sctp 0'],
  ['FROM a\nEXPOSE 1.2.3.4:80:80 [::1]:80:80 80:80 "81"'],
  ['FROM a\nEXPOSE $A 80$B'],
  ['FROM a\nEXPOSE b', 'invalid-port', 'b'],
  ['FROM a\nEXPOSE 80,443', 'invalid-port', '80,443'],
  ['FROM a\nEXPOSE 80-', 'invalid-port', '80-'],
  ['FROM a\nEXPOSE 80:', 'invalid-port', '80:'],
  ['FROM a\nEXPOSE 1 65536', 'port-out-of-range', '65536'],
  ['FROM a\nEXPOSE 1-70000', 'port-out-of-range', '1-70000'],
  ['FROM a\nEXPOSE 90-80', 'reversed-ports', '90-80'],
  ['FROM a\nEXPOSE 80/http', 'invalid-protocol', '80/http'],
  ['FROM a\nEXPOSE 80/tcp/udp', 'several-protocols', '80/tcp/udp'],
  ['FROM a\nEXPOSE b.c:80:80', 'invalid-address', 'b.c:80:80'],
];

// biome-ignore format: one row a case
const others: Rows = [
  ['FROM a\nSTOPSIGNAL SIGTERM'],
  ['FROM a\nSTOPSIGNAL "rtmin+3"'],
  ['FROM a\nSTOPSIGNAL 9'],
  ['FROM a\nSTOPSIGNAL $S'],
  ['FROM a\nSTOPSIGNAL 0', 'invalid-signal', '0'],
  ['FROM a\nSTOPSIGNAL SIGFOO', 'invalid-signal', 'SIGFOO'],
  ['FROM a\nSTOPSIGNAL RTMIN+16', 'invalid-signal', 'RTMIN+16'],
  ['FROM a\nSTOPSIGNAL SIGTERM b', 'extra-argument', 'b'],
  ['FROM a\nSTOPSIGNAL SIGTERM \\\nb', 'extra-argument', 'b'],
  ['FROM a\nCOPY --chmod=0755 b c'],
  ['FROM a\nCOPY --chmod=u=rwX,go+r b c'],
  ['FROM a\nCOPY --chmod=$B c d'],
  ['FROM a\nCOPY --chmod=64a b c', 'invalid-mode', '--chmod=64a'],
  ['FROM a\nADD --chmod=10000 b c', 'invalid-mode', '--chmod=10000'],
  ['FROM a\nCOPY https://b/c d', 'remote-copy', 'https://b/c'],
  ['FROM a\nADD https://b/c d'],
  ['FROM a\nADD --checksum=sha256:0 b c', 'local-checksum', '--checksum=sha256:0'],
  ['FROM a\nADD --checksum=sha256:0 https://b/c d', 'invalid-checksum', '--checksum=sha256:0'],
  [`FROM a\nADD --checksum=sha256:${'0'.repeat(64)} https://b/c d`],
  ['FROM a\nADD --checksum=$SUM https://b/c d'],
  ['FROM a\nADD --checksum=0123456789abcdef https://b/c.git#v1 d'],
  ['FROM a\nADD --checksum=sha256:0 https://b/c https://b/d e/', 'several-checksums', '--checksum=sha256:0'],
  ['FROM a\nCOPY --link --chown=b c d', 'linked-by-name', '--chown=b'],
  ['FROM a\nCOPY --link --chown=1:2 c d'],
  ['FROM a\nCOPY --link=false --chown=b c d'],
  ['FROM a\nRUN --mount=type=cache,target=/ b', 'mount-on-root', '--mount=type=cache,target=/'],
  ['FROM scratch\nRUN --mount=type=cache b', 'mount-on-root', '--mount=type=cache'],
  ['FROM a\nWORKDIR /b\nRUN --mount=type=bind c'],
  ['FROM a\rRUN b', 'carriage-return', 'FROM'],
  ['FROM a\rRUN b \\\r  c\r# d\r\rUSER e', 'carriage-return', 'FROM'],
  ['FROM a\nSHELL [ "b\\ \r \t\r c" ]', 'carriage-return', 'SHELL'],
  ['FROM a\nHEALTHCHECK CM\r b', 'unknown-check', 'CM'],
  ['FROM a\r\nRUN b\r\r\n'],
];

for (const [group, rows] of Object.entries({ words, images, ports, others })) {
  for (const [text, code, place] of rows) {
    test(`${group}: ${JSON.stringify(text)}`, () => {
      const model = parseDockerfile(text);
      const [first] = model.problems;
      assert.deepEqual([first?.code, first && at(model, first.span)], [code, place]);
    });
  }
}
