// A health check that fits an image: with a program that the image has, on the port that the service listens on.
import type { ImageFacts } from '../knowledge/image-facts.ts';
import { portUse } from '../knowledge/ports.ts';

/** As Compose writes it: `['CMD', program, ...args]` or `['CMD-SHELL', text]`. */
export type HealthTest = readonly ['CMD', ...string[]] | readonly ['CMD-SHELL', string];

export interface HealthChoice {
  readonly test: HealthTest;
  /** What it asks, for the title of the fix. */
  readonly asks: string;
  /** The path `/` was taken because nobody said which one answers, or HTTP because nobody said what is spoken. */
  readonly guessed: boolean;
}

/** What is known of the image whose process is to be checked. */
export interface HealthSubject {
  readonly facts: ImageFacts | undefined;
  /** The image, with or without tag, and those it is built from: tells the language runtime. */
  readonly images: readonly string[];
  /** The system's family, as the table of images calls it. */
  readonly family: string | undefined;
  /** The process is the one that the image itself starts. */
  readonly ownProcess: boolean;
  /** The programs that the container starts. */
  readonly programs: readonly string[];
  readonly port: number | null;
  has(program: string): boolean | 'unknown';
}

/** An error that nobody handles ends Node.js with 1. `fetch` came with version 18 only. */
const nodeRequest = (url: string): string =>
  `require('http').get('${url}', r => process.exit(r.statusCode < 400 ? 0 : 1))`;

/** One-line HTTP clients of language runtimes: exit 0 where the answer is a success. */
const runtimes: readonly {
  readonly image: RegExp;
  readonly name: string;
  command(url: string): HealthTest;
}[] = [
  {
    image: /(?:^|\/)node(?::|$)/,
    name: 'node',
    command: url => ['CMD', 'node', '-e', nodeRequest(url)],
  },
  {
    image: /(?:^|\/)distroless\/nodejs/,
    name: 'node',
    command: url => ['CMD', '/nodejs/bin/node', '-e', nodeRequest(url)],
  },
  {
    image: /(?:^|\/)(?:python(?!:2)|distroless\/python3.*)(?::|$)/,
    name: 'python',
    command: url => ['CMD', 'python3', '-c', `import urllib.request as r; r.urlopen('${url}', timeout=3)`],
  },
  {
    image: /(?:^|\/)ruby(?::|$)/,
    name: 'ruby',
    command: url => [
      'CMD',
      'ruby',
      '-rnet/http',
      '-e',
      `exit Net::HTTP.get_response(URI('${url}')).code.to_i < 400`,
    ],
  },
  {
    image: /(?:^|\/)php(?::|$)/,
    name: 'php',
    command: url => ['CMD', 'php', '-r', `exit(@file_get_contents('${url}') === false ? 1 : 0);`],
  },
];

/** Servers that speak protocols of their own, whatever the port. */
const otherServers = /^(?:php-fpm[\d.]*|sshd|uwsgi|named|smbd|vsftpd|stunnel\d?|tor|openvpn)$/;

/** Servers whose packages bring a client that asks them. */
const clients: Readonly<Record<string, HealthTest>> = {
  mariadbd: ['CMD', 'mariadb-admin', 'ping', '-h', '127.0.0.1', '--silent'],
  mysqld: ['CMD', 'mysqladmin', 'ping', '-h', '127.0.0.1', '--silent'],
  postgres: ['CMD', 'pg_isready', '-U', 'postgres'],
  'rabbitmq-server': ['CMD', 'rabbitmq-diagnostics', '-q', 'ping'],
  'redis-server': ['CMD-SHELL', 'redis-cli ping | grep -q PONG'],
  'valkey-server': ['CMD-SHELL', 'valkey-cli ping | grep -q PONG'],
};

/** The programs that a test calls: those at the start and behind a pipe. */
function programsIn(test: HealthTest): readonly string[] {
  const [kind, first = ''] = test;
  if (kind === 'CMD') return [first];
  return [...first.matchAll(/(?:^|[|{]\s*)([\w./-]+)/g)].flatMap(([, name]) => name ?? []);
}

/** What words are printed with, or looked for in an answer. */
const helpers = new Set(['echo', 'printf', 'grep', 'head']);

const askedWith = (test: HealthTest): string =>
  programsIn(test).find(name => !helpers.has(name)) ?? 'its own client';

/** The image really has what the test calls. */
function canCall({ facts, family, has }: HealthSubject, test: HealthTest): boolean {
  if (test[0] === 'CMD-SHELL' && facts?.shell === false) return false;
  return programsIn(test).every(name => {
    if (name === 'nc') return family === 'alpine' || has('netcat-openbsd') === true;
    return (name !== 'curl' && name !== 'wget') || has(name) === true;
  });
}

/** The check of the image's own service, where that is what runs, on the port that it is made for. */
function knownTest(subject: HealthSubject): HealthTest | undefined {
  const { facts, ownProcess, port } = subject;
  const [kind, first, ...rest] = (ownProcess && facts?.healthCommand?.test) || [];
  if (facts === undefined || first === undefined) return undefined;
  if (port !== null && facts.ports.length > 0 && !facts.ports.some(own => Number.parseInt(own, 10) === port))
    return undefined;
  const test: HealthTest = kind === 'CMD' ? ['CMD', first, ...rest] : ['CMD-SHELL', first];
  return canCall(subject, test) ? test : undefined;
}

function serviceTest(subject: HealthSubject): HealthChoice | null {
  const test =
    knownTest(subject) ?? subject.programs.map(name => clients[name]).find(found => found !== undefined);
  return test ? { test, asks: askedWith(test), guessed: false } : null;
}

/** Certificates are seldom made for the address of the container itself. */
function toolTest(subject: HealthSubject, url: string): HealthChoice | null {
  const isTls = url.startsWith('https:');
  if (subject.has('curl') === true) {
    const call = `curl -fsS${isTls ? 'k' : ''} -o /dev/null ${url}`;
    return { test: ['CMD-SHELL', `${call} || exit 1`], asks: 'curl', guessed: true };
  }
  if (subject.has('wget') === true) {
    const call = `wget -q${isTls ? ' --no-check-certificate' : ''} -O /dev/null ${url}`;
    return { test: ['CMD-SHELL', `${call} || exit 1`], asks: 'wget', guessed: true };
  }
  return null;
}

function httpTest(subject: HealthSubject, port: number): HealthChoice | null {
  if (portUse(port) === 'other' || subject.programs.some(name => otherServers.test(name))) return null;
  if (portUse(port) === 'tls')
    return toolTest(subject, `https://127.0.0.1${port === 443 ? '' : `:${port}`}/`);
  const url = `http://127.0.0.1${port === 80 ? '' : `:${port}`}/`;
  const runtime = runtimes.find(({ image }) => subject.images.some(name => image.test(name)));
  return runtime ? { test: runtime.command(url), asks: runtime.name, guessed: true } : toolTest(subject, url);
}

const withBash = new Set('debian ubuntu rhel almalinux rockylinux oraclelinux fedora amazonlinux'.split(' '));

/** Whether the port takes connections: less than an answer, but true of any protocol, and every system can ask. */
function connectionTest({ family }: HealthSubject, port: number): HealthChoice | null {
  const asks = 'a connection';
  if (withBash.has(family ?? '')) {
    return { test: ['CMD', 'bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`], asks, guessed: false };
  }
  if (family !== 'alpine') return null;
  return { test: ['CMD', 'nc', '-z', '127.0.0.1', String(port)], asks, guessed: false };
}

/** The checks that would work in the image, the one that says most first; only one with each program. */
export function healthTests(subject: HealthSubject): readonly HealthChoice[] {
  const { port } = subject;
  const service = serviceTest(subject);
  if (port === null) return service ? [service] : [];
  const http = httpTest(subject, port);
  const connection = connectionTest(subject, port);
  // On a port of which nothing is known, an answer to HTTP is the bolder guess.
  const guesses = portUse(port) === 'unknown' ? [connection, http] : [http, connection];
  const choices = [service, ...guesses].filter(choice => choice !== null);
  return choices.filter(({ asks }, index) => choices.findIndex(other => other.asks === asks) === index);
}
