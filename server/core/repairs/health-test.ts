// A health check that fits an image: with a program that the image has, on the port that the service listens on.
import type { ImageFacts } from '../knowledge/image-facts.ts';

/** As Compose writes it: `['CMD', program, ...args]` or `['CMD-SHELL', text]`. */
export type HealthTest = readonly ['CMD', ...string[]] | readonly ['CMD-SHELL', string];

export interface HealthChoice {
  readonly test: HealthTest;
  /** What it asks, for the title of the fix. */
  readonly asks: string;
  /** The path `/` was taken because nobody said which one answers. */
  readonly guessed: boolean;
}

/** What is known of the image whose process is to be checked. */
export interface HealthSubject {
  readonly facts: ImageFacts | undefined;
  /** The image and those it is built from, without tags: tells the language runtime. */
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

/** One-line HTTP clients of language runtimes: exit 0 where the answer is a success. */
const runtimes: readonly {
  readonly image: RegExp;
  readonly name: string;
  command(url: string): HealthTest;
}[] = [
  {
    image: /(?:^|\/)(?:node|distroless\/nodejs.*)$/,
    name: 'node',
    command: url => [
      'CMD',
      'node',
      '-e',
      `fetch('${url}').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))`,
    ],
  },
  {
    image: /(?:^|\/)(?:python|pypy|distroless\/python3.*)$/,
    name: 'python',
    command: url => ['CMD', 'python3', '-c', `import urllib.request as r; r.urlopen('${url}', timeout=3)`],
  },
  {
    image: /(?:^|\/)(?:ruby|jruby)$/,
    name: 'ruby',
    command: url => [
      'CMD',
      'ruby',
      '-rnet/http',
      '-e',
      `exit Net::HTTP.get_response(URI('${url}')).is_a?(Net::HTTPSuccess)`,
    ],
  },
  {
    image: /(?:^|\/)php$/,
    name: 'php',
    command: url => ['CMD', 'php', '-r', `exit(@file_get_contents('${url}') === false ? 1 : 0);`],
  },
];

/** Ports of protocols that no HTTP client should knock at. */
const otherProtocols = new Set([
  21, 22, 25, 53, 1433, 1521, 1883, 2181, 3306, 5432, 5672, 6379, 9042, 9092, 11211, 27017,
]);

/** Servers whose packages bring a client that asks them. */
const clients: Readonly<Record<string, HealthTest>> = {
  mariadbd: ['CMD', 'mariadb-admin', 'ping', '-h', '127.0.0.1', '--silent'],
  mysqld: ['CMD', 'mysqladmin', 'ping', '-h', '127.0.0.1', '--silent'],
  postgres: ['CMD', 'pg_isready', '-U', 'postgres'],
  'rabbitmq-server': ['CMD', 'rabbitmq-diagnostics', '-q', 'ping'],
  'redis-server': ['CMD-SHELL', 'redis-cli ping | grep -q PONG'],
  'valkey-server': ['CMD-SHELL', 'valkey-cli ping | grep -q PONG'],
};

function knownTest({ facts, ownProcess }: HealthSubject): HealthTest | undefined {
  const [kind, first, ...rest] = (ownProcess && facts?.healthCommand?.test) || [];
  if (first === undefined) return undefined;
  return kind === 'CMD' ? ['CMD', first, ...rest] : ['CMD-SHELL', first];
}

function serviceTest(subject: HealthSubject): HealthChoice | null {
  const test =
    knownTest(subject) ?? subject.programs.map(name => clients[name]).find(found => found !== undefined);
  return test ? { test, asks: test[1].split(/\s/, 1)[0] ?? test[1], guessed: false } : null;
}

function httpTest(subject: HealthSubject, port: number): HealthChoice | null {
  const url = `http://127.0.0.1:${port}/`;
  const runtime = runtimes.find(({ image }) => subject.images.some(name => image.test(name)));
  if (runtime) return { test: runtime.command(url), asks: runtime.name, guessed: true };
  if (subject.has('curl') === true) {
    return { test: ['CMD-SHELL', `curl -fsS -o /dev/null ${url} || exit 1`], asks: 'curl', guessed: true };
  }
  if (subject.has('wget') === true) {
    return { test: ['CMD-SHELL', `wget -q --spider ${url} || exit 1`], asks: 'wget', guessed: true };
  }
  return null;
}

const withBash = new Set('debian ubuntu rhel almalinux rockylinux oraclelinux fedora amazonlinux'.split(' '));

/** Whether the port takes connections: less than an answer, but true of any protocol, and every system can ask. */
function connectionTest({ family }: HealthSubject, port: number): HealthChoice | null {
  const asks = 'a connection';
  if (withBash.has(family ?? '')) {
    return { test: ['CMD', 'bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`], asks, guessed: false };
  }
  if (family !== 'alpine' && family !== 'busybox') return null;
  return { test: ['CMD', 'nc', '-z', '127.0.0.1', String(port)], asks, guessed: false };
}

/** The checks that would work in the image, the one that says most first. */
export function healthTests(subject: HealthSubject): readonly HealthChoice[] {
  const { port } = subject;
  const service = serviceTest(subject);
  if (port === null) return service ? [service] : [];
  const http = otherProtocols.has(port) ? null : httpTest(subject, port);
  return [service, http, connectionTest(subject, port)].filter(choice => choice !== null);
}
