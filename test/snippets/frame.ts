// The document around a snippet that is a part of one: what it stands in, and what it names.
import type { Language } from '../../server/core/engine/rule.ts';
import { type Span, span } from '../../server/core/text/span.ts';

export interface Framed {
  readonly text: string;
  /** The snippet in it. */
  readonly span: Span;
}

interface Around {
  readonly before: string;
  readonly after: string;
  /** What its lines are indented by. */
  readonly indent: number;
}

/** A base that has what the snippet calls; Debian has none of them. */
const bases: readonly (readonly [calls: RegExp, image: string])[] = [
  [/"curl"/, 'php:8.5-cli'],
  [/\b(?:apk|adduser -S|wget)\b/, 'alpine:3.24'],
  [/\b(?:node|npm)\b/, 'node:24-slim'],
  [/\bpython\b/, 'python:3.14-slim'],
];

function inDockerfile(snippet: string): Around {
  const image = bases.find(([calls]) => calls.test(snippet))?.[1] ?? 'debian:13.6-slim';
  const user = /^USER /m.test(snippet) ? '' : 'USER nobody\n';
  return { before: `FROM ${image}\nWORKDIR /app\n`, after: `\n${user}CMD ["./app"]\n`, indent: 0 };
}

const sections = `networks:
  front:
  back:
volumes:
  cache-data:
  db-data:
secrets:
  db_password:
    file: ./db_password.txt
  redis_password:
    file: ./redis_password.txt
`;

/** The services that snippets wait for. */
const awaited = ['db', 'web'];
const service = (name: string): string =>
  `  ${name}:\n    image: nginx:1.30-alpine\n    healthcheck:\n      test: ["CMD", "wget", "-q", "-O", "-", "http://127.0.0.1/"]\n`;

/** What a declaration is for: a service uses each name of it. */
function users(snippet: string): string {
  const [section = ''] = snippet.split(':', 1);
  const names = [...snippet.matchAll(/^ {2}([\w-]+):/gm)].map(([, name]) => name);
  return `services:\n${service('web')}    ${section}: [${names.join(', ')}]\n`;
}

function inCompose(snippet: string): Around {
  if (/^(?:networks|secrets):\n/.test(snippet)) {
    return { before: users(snippet), after: '\n', indent: 0 };
  }
  if (!/^[\w-]+:\n +(?:build|image):/.test(snippet)) {
    const after = `\n${awaited.map(service).join('')}${sections}`;
    return { before: 'services:\n  app:\n    build: .\n', after, indent: 4 };
  }
  const beside = awaited.filter(name => !snippet.startsWith(`${name}:`)).map(service);
  return { before: 'services:\n', after: `\n${beside.join('')}${sections}`, indent: 2 };
}

export function frame(language: Language, snippet: string): Framed {
  const { before, after, indent } = language === 'dockerfile' ? inDockerfile(snippet) : inCompose(snippet);
  const inside = snippet.replace(/^(?=.)/gm, ' '.repeat(indent));
  return { text: before + inside + after, span: span(before.length, before.length + inside.length) };
}
