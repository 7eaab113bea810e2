// What a service needs once everything is taken away: capabilities and folders.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspectService } from '../../server/core/insight/service.ts';
import { capabilityNeeds, type Needs, writableNeeds } from '../../server/core/insight/service-needs.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';

function needsOf(lines: string, dockerfile?: string): { capabilities: Needs; writable: Needs } {
  const model = parseCompose(`services:\n  web:\n${lines.replace(/^/gm, '    ')}\n`);
  const [service] = model.services;
  assert.ok(service);
  const insight = inspectService(model, service, () =>
    dockerfile === undefined ? null : parseDockerfile(dockerfile),
  );
  return {
    capabilities: capabilityNeeds(model, service, insight),
    writable: writableNeeds(model, service, insight),
  };
}

const shown = ({ names, certain }: Needs): string => `${names.join(' ')}${certain ? '' : '?'}`;
const stepDown = 'CHOWN DAC_OVERRIDE FOWNER SETGID SETUID';

// biome-ignore format: one row a case
const rows: readonly [name: string, lines: string, capabilities: string, writable: string, dockerfile?: string][] = [
  ['postgres', 'image: postgres:18', stepDown, '/run/postgresql /tmp'],
  ['postgres as its account', 'image: postgres:18\nuser: postgres', '', '/run/postgresql:mode=1777 /tmp'],
  ['postgres with mounts', 'image: postgres:18\nvolumes: ["sockets:/var/run/postgresql/"]\ntmpfs: /tmp:size=1m', stepDown, ''],
  ['postgres with another entrypoint', 'image: postgres:18\nentrypoint: [/x]', '?', '/run/postgresql /tmp?'],
  ['postgres as a variable says', 'image: postgres:18\nuser: $U', `${stepDown}?`, '/run/postgresql /tmp'],
  ['caddy carries a capability', 'image: caddy:2\nuser: "1000"', 'NET_BIND_SERVICE', '/tmp'],
  ['an image with an account of its own', 'image: grafana/grafana:12.1', '', '/tmp /var/lib/grafana:mode=1777'],
  ['an entrypoint that is known to step down', 'image: orientdb:3.2\n', '?', '/tmp?'],
  ['an unknown image', 'image: example/app:1', '?', '/tmp?'],
  ['an unknown image as an account', 'image: example/app:1\nuser: app', '', '/tmp?'],
  ['built, as an account', 'build: .', '', '/tmp', 'FROM node:24\nUSER node\nCMD ["node", "x"]\n'],
  ['built, as root', 'build: .', '', '/tmp', 'FROM node:24\nCMD ["node", "x"]\n'],
  ['built upon a server', 'build: .', `CHOWN NET_BIND_SERVICE SETGID SETUID`, '/run /tmp /var/cache/nginx', 'FROM nginx:1.30\nCOPY x /usr/share/nginx/html\n'],
  ['built, with a program of its own', 'build: .', '?', '/tmp?', 'FROM nginx:1.30\nCMD ["/app"]\n'],
  ['built, but nobody knows how', 'build: .', '?', '/tmp?'],
];
for (const [name, lines, capabilities, writable, dockerfile] of rows) {
  test(`needs: ${name}`, () => {
    const needs = needsOf(lines, dockerfile);
    assert.equal(shown(needs.capabilities), capabilities);
    assert.equal(shown(needs.writable), writable);
  });
}
