// missing-healthcheck, useless-healthcheck: the check that the repair writes tells a service that is well from one that is not.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Example } from '../../server/core/engine/rule.ts';
import { becomes, imageConfig, nextChecks, withContainer } from './support/containers.ts';
import { build, docker, folderWith } from './support/lab.ts';
import { repaired, repairedBy } from './support/repairs.ts';
import { contextFiles, type Files } from './support/sources.ts';

/** Answers 500 where the file /tmp/broken is; closes its port for SIGUSR1. */
const nodeServer = `
const { existsSync } = require('node:fs');
const server = require('node:http').createServer((request, response) => {
  response.statusCode = existsSync('/tmp/broken') ? 500 : 200;
  response.end('hello');
});
server.listen(3000);
process.on('SIGUSR1', () => server.close());
setInterval(() => {}, 1000);
`;
const pythonServer = `
import http.server, os, signal, threading
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(500 if os.path.exists('/tmp/broken') else 200)
        self.end_headers()
    do_HEAD = do_GET
server = http.server.ThreadingHTTPServer(('', 8000), Handler)
threading.Thread(target=server.serve_forever).start()
signal.sigwait({signal.SIGUSR1})
server.shutdown()
server.server_close()
signal.pause()
`;
const files: Files = { 'server.js': nodeServer, 'server.py': pythonServer, index: 'hello' };

/** Where servers have the page at `/`. */
const pages = ['/www/index.html', '/usr/share/nginx/html/index.html'];

/** How a service stops being well while its process stays. */
const ailments = {
  'answers with an error': container => docker('exec', container, 'touch', '/tmp/broken'),
  'has lost its page': container => docker('exec', container, 'rm', '-f', ...pages),
  'has closed its port': container => docker('kill', '--signal', 'USR1', container),
  hangs: container => docker('kill', '--signal', 'STOP', container),
} satisfies Readonly<Record<string, (container: string) => Promise<string>>>;
type Ailment = keyof typeof ailments;

interface Case {
  readonly name: string;
  readonly code: string;
  /** A part of the check, so that it is the one meant. */
  readonly check: string;
  /** The title of the fix; the first one by default. */
  readonly title?: RegExp;
  readonly env?: readonly string[];
  readonly ailments: readonly Ailment[];
}

const onAlpine = (...rest: readonly string[]): string =>
  ['FROM alpine:3.22', 'COPY index /www/index.html', 'EXPOSE 8080', ...rest].join('\n');
const httpd = 'CMD ["httpd", "-f", "-p", "8080", "-h", "/www"]\n';
const onDebian = (packages: string, ...rest: readonly string[]): string =>
  [
    'FROM debian:13',
    `RUN apt-get update && apt-get install -y --no-install-recommends ${packages}`,
    'COPY server.py /srv/',
    'EXPOSE 8000',
    ...rest,
  ].join('\n');
const python = 'CMD ["python3", "/srv/server.py"]\n';

const missing: readonly Case[] = [
  {
    name: 'wget of BusyBox',
    code: onAlpine(httpd),
    check: 'wget',
    ailments: ['has lost its page', 'hangs'],
  },
  {
    name: 'node',
    code: 'FROM node:24-slim\nWORKDIR /app\nCOPY server.js .\nEXPOSE 3000\nUSER node\nCMD ["node", "server.js"]\n',
    check: 'CMD node',
    ailments: ['answers with an error', 'has closed its port', 'hangs'],
  },
  {
    name: 'python',
    code: `FROM python:3.14-slim\nCOPY server.py /srv/\nEXPOSE 8000\n${python}`,
    check: 'urllib',
    ailments: ['answers with an error', 'has closed its port', 'hangs'],
  },
  {
    name: 'curl, where the file installs it',
    code: onDebian('curl python3', python),
    check: 'curl',
    ailments: ['answers with an error', 'has closed its port', 'hangs'],
  },
  {
    name: 'a connection, where there is no client',
    code: onDebian('python3', python),
    check: '/dev/tcp/',
    ailments: ['has closed its port'],
  },
  {
    name: 'a connection, where it is chosen instead of curl',
    code: onDebian('curl python3', python),
    title: /connection/,
    check: '/dev/tcp/',
    ailments: ['has closed its port'],
  },
  {
    name: 'a connection, with BusyBox',
    code: 'FROM alpine:3.22\nEXPOSE 6379\nCMD ["nc", "-lk", "-p", "6379", "-e", "cat"]\n',
    check: 'nc',
    ailments: [],
  },
  {
    name: 'postgres',
    code: 'FROM postgres:18\n',
    check: 'pg_isready',
    env: ['POSTGRES_PASSWORD=x'],
    ailments: ['hangs'],
  },
  { name: 'redis', code: 'FROM redis:8\n', check: 'redis-cli', ailments: ['hangs'] },
  {
    name: 'nginx',
    code: 'FROM nginx:1.30\nCOPY index /usr/share/nginx/html/index.html\n',
    check: 'curl',
    ailments: ['has lost its page'],
  },
];

const useless: readonly Case[] = [
  {
    name: 'echo',
    code: onAlpine('HEALTHCHECK CMD echo ok', httpd),
    check: 'wget',
    ailments: ['has lost its page', 'hangs'],
  },
  {
    name: 'pgrep',
    code: onAlpine('HEALTHCHECK CMD pgrep httpd', httpd),
    check: 'wget',
    ailments: ['has lost its page', 'hangs'],
  },
  {
    name: 'curl without -f',
    code: onDebian('curl python3', 'HEALTHCHECK CMD curl -sS http://127.0.0.1:8000/ || exit 1', python),
    check: 'curl -f',
    ailments: ['answers with an error'],
  },
];

/** Quick, whatever the image says: it is the command that is tested. */
const timing = ['interval=1s', 'start-period=0s', 'timeout=2s', 'retries=1'].map(text => `--health-${text}`);
const runOptions = (env: readonly string[] = []): string[] => [
  ...timing,
  ...env.flatMap(pair => ['--env', pair]),
];

const imageFrom = async (text: string): Promise<string> =>
  build({ text, context: await folderWith(contextFiles(text, files)) });

function repairedText(rule: string, { code, title }: Pick<Case, 'code' | 'title'>): string {
  const example: Example = { code };
  const place = title ? repairedBy(rule, title, example) : repaired(rule, example);
  assert.ok(place, 'there is no repair');
  return place.text;
}

async function proveCheck(rule: string, row: Case): Promise<void> {
  const image = await imageFrom(repairedText(rule, row));
  const check = (await imageConfig(image)).Healthcheck;
  assert.ok(check?.Test.join(' ').includes(row.check), `the check is ${check?.Test.join(' ')}`);
  await withContainer(image, runOptions(row.env), container => becomes(container, 'healthy'));
  for (const ailment of row.ailments) {
    await withContainer(image, runOptions(row.env), async container => {
      await becomes(container, 'healthy');
      await ailments[ailment](container);
      await becomes(container, 'unhealthy');
    });
  }
}

describe('missing-healthcheck', { concurrency: 3 }, () => {
  for (const row of missing) {
    const name = [row.name, ...row.ailments].join('; ');
    test(name, () => proveCheck('missing-healthcheck', row));
  }

  test('the timing is the one that is written', async () => {
    const image = await imageFrom(repairedText('missing-healthcheck', { code: onAlpine(httpd) }));
    const check = (await imageConfig(image)).Healthcheck;
    assert.ok(check?.Interval && check.Timeout && check.StartPeriod && check.Retries);
    assert.ok(check.Timeout < check.Interval);
  });
});

describe('useless-healthcheck', { concurrency: 3 }, () => {
  for (const row of useless) {
    test(`${row.name}: healthy whatever happens`, async () => {
      const image = await imageFrom(row.code);
      for (const ailment of row.ailments) {
        await withContainer(image, runOptions(row.env), async container => {
          await becomes(container, 'healthy');
          await ailments[ailment](container);
          assert.deepEqual(await nextChecks(container, 2), [0, 0]);
        });
      }
    });
    test(`${row.name}, repaired; ${row.ailments.join('; ')}`, () => proveCheck('useless-healthcheck', row));
  }
});
