import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildOf } from '../../server/core/model/compose/build.ts';
import { healthcheckOf } from '../../server/core/model/compose/healthcheck.ts';
import { imageOf } from '../../server/core/model/compose/image.ts';
import type { ComposeModel, Service } from '../../server/core/model/compose/model.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { type Port, portsOf } from '../../server/core/model/compose/ports.ts';
import { processOf } from '../../server/core/model/compose/process.ts';
import type { Known } from '../../server/core/model/known.ts';
import type { ShellScript } from '../../server/core/model/shell/script.ts';
import { mark } from '../support/marks.ts';

/** A model whose first service has the given keys, one or indented lines. */
function read(keys: string): { text: string; model: ComposeModel; service: Service } {
  const lines = keys.includes('\n') ? keys : `    ${keys}\n`;
  const text = `services:\n  web:\n${lines}`;
  const model = parseCompose(text);
  const [service] = model.services;
  assert.ok(service);
  return { text, model, service };
}

const unmarked = (text: string): string => text.replaceAll(/[«»]/g, '');
const shownKnown = (value: Known<string> | null): string =>
  value === null ? '-' : value.known ? value.value : `? ${value.because}`;

// biome-ignore format: one row a case
const imageRows: readonly [name: string, marked: string, parts: string | null][] = [
  ['name, tag and digest', 'image: ««a/b»:«1»@«sha256:c»»', '- a/b 1 sha256:c'],
  ['registry', 'image: «localhost:5000/«a»:«1»»', 'localhost:5000 a 1 -'],
  ['in quotes', 'image: "««a»:«1»»"', '- a 1 -'],
  ['with an escape', 'image: "««a\\x62»:«1»»"', '- ab 1 -'],
  ['a folded block', '    image: >-\n      ««a»:«1»»\n', '- a 1 -'],
  ['a default', 'image: ««a»:${TAG:-«1»}»', '- a 1 -'],
  ['defaults all over', 'image: ${R:-r.io}/${I:-a}:${T-1.${M-2}}', 'r.io a 1.2 -'],
  ['a variable', 'image: a:$TAG', '? variable'],
  ['a required variable', 'image: a:${TAG:?}', '? variable'],
  ['an open variable', 'image: "a:${TAG"', '? unparsed'],
  ['no text yet', 'image: ', null],
  ['a list', 'image: [a]', null],
  ['none', 'user: a', null],
];
for (const [name, marked, parts] of imageRows) {
  test(`Compose image: ${name}`, () => {
    const { model, service, text } = read(unmarked(marked));
    const image = imageOf(model, service);
    if (image === null || !image.reference.known) {
      assert.equal(image && `? ${image.reference.known ? '' : image.reference.because}`, parts);
      return;
    }
    const { registry, tag, digest, span, nameSpan, tagSpan, digestSpan, ...reference } =
      image.reference.value;
    assert.equal([registry, reference.name, tag, digest].map(part => part ?? '-').join(' '), parts);
    const spans = [span, nameSpan, tagSpan, digestSpan].filter(place => place !== null);
    if (marked.includes('«')) assert.ok(mark(text, spans).includes(marked.trim()), mark(text, spans));
  });
}

// biome-ignore format: one row a case
const buildRows: readonly [keys: string, build: string | null][] = [
  ['build: ./web', './web - - -'],
  ['build: ${DIR:-.}/web', './web - - -'],
  ['build: $DIR', '? variable - - -'],
  ['build: {context: a, dockerfile: b, target: c}', 'a b c -'],
  ['build: {dockerfile: $F}', '. ? variable - -'],
  ['    build:\n      dockerfile_inline: |\n        FROM a\n        ENV B=$$C\n', '. - - FROM a|ENV B=$C|'],
  ['build: ', null],
  ['build: [a]', null],
  ['image: a', null],
];
for (const [keys, expected] of buildRows) {
  test(`Compose build: ${keys.trim()}`, () => {
    const { model, service } = read(keys);
    const build = buildOf(model, service);
    const inline = build?.inline?.text.replaceAll('\n', '|') ?? '-';
    const shown = build && [build.context, build.dockerfile, build.target].map(shownKnown).join(' ');
    assert.equal(shown && `${shown} ${inline}`, expected);
  });
}

const shownScript = (script: ShellScript | null): string =>
  script === null
    ? '-'
    : `${script.kind}: ${script.commands
        .map(({ nameWord, args }) => [nameWord, ...args].map(word => word?.value ?? '?').join(' '))
        .join(' | ')}`;

// biome-ignore format: one row a case
const processRows: readonly [command: string, script: string][] = [
  ['[nginx, -g, "daemon off;"]', 'exec: nginx -g daemon off;'],
  ['[]', 'exec: '],
  ['nginx -g "daemon off;"', 'exec: nginx -g daemon off;'],
  ["'a ''b c'' d\\ e'", 'exec: a b c d e'],
  ['a "" b', 'exec: a  b'],
  ['a && b', 'exec: a'],
  ['sh -c "a && b"', 'exec: sh -c a && b | a | b'],
  ['a ${X:-b c} $$D', 'exec: a b c $D'],
  ['"a \\"b c\\""', 'exec: a b c'],
  ['"a \'b"', 'exec: a b'],
  ['', '-'],
  ['{a: b}', '-'],
];
for (const [command, script] of processRows) {
  test(`Compose command: ${command || 'nothing'}`, () => {
    const { model, service } = read(`    command: ${command}\n    entrypoint: ${command}\n`);
    assert.equal(shownScript(processOf(model, service, 'command')), script);
    assert.equal(shownScript(processOf(model, service, 'entrypoint')), script);
  });
}

test('Compose command: words at their places', () => {
  const marked = '    command: «a» «"b c"» «d\'e\'»\n';
  const { model, service, text } = read(unmarked(marked));
  const [command] = processOf(model, service, 'command')?.commands ?? [];
  const words = [command?.nameWord, ...(command?.args ?? [])].flatMap(word => word?.span ?? []);
  assert.ok(mark(text, words).includes(marked), mark(text, words));
});

// biome-ignore format: one row a case
const healthcheckRows: readonly [healthcheck: string, check: string | null][] = [
  ['{test: [CMD, curl, -f, "http://a"]}', 'exec: curl -f http://a'],
  ['{test: [CMD-SHELL, "curl -f http://a || exit 1"]}', 'posix: curl -f http://a | exit 1'],
  ['{test: "curl -f http://a || exit 1"}', 'posix: curl -f http://a | exit 1'],
  ['{test: "curl http://a:${PORT:-80}/$$X"}', 'posix: curl ?'],
  ['{test: "curl http://a:${PORT:-80}/"}', 'posix: curl http://a:80/'],
  ['{test: "curl $URL"}', 'posix: curl ?'],
  ['{test: [NONE]}', 'disabled -'],
  ['{disable: true}', 'disabled -'],
  ['{disable: "on"}', 'disabled -'],
  ['{disable: "${OFF:-true}", test: a}', 'disabled -'],
  ['{disable: false, test: a}', 'posix: a'],
  ['{test: [curl, a]}', '-'],
  ['{test: []}', '-'],
  ['{interval: 3s}', '-'],
  ['', null],
];
for (const [healthcheck, expected] of healthcheckRows) {
  test(`Compose healthcheck: ${healthcheck || 'nothing'}`, () => {
    const { model, service } = read(`    healthcheck: ${healthcheck}\n`);
    const check = healthcheckOf(model, service);
    assert.equal(check && `${check.disabled ? 'disabled ' : ''}${shownScript(check.script)}`, expected);
  });
}

const shownPort = ({ form, target, published, hostIp, protocol }: Port): string =>
  `${form} ${hostIp ?? '*'} ${published ?? '-'} ${target ?? '?'} ${protocol}`;

// biome-ignore format: one row a case
const portRows: readonly [port: string, shown: string][] = [
  ['80', 'short * - 80 tcp'],
  ['"80"', 'short * - 80 tcp'],
  ['"8080:80"', 'short * 8080 80 tcp'],
  ['22:22', 'short * 22 22 tcp'],
  ['"53:53/udp"', 'short * 53 53 udp'],
  ['"127.0.0.1:8080:80"', 'short 127.0.0.1 8080 80 tcp'],
  ['"127.0.0.1::80"', 'short 127.0.0.1 - 80 tcp'],
  ['"[::1]:8080:80"', 'short ::1 8080 80 tcp'],
  ['"8000-8010:9000-9010"', 'short * 8000-8010 9000 tcp'],
  ['"${P:-8080}:80"', 'short * 8080 80 tcp'],
  ['"${IP:?no:ip}:${P}:80"', 'short ${IP:?no:ip} ${P} 80 tcp'],
  ['"8080:$P"', 'short * 8080 ? tcp'],
  ['{target: 80, published: "8080", host_ip: 127.0.0.1, protocol: udp}', 'long 127.0.0.1 8080 80 udp'],
  ['{target: $P}', 'long * - ? tcp'],
  ['{target: 80, published: "", host_ip: "", protocol: ""}', 'long * - 80 tcp'],
];
for (const [port, shown] of portRows) {
  test(`Compose port: ${port}`, () => {
    const { model, service, text } = read(`    ports:\n      - ${port}\n`);
    const ports = portsOf(model, service);
    assert.deepEqual(ports.map(shownPort), [shown]);
    assert.deepEqual(
      ports.map(({ span }) => text.slice(span.start, span.end)),
      [port],
    );
  });
}

test('Compose ports: what is no list, and empty items', () => {
  for (const ports of ['80', '{a: b}', '', '[ , ]', '[[80]]']) {
    const { model, service } = read(`    ports: ${ports}\n`);
    assert.deepEqual(portsOf(model, service), []);
  }
});
