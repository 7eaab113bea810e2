// What is spoken on a port by custom.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PortUse, portUse } from '../../server/core/knowledge/ports.ts';

const rows: Readonly<Record<PortUse, readonly number[]>> = {
  web: [80, 81, 3000, 3333, 5000, 8000, 8080, 8888, 9090],
  tls: [443, 8443, 9443],
  other: [22, 25, 53, 3306, 5432, 6379, 9229, 27017],
  unknown: [1, 1049, 3478, 9000, 9001, 44_300, 65_535],
};

for (const [use, ports] of Object.entries(rows)) {
  for (const port of ports) test(`${port} is ${use}`, () => assert.equal(portUse(port), use));
}
