// A large Compose file of which much is shared: the time that all rules take does not explode with those who share it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { noFacts } from '../../server/core/engine/facts.ts';
import { lint } from '../../server/core/engine/lint.ts';
import { defaultSettings } from '../../server/core/engine/settings.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { rules } from '../../server/core/rules/index.generated.ts';
import { computingTime } from '../support/computing-time.ts';

const uses = 400;

const common = `x-common: &common
  restart: always
  logging:
    driver: json-file
  environment:
    A: "1"
    API_TOKEN: 0d9f7a61c2be4435a1f0
  ports: ["80:80"]
`;

const service = (index: number): string => `  s${index}:
    <<: *common
    image: example/app${index}:1
    depends_on:
      - s${Math.max(0, index - 1)}
    volumes:
      - data${index}:/data
      - ./conf${index}:/etc/conf
    labels:
      com.example.name: s${index}
      com.example.kind: web
    networks:
      - front
    expose:
      - "8080"
    command: ["node", "server.js"]
    healthcheck:
      test: ["CMD", "curl", "-f", "http://localhost"]
      interval: 10s
    deploy:
      resources:
        limits:
          memory: 512M
          cpus: "1.0"
`;

const many = (make: (index: number) => string): string =>
  Array.from({ length: uses }, (_, n) => make(n)).join('');

test('all rules over 10,000 lines with 400 uses of one anchor', () => {
  const text = `${common}services:\n${many(service)}volumes:\n${many(n => `  data${n}: {}\n`)}networks:\n  front: {}\n`;
  assert.ok(text.split('\n').length > 10_000);
  const catalogue = catalogueOf(rules);
  const settings = { ...defaultSettings, profile: 'all' } as const;
  let secrets = 0;
  const times = [1, 2, 3].map(() =>
    computingTime(() => {
      const { findings } = lint(catalogue, { model: parseCompose(text), settings, facts: noFacts });
      secrets = findings.filter(({ rule }) => rule === 'compose-plaintext-secret').length;
    }),
  );
  // What all share is told once.
  assert.equal(secrets, 1);
  // A fifth of it on a machine that does nothing else.
  assert.ok(Math.min(...times) < 2_500, `${times} ms`);
});
