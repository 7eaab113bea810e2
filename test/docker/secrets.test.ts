// secret-in-*: before the repair the secret is in the image; after it the build still sees a secret and the image does not.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import type { Example } from '../../server/core/engine/rule.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { type Place, placeOf } from '../support/contract/subject.ts';
import { fileIn } from './support/containers.ts';
import { build, folderWith, isModern } from './support/lab.ts';
import { leaksOf } from './support/leaks.ts';
import { dockerfileRules, findingsOf, repaired } from './support/repairs.ts';
import { contextFiles, type Files } from './support/sources.ts';
import { witnessed } from './support/stand-ins.ts';

const random = (): string => randomBytes(16).toString('hex');
const values = (map: Readonly<Record<string, string>>): string[] => Object.values(map);

/** Texts that the rules' own examples do not show. */
const more: Readonly<Record<string, readonly string[]>> = {
  'secret-in-arg': [
    'FROM alpine:3.22 AS tools\nARG DEPLOY_TOKEN\nRUN fetch $DEPLOY_TOKEN && deploy --to a\nFROM tools\nARG DEPLOY_TOKEN\nRUN deploy "${DEPLOY_TOKEN}"\n',
    'FROM debian:13-slim\nARG GITHUB_TOKEN\nRUN git clone "https://x:${GITHUB_TOKEN}@git.example.com/app"\n',
    'FROM alpine:3.22\nARG API_TOKEN\nRUN set -e; \\\n    fetch a; \\\n    deploy --token="$API_TOKEN"\n',
    'FROM alpine:3.22\nARG API_TOKEN\nRUN ["fetch", "everything"]\nRUN fetch "$API_TOKEN"\n',
  ],
  'secret-in-env': [
    'FROM alpine:3.22 AS base\nENV API_TOKEN=0d9f7a61c2be4435a1f0\nFROM base\nRUN fetch $API_TOKEN\nCMD ["serve"]\n',
    'FROM alpine:3.22\nARG API_TOKEN\nENV API_TOKEN=$API_TOKEN\nCMD ["serve"]\n',
    'FROM alpine:3.22\nENV NPM_TOKEN 0d9f7a61c2be4435a1f0\nRUN npm ci\n',
  ],
  'secret-in-copy': [
    'FROM node:24-slim\nWORKDIR /app\nCOPY .npmrc package.json ./\nRUN npm ci\n',
    'FROM node:24-slim\nWORKDIR /app\nCOPY --chown=node .npmrc package.json ./\nUSER node\nRUN npm ci\n',
    'FROM node:24-slim\nWORKDIR /app\nCOPY .npmrc package.json ./\nRUN npm ci && rm .npmrc\n',
    'FROM alpine:3.22\nCOPY .npmrc /root/.npmrc\nRUN npm ci\nRUN rm -f ~/.npmrc\n',
    'FROM alpine:3.22\nCOPY .npmrc /root/.npmrc\nRUN npm ci && \\\n    rm -rf /root/.npmrc /var/log && \\\n    echo done\n',
    'FROM alpine:3.22\nCOPY .aws/credentials /root/.aws/credentials\nRUN aws s3 cp s3://bucket/file .\n',
  ],
  'secret-in-run': [
    'FROM alpine:3.22\nRUN API_TOKEN=0d9f7a61c2be4435a1f0 fetch all\n',
    'FROM alpine:3.22\nRUN fetch all && deploy --password=hunter2hunter2\n',
  ],
};

/** ARGs that only a build gives a value. */
const openArguments = (text: string): string[] =>
  parseDockerfile(text).instructions.flatMap(instruction =>
    instruction.keyword === 'ARG'
      ? instruction.pairs.filter(({ value }) => value === null).map(({ name }) => name)
      : [],
  );

interface Case {
  readonly example: Example;
  /** The last stage with a finding: it need not be part of the image that is shipped. */
  readonly stage: number;
  /** The context, in which each file that a finding names holds a secret of its own. */
  readonly files: Files;
  readonly secretFiles: Files;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** Everything that must not be seen. */
  readonly secrets: readonly string[];
}

/** The rule sees the context that the build gets. */
function caseOf(rule: string, { files: given = {}, ...rest }: Example): Case {
  const { text } = placeOf(rest);
  const files = contextFiles(text, given);
  const example = { ...rest, files };
  const { findings, secrets } = findingsOf(rule, example);
  const named = Object.keys(files).filter(path => findings.some(({ message }) => message.includes(path)));
  const secretFiles =
    rule === 'secret-in-copy' ? Object.fromEntries(named.map(path => [path, random()])) : {};
  const buildArgs = Object.fromEntries(openArguments(text).map(name => [name, random()]));
  const { stages } = parseDockerfile(text);
  const last = findings.at(-1)?.span.start ?? 0;
  const stage = stages.findLastIndex(({ span }) => span.start <= last);
  return {
    example,
    stage: Math.max(stage, 0),
    files: { ...files, ...secretFiles },
    secretFiles,
    buildArgs,
    secrets: [...secrets, ...values(buildArgs), ...values(secretFiles)],
  };
}

interface GivenSecrets {
  readonly flags: readonly string[];
  /** The last stage that mounts one; -1 where none does. */
  readonly stage: number;
  readonly env: Readonly<Record<string, string>>;
  readonly values: readonly string[];
}

/** What messages say to type: `--secret id=token,env=TOKEN`. */
const toldFlags = (rule: string, example: Example): string[] =>
  findingsOf(rule, example).findings.flatMap(({ message }) =>
    [...message.matchAll(/--secret (id=[^\s`]+)/g)].flatMap(([, flag]) => flag ?? []),
  );

/** New secrets for what the repaired text mounts, passed as the messages say. */
function secretsFor(rule: string, { example, secretFiles }: Case, text: string): GivenSecrets {
  const told = toldFlags(rule, example);
  const flags = new Set<string>();
  const env: Record<string, string> = {};
  const files = new Set<string>();
  let stage = -1;
  for (const instruction of parseDockerfile(text).instructions) {
    for (const { type, options } of instruction.keyword === 'RUN' ? instruction.mounts : []) {
      if (type !== 'secret') continue;
      const id = options.get('id')?.value ?? '';
      const variable = options.get('env')?.value;
      const path = Object.keys(secretFiles).find(file => file.endsWith(id)) ?? '';
      const flag = `id=${id},${variable === undefined ? `src=${path}` : `env=${variable}`}`;
      if (told.length > 0) assert.ok(told.includes(flag), `the message does not say --secret ${flag}`);
      flags.add(flag);
      stage = instruction.stage?.index ?? stage;
      if (variable === undefined) files.add(path);
      else env[variable] ??= random();
    }
  }
  const inFiles = [...files].map(path => secretFiles[path] ?? '');
  return { flags: [...flags], stage, env, values: [...values(env), ...inFiles] };
}

/** The text up to the end of a stage, which is then what it builds. */
const upTo = (text: string, stage: number): string =>
  text.slice(0, parseDockerfile(text).stages[stage]?.span.end);

async function proveLeak({ example, stage, files, buildArgs, secrets }: Case): Promise<void> {
  assert.ok(secrets.length > 0, 'there is no secret to look for');
  const context = await folderWith(files);
  const text = upTo(placeOf(example).text, stage);
  const image = await build({ text, context, buildArgs, isFresh: true });
  for (const [secret, places] of await leaksOf(image, secrets)) {
    assert.notDeepEqual(places, [], `${secret} was not found, so nothing would be proven`);
  }
}

async function proveRepair(rule: string, found: Case, { text, files }: Place): Promise<void> {
  const context = await folderWith({ ...found.files, ...files, ...found.secretFiles });
  const given = secretsFor(rule, found, text);
  const { flags: secrets, env } = given;
  const built = upTo(text, Math.max(found.stage, given.stage));
  const image = await build({ text: built, context, secrets, env, isFresh: true });
  for (const [secret, places] of await leaksOf(image, [...found.secrets, ...given.values])) {
    assert.deepEqual(places, [], `${secret} was found`);
  }
  if (given.values.length === 0) return;
  const seen = await fileIn(image, witnessed);
  for (const value of given.values) {
    const sum = createHash('sha256').update(value).digest('hex');
    assert.ok(seen.includes(sum), `no RUN has seen ${value}:\n${text}`);
  }
}

for (const { id, examples } of dockerfileRules.filter(rule => rule.id.startsWith('secret-in-'))) {
  describe(id, { concurrency: 2 }, () => {
    const all: readonly Example[] = [...examples.bad, ...(more[id] ?? []).map(code => ({ code }))];
    for (const [index, example] of all.entries()) {
      const own = index - examples.bad.length;
      const name = `${id}, ${own < 0 ? `example ${index + 1}` : `case ${own + 1}`}`;
      const found = caseOf(id, example);
      const isNew = (text: string): string | false =>
        !isModern && /,env=|<</.test(text) ? 'the BuildKit at hand is older than what it says' : false;
      test(`${name}, leaks`, { skip: isNew(placeOf(example).text) }, () => proveLeak(found));
      const place = repaired(id, found.example);
      if (place === null) continue;
      test(`${name}, repaired, does not`, { skip: isNew(place.text) }, () => proveRepair(id, found, place));
    }
  });
}
