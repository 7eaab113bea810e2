// Mounts, devices and file systems in memory of a service, in short and long form.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { devicesOf } from '../../server/core/model/compose/devices.ts';
import { itemsOf } from '../../server/core/model/compose/items.ts';
import type { ComposeModel, Service } from '../../server/core/model/compose/model.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { tmpfsOf } from '../../server/core/model/compose/tmpfs.ts';
import { mountsOf } from '../../server/core/model/compose/volumes.ts';
import { spanText } from '../../server/core/text/span.ts';

/** A model whose only service has the given lines. */
function read(lines: string): { text: string; model: ComposeModel; service: Service } {
  const text = `services:\n  web:\n${lines.replace(/^/gm, '    ')}\n`;
  const model = parseCompose(text);
  const [service] = model.services;
  assert.ok(service);
  return { text, model, service };
}

/** Type, source, target, `ro` and propagation of each mount. */
function shownMounts(lines: string): string {
  const { model, service } = read(lines);
  return mountsOf(model, service)
    .map(({ type, source, target, readOnly, propagation }) =>
      [type, source?.text ?? '-', target ?? '-', readOnly ? 'ro' : 'rw', propagation?.text ?? '']
        .join(' ')
        .trim(),
    )
    .join(' | ');
}

// biome-ignore format: one row a case
const mountRows: readonly [name: string, lines: string, shown: string][] = [
  ['a named volume', 'volumes: ["data:/data"]', 'volume data /data rw'],
  ['a path', 'volumes:\n  - ./a:/b:ro', 'bind ./a /b ro'],
  ['an anonymous volume', 'volumes: [/data]', 'volume - /data rw'],
  ['a home', 'volumes: ["~:/h:rw,rslave"]', 'bind ~ /h rw rslave'],
  ['options with blanks', 'volumes: ["/a:/b:z, ro"]', 'bind /a /b ro'],
  ['a drive', 'volumes: ["C:\\\\a:/b:ro"]', 'bind C:\\a /b ro'],
  ['a drive alone', 'volumes: ["c:/a:/b"]', 'bind c:/a /b rw'],
  ['a default with a colon before it', 'volumes: ["${A:-/x}:/b"]', 'bind /x /b rw'],
  ['a variable', 'volumes: ["$A:/b"]', 'bind $A /b rw'],
  ['the long form', 'volumes:\n  - {type: bind, source: /a, target: /b, read_only: true, bind: {propagation: shared}}', 'bind /a /b ro shared'],
  ['the long form, quoted', 'volumes:\n  - {type: bind, source: /a, target: /b, read_only: "yes"}', 'bind /a /b ro'],
  ['the long form by a variable', 'volumes:\n  - {type: bind, source: /a, target: /b, read_only: "${RO:-true}"}', 'bind /a /b ro'],
  ['the long form without a type', 'volumes:\n  - {source: /a, target: /b}', 'bind /a /b rw'],
  ['the long form in other words', 'volumes:\n  - {type: volume, src: a, dst: /b}', 'volume a /b rw'],
  ['in memory', 'volumes:\n  - {type: tmpfs, target: /b}', 'tmpfs - /b rw'],
  ['half-typed', 'volumes:\n  - ":"\n  - ""\n  -\n  - []', ''],
  ['no list', 'volumes: {a: b}', ''],
  ['an alias', 'volumes:\n  - &a /a:/b\n  - *a', 'bind /a /b rw | bind /a /b rw'],
];
for (const [name, lines, shown] of mountRows) {
  test(`a mount: ${name}`, () => assert.equal(shownMounts(lines), shown));
}

test('a mount knows where its words stand', () => {
  const { text, model, service } = read(
    'volumes: ["${A:-/x}:/b:ro,rshared", {type: bind, source: "/y", target: /b}]',
  );
  const [short, long] = mountsOf(model, service);
  assert.equal(short?.source && spanText(text, short.source.span), '/x');
  assert.equal(short?.propagation && spanText(text, short.propagation.span), 'rshared');
  assert.equal(text.slice(short?.end, (short?.end ?? 0) + 2), '",');
  assert.equal(long?.source && spanText(text, long.source.span), '/y');
});

// biome-ignore format: one row a case
const deviceRows: readonly [name: string, lines: string, sources: string][] = [
  ['the short forms', 'devices: [/dev/sda, "/dev/b:/dev/c:r"]', '/dev/sda /dev/b'],
  ['the long form', 'devices:\n  - source: /dev/d\n    target: /dev/e', '/dev/d'],
  ['a default', 'devices: ["${D:-/dev/f}:/dev/g"]', '/dev/f'],
  ['half-typed', 'devices:\n  -\n  - target: /dev/e\n  - ":"', ''],
];
for (const [name, lines, sources] of deviceRows) {
  test(`a device: ${name}`, () => {
    const { text, model, service } = read(lines);
    const devices = devicesOf(model, service);
    assert.equal(devices.map(({ source }) => source.text).join(' '), sources);
    assert.equal(devices.map(({ source }) => spanText(text, source.span)).join(' '), sources);
  });
}

// biome-ignore format: one row a case
const tmpfsRows: readonly [name: string, lines: string, shown: string][] = [
  ['a text', 'tmpfs: /run', '/run'],
  ['a list', 'tmpfs:\n  - /run\n  - "/tmp:exec,size=1m"', '/run /tmp:exec+size=1m'],
  ['half-typed', 'tmpfs:\n  -\n  - ":"', ''],
];
for (const [name, lines, shown] of tmpfsRows) {
  test(`in memory: ${name}`, () => {
    const { model, service } = read(lines);
    const all = tmpfsOf(model, service).map(({ target, options }) =>
      [target, options.map(({ text }) => text).join('+')].filter(part => part !== '').join(':'),
    );
    assert.equal(all.join(' ').trim(), shown);
  });
}

test('items are texts, with their places within quotes', () => {
  const { text, model, service } = read('cap_add: [" ALL ", *x, CHOWN, {a: b}]');
  const items = itemsOf(model, service, 'cap_add');
  assert.deepEqual(
    items.map(item => item.text),
    ['ALL', 'CHOWN'],
  );
  assert.deepEqual(
    items.map(({ span }) => spanText(text, span)),
    [' ALL ', 'CHOWN'],
  );
});
