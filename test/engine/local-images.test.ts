// Findings with what an engine of the machine says of the images: ended, changed, and the same where it says nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { factsBeside } from '../../server/core/engine/example.ts';
import { parse } from '../../server/core/engine/language.ts';
import { lint } from '../../server/core/engine/lint.ts';
import { withLocalImages } from '../../server/core/engine/local-images.ts';
import type { Language } from '../../server/core/engine/rule.ts';
import { defaultSettings } from '../../server/core/engine/settings.ts';
import { inspectStage } from '../../server/core/insight/stage.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { rules } from '../../server/core/rules/index.generated.ts';

const catalogue = catalogueOf(rules);
const inspected = (config: object, rest: object = {}): string =>
  JSON.stringify([{ Os: 'linux', Config: config, ...rest }]);

interface Row {
  readonly rule: string;
  readonly language?: Language;
  readonly text: string;
  /** By image, what an engine says. */
  readonly images?: Readonly<Record<string, object>>;
  readonly files?: Readonly<Record<string, string>>;
  /** `messageId`, with the best fix behind it. */
  readonly found: readonly string[];
}

const base = 'registry.example.com/team/base:1';
const from = `FROM ${base}\n`;
const service = `services:\n  app:\n    image: ${base}\n`;

const built = 'services:\n  app:\n    build: .\n    ports: ["127.0.0.1:80:80"]\n';

const rows: Readonly<Record<string, Row>> = {
  'nobody knows the account': { rule: 'root-user', text: from, found: ['unknown-base'] },
  'the image has a USER': { rule: 'root-user', text: from, images: { [base]: { User: 'app' } }, found: [] },
  'by number': { rule: 'root-user', text: from, images: { [base]: { User: '1000:1000' } }, found: [] },
  'the image runs as root': { rule: 'root-user', text: from, images: { [base]: {} }, found: ['never-set'] },
  'root in words': {
    rule: 'root-user',
    text: from,
    images: { [base]: { User: '0:0' } },
    found: ['never-set'],
  },
  'it gives root up with gosu': {
    rule: 'root-user',
    text: from,
    images: { [base]: { Entrypoint: ['docker-entrypoint.sh'], Env: ['GOSU_VERSION=1.17'] } },
    found: ['drops'],
  },
  'through a stage': {
    rule: 'root-user',
    text: `FROM ${base} AS base\nFROM base\n`,
    images: { [base]: { User: 'app' } },
    found: [],
  },
  'a known image that is another one here': {
    rule: 'root-user',
    text: 'FROM node:24-slim\n',
    images: { 'node:24-slim': { User: 'node' } },
    found: [],
  },
  'another image than the one that is known': {
    rule: 'root-user',
    text: from,
    images: { 'registry.example.com/team/base:2': { User: 'app' } },
    found: ['unknown-base'],
  },
  'a port of the image': {
    rule: 'missing-healthcheck',
    text: from,
    images: { [base]: { ExposedPorts: { '8080/tcp': {} }, Cmd: ['/app'] } },
    found: ['missing'],
  },
  'a health check of the image': {
    rule: 'missing-healthcheck',
    text: `${from}EXPOSE 8080\nCMD ["/app"]\n`,
    images: { [base]: { Healthcheck: { Test: ['CMD', '/app', 'health'] } } },
    found: [],
  },
  'no health check of the image': {
    rule: 'missing-healthcheck',
    text: `${from}EXPOSE 8080\nCMD ["/app"]\n`,
    images: { [base]: {} },
    found: ['missing'],
  },
  'a shell of which nothing is known': {
    rule: 'unnoticed-pipe-failure',
    text: `${from}RUN a | b\n`,
    found: ['lost'],
  },
  'the shell of the image fails in pipes': {
    rule: 'unnoticed-pipe-failure',
    text: `${from}RUN a | b\n`,
    images: { [base]: { Shell: ['/bin/bash', '-o', 'pipefail', '-c'] } },
    found: [],
  },
  'a folder of the image': {
    rule: 'relative-workdir',
    text: `${from}WORKDIR app\n`,
    images: { [base]: { WorkingDir: '/srv' } },
    found: ['unset'],
  },
  'a variable that the image does not have': {
    rule: 'undefined-variable',
    text: `${from}WORKDIR $HOME_OF_APP\n`,
    images: { [base]: {} },
    found: ['undefined'],
  },
  'a variable of the image': {
    rule: 'undefined-variable',
    text: `${from}WORKDIR $HOME_OF_APP\n`,
    images: { [base]: { Env: ['HOME_OF_APP=/srv'] } },
    found: [],
  },
  'a service of which nothing is known': {
    rule: 'compose-default-root',
    language: 'compose',
    text: service,
    found: [],
  },
  'a service whose image runs as root': {
    rule: 'compose-default-root',
    language: 'compose',
    text: service,
    images: { [base]: {} },
    found: ['image'],
  },
  'a service whose image has a USER': {
    rule: 'compose-default-root',
    language: 'compose',
    text: service,
    images: { [base]: { User: 'app' } },
    found: [],
  },
  'a service without a health check': {
    rule: 'compose-missing-healthcheck',
    language: 'compose',
    text: service,
    images: { [base]: { ExposedPorts: { '80/tcp': {} } } },
    found: ['missing'],
  },
  'a service with a health check in its image': {
    rule: 'compose-missing-healthcheck',
    language: 'compose',
    text: service,
    images: { [base]: { ExposedPorts: { '80/tcp': {} }, Healthcheck: { Test: ['CMD', '/health'] } } },
    found: [],
  },
  'a service that is built on an image of which nothing is known': {
    rule: 'compose-missing-healthcheck',
    language: 'compose',
    text: built,
    files: { Dockerfile: from },
    found: ['missing'],
  },
  'a service that is built on it': {
    rule: 'compose-missing-healthcheck',
    language: 'compose',
    text: built,
    files: { Dockerfile: from },
    images: { [base]: { Healthcheck: { Test: ['CMD', '/health'] } } },
    found: [],
  },
};

function found({ rule, language = 'dockerfile', text, images = {}, files = {} }: Row): string[] {
  const told = Object.entries(images).map(([name, config]) => [name, inspected(config)]);
  const facts = factsBeside({ ...files, ...Object.fromEntries(told) });
  const settings = { ...defaultSettings, profile: 'all' as const, only: new Set([rule]) };
  const { findings } = lint(catalogue, { model: parse(text, language), settings, facts });
  return findings.filter(finding => finding.rule === rule).map(({ messageId }) => messageId);
}

for (const [name, row] of Object.entries(rows)) {
  test(`${row.rule}: ${name}`, () => assert.deepEqual(found(row), row.found));
}

test('the operating system, by the image that it says it is built on', () => {
  const Labels = { 'org.opencontainers.image.base.name': 'docker.io/library/alpine:3.24' };
  const facts = factsBeside({ [base]: inspected({ Labels }) });
  const [stage] = withLocalImages(parseDockerfile(from), facts).stages;
  assert.deepEqual(stage && inspectStage(stage).system, { family: 'alpine', packageManager: 'apk' });
});

test('Windows, by what the engine says', () => {
  const facts = factsBeside({ [base]: inspected({}, { Os: 'windows' }) });
  const [stage] = withLocalImages(parseDockerfile(from), facts).stages;
  assert.equal(stage && inspectStage(stage).system?.family, 'windows');
  assert.deepEqual(stage?.final.shell.known && stage.final.shell.value, ['cmd', '/S', '/C']);
});

test('a model stays what it is where nothing is known, and is made once for what is', () => {
  const model = parseDockerfile(from);
  assert.equal(withLocalImages(model, factsBeside({})), model);
  const image = factsBeside({ [base]: inspected({}) }).get('image', base) ?? null;
  const facts = { get: () => image as never };
  assert.equal(withLocalImages(model, facts), withLocalImages(model, facts));
});

test('a value that may be a secret is not filled in', () => {
  const facts = factsBeside({ [base]: inspected({ Env: ['API_TOKEN=abcdef', 'DIR=/srv'] }) });
  const model = withLocalImages(parseDockerfile(`${from}WORKDIR $DIR/$API_TOKEN\n`), facts);
  assert.equal(model.finalStage?.final.workdir.known, false);
  assert.equal(
    withLocalImages(parseDockerfile(`${from}WORKDIR $DIR\n`), facts).finalStage?.final.workdir.known,
    true,
  );
});

const silencedRows: readonly [name: string, comment: string, images: object, found: string[]][] = [
  [
    'in use without an engine',
    '# bulkhead ignore=root-user -- it has one',
    { [base]: inspected({ User: 'app' }) },
    [],
  ],
  ['in use with it', '# bulkhead ignore=root-user -- it has one', { [base]: inspected({}) }, []],
  [
    'in use nowhere',
    '# bulkhead ignore=unused-stage -- not so',
    { [base]: inspected({ User: 'app' }) },
    ['unused-suppression'],
  ],
];
for (const [name, comment, images, expected] of silencedRows) {
  test(`a comment that is ${name}`, () => {
    const only = new Set(['root-user', 'unused-stage', 'unused-suppression']);
    const model = parse(`${comment}\n${from}`, 'dockerfile');
    const facts = factsBeside(images as Record<string, string>);
    const { findings } = lint(catalogue, { model, settings: { ...defaultSettings, only }, facts });
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      expected,
    );
  });
}
