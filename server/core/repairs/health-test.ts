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
  /** The process is the one that the image itself starts. */
  readonly ownProcess: boolean;
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

function serviceTest({ facts, ownProcess }: HealthSubject): HealthChoice | null {
  const test = facts?.healthCommand?.test;
  if (!ownProcess || !test) return null;
  const [kind, first, ...rest] = test;
  if (first === undefined) return null;
  const choice: HealthTest = kind === 'CMD' ? ['CMD', first, ...rest] : ['CMD-SHELL', first];
  return { test: choice, asks: kind === 'CMD' ? first : (first.split(/\s/, 1)[0] ?? first), guessed: false };
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

/** Whether the port takes connections: less than an answer, but true of any protocol, and bash is all it needs. */
function connectionTest({ facts }: HealthSubject, port: number): HealthChoice | null {
  if (!facts || !/^(?:debian|ubuntu|rhel|almalinux|rockylinux|fedora)$/.test(facts.os.family)) return null;
  return {
    test: ['CMD', 'bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`],
    asks: 'a connection',
    guessed: false,
  };
}

/** The checks that would work in the image, the one that says most first. */
export function healthTests(subject: HealthSubject): readonly HealthChoice[] {
  const { port } = subject;
  const service = serviceTest(subject);
  if (port === null) return service ? [service] : [];
  const http = otherProtocols.has(port) ? null : httpTest(subject, port);
  return [service, http, connectionTest(subject, port)].filter(choice => choice !== null);
}
