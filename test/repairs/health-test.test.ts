// Health checks that fit an image: what is asked, with what, in which order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageFacts } from '../../server/core/knowledge/images.ts';
import { type HealthSubject, healthTests } from '../../server/core/repairs/health-test.ts';

const nothing: HealthSubject = {
  facts: undefined,
  images: [],
  family: undefined,
  ownProcess: false,
  programs: [],
  port: null,
  has: () => false,
};

const has =
  (...programs: readonly string[]) =>
  (program: string): boolean =>
    programs.includes(program);

const service = (image: string, tag: string | null, more: Partial<HealthSubject>): Partial<HealthSubject> => {
  const facts = imageFacts(image, tag);
  return { facts, family: facts?.os.family, ownProcess: true, ...more };
};

/** `asks`, guesses with `?`. */
const rows: readonly [name: string, subject: Partial<HealthSubject>, asked: string][] = [
  ['nothing to ask with', { port: 80 }, ''],
  ['no port', { has: has('curl') }, ''],
  ['curl', { port: 80, has: has('curl', 'wget') }, 'curl?'],
  ['wget', { port: 80, has: has('wget') }, 'wget?'],
  ['a runtime before tools', { port: 80, images: ['node:24'], has: has('curl') }, 'node?'],
  ['a runtime by what the image is built from', { port: 80, images: ['example', 'php'] }, 'php?'],
  ['an older runtime', { port: 80, images: ['python:2.7-slim'] }, ''],
  ['an image that only sounds like one', { port: 80, images: ['example/node-exporter'] }, ''],
  ['a connection last', { port: 80, family: 'debian', has: has('curl') }, 'curl? a connection'],
  [
    'a connection first where the port says nothing',
    { port: 9050, family: 'alpine', has: has('wget') },
    'a connection wget?',
  ],
  ['no HTTP on other ports', { port: 5432, family: 'debian', has: has('curl') }, 'a connection'],
  [
    'no HTTP from other servers',
    { port: 9000, family: 'debian', images: ['php'], programs: ['php-fpm'] },
    'a connection',
  ],
  ['TLS is for tools alone', { port: 443, images: ['node'], has: has('curl') }, 'curl?'],
  ['a server by name', { port: 5432, programs: ['docker-entrypoint.sh', 'postgres'] }, 'pg_isready'],
  ['a server by name without a port', { programs: ['redis-server'] }, 'redis-cli'],
  ['the check of the image', service('postgres', '18', { port: 5432 }), 'pg_isready a connection'],
  ['of another process', service('postgres', '18', { port: 5432, ownProcess: false }), 'a connection'],
  ['on another port', service('nginx', '1.29', { port: 8080, has: has('curl') }), 'curl? a connection'],
  [
    'one question with one tool',
    service('nginx', '1.29', { port: 80, has: has('curl') }),
    'curl a connection',
  ],
  ['without its tool', service('nginx', '1.29', { port: 80 }), 'a connection'],
  ['without its settings', service('traefik', 'v3', { port: 80, has: has('wget') }), 'wget? a connection'],
];

for (const [name, subject, asked] of rows) {
  test(`health is asked with ${asked || 'nothing'}: ${name}`, () => {
    const choices = healthTests({ ...nothing, ...subject });
    assert.equal(choices.map(({ asks, guessed }) => `${asks}${guessed ? '?' : ''}`).join(' '), asked);
  });
}

const commands: readonly [subject: Partial<HealthSubject>, test: readonly string[]][] = [
  [{ port: 80, has: has('curl') }, ['CMD-SHELL', 'curl -fsS -o /dev/null http://127.0.0.1/ || exit 1']],
  [
    { port: 8443, has: has('curl') },
    ['CMD-SHELL', 'curl -fsSk -o /dev/null https://127.0.0.1:8443/ || exit 1'],
  ],
  [
    { port: 443, has: has('wget') },
    ['CMD-SHELL', 'wget -q --no-check-certificate -O /dev/null https://127.0.0.1/ || exit 1'],
  ],
  [
    { port: 3000, images: ['ruby:3'] },
    [
      'CMD',
      'ruby',
      '-rnet/http',
      '-e',
      "exit Net::HTTP.get_response(URI('http://127.0.0.1:3000/')).code.to_i < 400",
    ],
  ],
  [{ port: 25, family: 'fedora' }, ['CMD', 'bash', '-c', 'exec 3<>/dev/tcp/127.0.0.1/25']],
];

for (const [subject, expected] of commands) {
  test(`health is asked by ${expected.join(' ')}`, () => {
    assert.deepEqual(healthTests({ ...nothing, ...subject })[0]?.test, expected);
  });
}
