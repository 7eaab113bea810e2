// Words, flags, mounts, pairs and ports of an instruction: their values, and their places in the file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instruction } from '../../server/core/model/dockerfile/model.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { fileSpan } from '../../server/core/text/mapped-text.ts';
import { spanText } from '../../server/core/text/span.ts';
import { at, lastOf, showKnown } from './dockerfile/show.ts';

const onlyInstruction = (text: string): Instruction => {
  const [instruction, second] = parseDockerfile(text).instructions;
  assert.ok(instruction);
  assert.equal(second, undefined);
  return instruction;
};

/** A word as `raw`, or `[raw, value]` where quotes and escapes make a difference. */
// biome-ignore format: one row a case
const words: readonly [text: string, words: (string | [raw: string, value: string])[]][] = [
  ['FROM a  AS b', ['a', 'AS', 'b']],
  ['EXPOSE 80 "$A"/tcp', ['80', ['"$A"/tcp', '$A/tcp']]],
  ['COPY a\\ b \'c\' /', [['a\\', 'a'], 'b', ["'c'", 'c'], '/']],
  ['COPY ["a b", "c\\\\d", "\\u0041"]', [['"a b"', 'a b'], ['"c\\\\d"', 'c\\d'], ['"\\u0041"', 'A']]],
  ['VOLUME ["/a"]', [['"/a"', '/a']]],
  ['RUN a "b" c', ['a "b" c']],
  ['CMD ["a", "b"]', [['"a"', 'a'], ['"b"', 'b']]],
  ['HEALTHCHECK --retries=1 CMD a "b"', ['CMD', 'a "b"']],
  ['HEALTHCHECK CMD ["a"]', ['CMD', ['"a"', 'a']]],
  ['USER "a b"', [['"a b"', 'a b']]],
  ['WORKDIR /a b', ['/a b']],
  ['ARG a="b c" d', [['a="b c"', 'a=b c'], 'd']],
  ['ENV a=${b:-"c"}', ['a=${b:-"c"}']],
  ['ENV a b "c"', ['a', ['b "c"', 'b c']]],
  ['ENV a="b', ['a="b']],
  ['ONBUILD RUN a b', ['RUN a b']],
  ['MAINTAINER "me"', ['"me"']],
  ['FOO a b', ['a', 'b']],
  ['RUN', []],
];
for (const [text, expected] of words) {
  test(`words: ${text}`, () => {
    const { words: found } = onlyInstruction(text);
    assert.deepEqual(
      found.map(({ raw, value }) => (raw === value ? raw : [raw, value])),
      expected,
    );
    assert.deepEqual(
      found.map(({ span }) => spanText(text, span)),
      found.map(({ raw }) => raw),
    );
  });
}

test('a word over two lines covers both', () => {
  const text = 'USER a\\\nb\n';
  const [word] = onlyInstruction(text).words;
  assert.equal(word?.raw, 'ab');
  assert.equal(word && spanText(text, word.span), 'a\\\nb');
});

/** Places of the parts of a flag: all of it, its name, its value. */
// biome-ignore format: one row a case
const flags: readonly [text: string, name: string, value: string | null, places: [string, string, string | null]][] = [
  ['RUN --network=none a', 'network', 'none', ['--network=none', 'network', 'none']],
  ['COPY --link a b', 'link', null, ['--link', 'link', null]],
  ['COPY --from= a b', 'from', '', ['--from=', 'from', '']],
  ['COPY --FROM=a b', 'from', 'a', ['--FROM=a', 'FROM', 'a']],
  ['RUN --mount="a=b c" x', 'mount', 'a=b c', ['--mount="a=b c"', 'mount', 'a=b c']],
  ['RUN --mount=a\\ b x', 'mount', 'a b', ['--mount=a\\ b', 'mount', 'a\\ b']],
  ['RUN --mount=a,\\\nb x', 'mount', 'a,b', ['--mount=a,\\\nb', 'mount', 'a,\\\nb']],
];
for (const [text, name, value, places] of flags) {
  test(`flag: ${JSON.stringify(text)}`, () => {
    const model = parseDockerfile(text);
    const [flag] = model.instructions[0]?.flags ?? [];
    assert.ok(flag);
    assert.deepEqual([flag.name, flag.value], [name, value]);
    assert.deepEqual([at(model, flag.span), at(model, flag.nameSpan), at(model, flag.valueSpan)], places);
  });
}

/** Options as `name=value`, and their places. */
// biome-ignore format: one row a case
const mounts: readonly [text: string, type: string, options: string[], places?: string[]][] = [
  ['RUN --mount=target=/a x', 'bind', ['target=/a']],
  ['RUN --mount=type=CACHE,target=/a,ro x', 'cache', ['type=CACHE', 'target=/a', 'ro='], ['type=CACHE', 'target=/a', 'ro']],
  ['RUN --mount=ID=a,env= x', 'bind', ['id=a', 'env='], ['ID=a', 'env=']],
  ['RUN --mount="type=ssh,id=a b" x', 'ssh', ['type=ssh', 'id=a b']],
  ['RUN --mount=type=bind,\\"source=a,b\\",ro x', 'bind', ['type=bind', 'source=a,b', 'ro='], ['type=bind', '"source=a,b\\"', 'ro']],
  ['RUN --mount=type=bind,\\\n  target=/b x', 'bind', ['type=bind']],
  ['RUN --mount=a=b=c x', 'bind', ['a=b=c']],
  ['RUN --mount x', 'bind', []],
];
for (const [text, type, options, places = options] of mounts) {
  test(`mount: ${JSON.stringify(text)}`, () => {
    const [mount] = lastOf(parseDockerfile(text), 'RUN').mounts;
    assert.equal(mount?.type, type);
    const found = [...(mount?.options ?? [])];
    assert.deepEqual(
      found.map(([name, { value }]) => `${name}=${value}`),
      options,
    );
    assert.deepEqual(
      found.map(([, { span }]) => spanText(text, span)),
      places,
    );
  });
}

/** Pairs as `name=value`, the value as written; a name alone has none. */
// biome-ignore format: one row a case
const pairs: readonly [text: string, pairs: string[], resolved: (string | null)[], places?: string[]][] = [
  ['ENV a=1 b="x y"', ['a=1', 'b="x y"'], ['1', 'x y']],
  ['ENV a x  "y"', ['a=x  "y"'], ['x  y'], ['a x  "y"']],
  ['ENV a', ['a'], [null]],
  ['ENV a=$a b=$a', ['a=$a', 'b=$a'], ['? variable', '? variable']],
  ['LABEL "a b"=c', ['a b=c'], ['c'], ['"a b"=c']],
  ['ARG a "b=c" d="e"', ['a', '"b=c"', 'd="e"'], [null, '? unparsed', 'e']],
  ['ARG a=1 b=$a', ['a=1', 'b=$a'], ['1', '1']],
  ['ENV a=b \\\n  c=\\\nd', ['a=b', 'c=d'], ['b', 'd'], ['a=b', 'c=\\\nd']],
];
for (const [text, expected, resolved, places = expected] of pairs) {
  test(`pairs: ${JSON.stringify(text)}`, () => {
    const instruction = onlyInstruction(text);
    const found = 'pairs' in instruction ? instruction.pairs : [];
    assert.deepEqual(
      found.map(({ name, value }) => (value === null ? name : `${name}=${value.raw}`)),
      expected,
    );
    assert.deepEqual(
      found.map(pair => showKnown(pair.resolved)),
      resolved,
    );
    assert.deepEqual(
      found.map(({ span }) => spanText(text, span)),
      places,
    );
  });
}

// biome-ignore format: one row a case
const ports: readonly [text: string, ports: string[]][] = [
  ['EXPOSE 80', ['80/tcp']],
  ['EXPOSE 80/UDP 443/sctp', ['80/udp', '443/sctp']],
  ['EXPOSE 8000-8010/udp', ['8000/udp']],
  ['EXPOSE 127.0.0.1:80:8080', ['8080/tcp']],
  ['EXPOSE a 70000', ['null/tcp', 'null/tcp']],
  ['EXPOSE $P/udp', ['null/udp']],
  ['ARG P="80 90/udp"\nEXPOSE $P', ['80/tcp', '90/udp']],
  ['ARG P\nEXPOSE ${P:-8080}', ['8080/tcp']],
];
for (const [text, expected] of ports) {
  test(`ports: ${JSON.stringify(text)}`, () => {
    const found = lastOf(parseDockerfile(text), 'EXPOSE').ports;
    assert.deepEqual(
      found.map(({ port, protocol }) => `${port}/${protocol}`),
      expected,
    );
  });
}

// biome-ignore format: one row a case
const copies: readonly [text: string, sources: string[], destination: string | null][] = [
  ['COPY a b c/', ['a', 'b'], 'c/'],
  ['COPY <<E a /b/\nx\nE', ['a'], '/b/'],
  ['ADD ["a b", "<<E", "c"]', ['"a b"', '"<<E"'], '"c"'],
  ['COPY a', ['a'], null],
  ['COPY', [], null],
];
for (const [text, sources, destination] of copies) {
  test(`copy: ${JSON.stringify(text)}`, () => {
    const [copy] = parseDockerfile(text).instructions;
    assert.ok(copy?.keyword === 'COPY' || copy?.keyword === 'ADD');
    assert.deepEqual(
      copy.sources.map(({ raw }) => raw),
      sources,
    );
    assert.equal(copy.destination?.raw ?? null, destination);
  });
}

/** All that FROM gives, as it stands in the file. */
// biome-ignore format: one row a case
const froms: readonly [text: string, parts: Record<string, string | null>][] = [
  ['FROM a', { image: 'a', reference: 'a', name: 'a', tag: null, digest: null, as: null, stage: null }],
  ['FROM --platform=linux/amd64 r.io:5000/a/b:c@sha256:d AS E', { image: 'r.io:5000/a/b:c@sha256:d', reference: 'r.io:5000/a/b:c@sha256:d', name: 'a/b', tag: 'c', digest: 'sha256:d', as: 'AS', stage: 'E' }],
  ['ARG V=1\nFROM a:${V}-b AS c', { image: 'a:${V}-b', reference: 'a:1-b', name: 'a', tag: '${V}-b', digest: null, as: 'AS', stage: 'c' }],
  ['ARG I=a:1\nFROM $I', { image: '$I', reference: 'a:1', name: '$I', tag: '$I', digest: null, as: null, stage: null }],
  ['FROM "a:1"', { image: '"a:1"', reference: 'a:1', name: '"a:1"', tag: '"a:1"', digest: null, as: null, stage: null }],
  ['FROM a:\\\n1 \\\n # c\n AS \\\n b', { image: 'a:\\\n1', reference: 'a:1', name: 'a:\\\n1', tag: 'a:\\\n1', digest: null, as: 'AS', stage: 'b' }],
  ['FROM a:$V', { image: 'a:$V', reference: '? variable', name: null, tag: null, digest: null, as: null, stage: null }],
  ['FROM a b', { image: 'a', reference: 'a', name: 'a', tag: null, digest: null, as: null, stage: null }],
  ['FROM', { image: null, reference: '? unparsed', name: null, tag: null, digest: null, as: null, stage: null }],
];
for (const [text, parts] of froms) {
  for (const [kind, source] of [
    ['', text],
    [' with Windows line ends', text.replaceAll('\n', '\r\n')],
  ] as const) {
    test(`from: ${JSON.stringify(text)}${kind}`, () => {
      const model = parseDockerfile(source);
      const from = lastOf(model, 'FROM');
      const reference = from.reference.known ? from.reference.value : null;
      const found = {
        image: at(model, from.image?.span ?? null),
        reference: from.reference.known ? from.reference.value.text : `? ${from.reference.because}`,
        name: at(model, reference?.nameSpan ?? null),
        tag: at(model, reference?.tagSpan ?? null),
        digest: at(model, reference?.digestSpan ?? null),
        as: at(model, from.asSpan),
        stage: at(model, from.name?.span ?? null),
      };
      const shown = Object.entries(found).map(([part, value]) => [
        part,
        value?.replaceAll('\r\n', '\n') ?? null,
      ]);
      assert.deepEqual(Object.fromEntries(shown), parts);
    });
  }
}

// biome-ignore format: one row a case
const users: readonly [text: string, user: string, group: string | null][] = [
  ['USER a', 'a', null],
  ['USER 1000:1000', '1000', '1000'],
  ['USER "a":$g', '? variable', null],
  ['ARG g=b\nUSER a:${g}', 'a', 'b'],
  ['USER', '? unparsed', null],
];
for (const [text, user, group] of users) {
  test(`user: ${JSON.stringify(text)}`, () => {
    const found = lastOf(parseDockerfile(text), 'USER');
    assert.deepEqual([showKnown(found.user), showKnown(found.group)], [user, group]);
  });
}

// biome-ignore format: one row a case
const checks: readonly [text: string, kind: string | null, place: string | null][] = [
  ['HEALTHCHECK NONE', 'NONE', 'NONE'],
  ['HEALTHCHECK --interval=1s \\\n  # c\n  cmd a', 'CMD', 'cmd'],
  ['HEALTHCHECK a', null, 'a'],
  ['HEALTHCHECK', null, null],
];
for (const [text, kind, place] of checks) {
  test(`healthcheck: ${JSON.stringify(text)}`, () => {
    const model = parseDockerfile(text);
    const found = lastOf(model, 'HEALTHCHECK');
    assert.deepEqual([found.kind, at(model, found.kindSpan)], [kind, place]);
  });
}

/** The span, the lines, and the comments that belong to the last instruction. */
// biome-ignore format: one row a case
const places: readonly [text: string, span: string, extent: string, comments: string[]][] = [
  ['  RUN a  ', 'RUN a', 'RUN a  ', []],
  ['RUN a \\\n b \\\n# c\n\nUSER', 'RUN a \\\n b \\\n# c\n\nUSER', 'RUN a \\\n b \\\n# c\n\nUSER', ['c']],
  ['RUN a \\\n\n# c\n', 'RUN a', 'RUN a \\\n\n# c', ['c']],
  ['# a\n\n# b\n#c \n RUN <<E # x\ny\nE\n\n', 'RUN <<E # x\ny\nE', 'RUN <<E # x\ny\nE', ['b', 'c']],
  ['RUN <<E\nx\n', 'RUN <<E\nx', 'RUN <<E\nx', []],
  ['# syntax=a\n# b\nRUN\n', 'RUN', 'RUN', ['b']],
  ['RUN a\r\n', 'RUN a', 'RUN a', []],
];
for (const [text, span, extent, comments] of places) {
  test(`places: ${JSON.stringify(text)}`, () => {
    const model = parseDockerfile(text);
    const found = model.instructions.at(-1);
    assert.ok(found);
    assert.deepEqual([at(model, found.span), at(model, found.extent)], [span, extent]);
    assert.deepEqual(
      found.comments.map(comment => comment.text),
      comments,
    );
    for (const comment of model.comments) assert.match(at(model, comment.span) ?? '', /^#/);
  });
}

test('a heredoc gives its content as the build sees it, and its places', () => {
  const model = parseDockerfile('RUN <<-"A" cat <<B\n\ta $x\n\tA\nb\nB\n');
  assert.deepEqual(
    model.instructions[0]?.heredocs.map(heredoc => [
      heredoc.name,
      heredoc.content,
      heredoc.expands,
      at(model, heredoc.contentSpan),
      at(model, heredoc.endSpan),
    ]),
    [
      ['A', 'a $x\n', false, '\ta $x\n', 'A'],
      ['B', 'b\n', true, 'b\n', 'B'],
    ],
  );
});

test('the body leads back to the file through continued lines', () => {
  const text = 'RUN --a=b \\\r\n  one \\\r\n# c\r\n  two';
  const { body } = onlyInstruction(text);
  assert.equal(body.text, 'one   two');
  assert.equal(spanText(text, fileSpan(body, { start: 0, end: 3 })), 'one');
  assert.equal(spanText(text, fileSpan(body, { start: 6, end: 9 })), 'two');
});

test('a trigger fills in what holds where it is written', () => {
  const model = parseDockerfile('FROM scratch\nENV A=1\nONBUILD ARG A=2 B=$A\n');
  const { trigger } = lastOf(model, 'ONBUILD');
  assert.ok(trigger?.keyword === 'ARG');
  assert.deepEqual(
    trigger.pairs.map(pair => showKnown(pair.resolved)),
    ['2', '1'],
  );
});

test('a trigger is an instruction of its own', () => {
  const text = 'FROM a\nONBUILD \\\n  COPY --chown=b c \\\n d\n';
  const onbuild = lastOf(parseDockerfile(text), 'ONBUILD');
  const { trigger } = onbuild;
  assert.ok(trigger?.keyword === 'COPY');
  assert.equal(spanText(text, trigger.span), 'COPY --chown=b c \\\n d');
  assert.equal(spanText(text, trigger.keywordSpan), 'COPY');
  assert.deepEqual([trigger.flags[0]?.value, trigger.destination?.raw], ['b', 'd']);
  assert.equal(trigger.onbuild, onbuild);
  assert.equal(trigger.stage, onbuild.stage);
});
