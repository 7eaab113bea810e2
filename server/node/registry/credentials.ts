// Credentials: what `docker login` and `podman login` have left for a registry, or a program that they name has. Nothing of it
// is ever part of a message.
import { readFile } from 'node:fs/promises';
import { hub } from '../../core/model/image-reference.ts';
import { readObject } from '../../core/registry/readings.ts';
import { findProgram, runProgram } from '../programs.ts';
import { accountFiles } from './places.ts';

export type Account =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  /** What a token service takes instead of a password. */
  | { readonly kind: 'identity'; readonly token: string };

export interface Credentials {
  /** For a repository of it. Null where there are none. Throws `NoCredentials`. */
  of(registry: string, path: string): Promise<Account | null>;
}

/** There are some, and they cannot be had: why, as sentences. */
export class NoCredentials extends Error {}

const hubKey = 'https://index.docker.io/v1/';
const helperSeconds = 10;
const helperOutput = 100_000;
const helperName = /^[a-z0-9][\w.-]{0,63}$/i;

/**
 * Keys have been written as addresses, of which the host counts. Without a scheme they may name some of a registry:
 * `quay.io/org`.
 */
function placeOfKey(key: string): string {
  const isAddress = /^https?:\/\//.test(key);
  const [host = '', ...path] = key
    .replace(/^https?:\/\//, '')
    .replace(/(?:\/v[12])?\/*$/, '')
    .split('/');
  const registry = host.toLowerCase().replace(/^(?:index|registry-1)\.docker\.io$/, hub);
  return [registry, ...(isAddress ? [] : path)].join('/');
}

/** What helpers are asked for. */
const keyOf = (registry: string): string => (registry === hub ? hubKey : registry);

type Json = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The nearest to the repository. */
function entryFor(section: unknown, registry: string, path: string): unknown {
  if (!isRecord(section)) return undefined;
  const entries = Object.entries(section).map(([key, entry]) => [placeOfKey(key), entry] as const);
  const parts = [registry, ...path.split('/')];
  for (let length = parts.length; length > 0; length--) {
    const place = parts.slice(0, length).join('/');
    const found = entries.find(([name]) => name === place);
    if (found) return found[1];
  }
  return undefined;
}

function accountIn(entry: unknown): Account | null {
  if (!isRecord(entry)) return null;
  const { identitytoken, auth, username, password } = entry;
  if (textOf(identitytoken) !== '') return { kind: 'identity', token: textOf(identitytoken) };
  const decoded = Buffer.from(textOf(auth), 'base64').toString('utf8').replace(/\0+$/, '');
  const colon = decoded.indexOf(':');
  const user = colon > 0 ? decoded.slice(0, colon) : textOf(username);
  const secret = colon > 0 ? decoded.slice(colon + 1) : textOf(password);
  return user === '' || secret === '' ? null : { kind: 'password', user, password: secret };
}

/** Its answer has names in capitals; the user `<token>` stands for an identity token. */
function accountFrom(answer: string): Account | null {
  const { Username, Secret } = readObject(answer) ?? {};
  const [user, secret] = [textOf(Username), textOf(Secret)];
  if (user === '' || secret === '') return null;
  return user === '<token>'
    ? { kind: 'identity', token: secret }
    : { kind: 'password', user, password: secret };
}

async function askHelper(
  name: string,
  registry: string,
  { projects, seconds = helperSeconds }: CredentialOptions,
): Promise<Account | null> {
  const program = `docker-credential-${name}`;
  const file = helperName.test(name) ? await findProgram(program, projects) : null;
  const wrong = (what: string): NoCredentials =>
    new NoCredentials(`The password of ${registry} is left to ${JSON.stringify(program)}, ${what}.`);
  if (file === null) throw wrong('which is not in PATH. Install it, or log in anew with docker login');
  const { code, out, isCut } = await runProgram(
    file,
    ['get'],
    process.env,
    { time: seconds * 1_000, output: helperOutput },
    { input: keyOf(registry) },
  );
  if (isCut) throw wrong('which did not answer in time. Try it by hand with docker login');
  if (code !== 0) {
    if (/credentials not found/i.test(out)) return null;
    throw wrong('which failed. Log in anew with docker login');
  }
  const account = accountFrom(out);
  if (account === null) throw wrong('whose answer makes no sense. Log in anew with docker login');
  return account;
}

export interface CredentialOptions {
  /** Programs that lie in these folders are not started. */
  readonly projects: readonly string[];
  readonly files?: readonly string[];
  /** That such a program may take. */
  readonly seconds?: number;
}

/** Each program is asked once for a registry. */
export function storedCredentials(options: CredentialOptions): Credentials {
  const asked = new Map<string, Promise<Account | null>>();
  const askOnce = (helper: string, registry: string): Promise<Account | null> => {
    const key = `${helper} ${registry}`;
    const answer = asked.get(key) ?? askHelper(helper, registry, options);
    asked.set(key, answer);
    return answer;
  };
  const lookIn = async (file: string, registry: string, path: string): Promise<Account | null> => {
    const config = readObject(await readFile(file, 'utf8').catch(() => '')) ?? {};
    const helper = textOf(entryFor(config.credHelpers, registry, path)) || textOf(config.credsStore);
    const helped = helper === '' ? null : await askOnce(helper, registry);
    return helped ?? accountIn(entryFor(config.auths, registry, path));
  };
  return {
    /** What one of them cannot tell, another may. */
    async of(registry, path) {
      let problem: unknown = null;
      for (const file of options.files ?? accountFiles()) {
        try {
          const account = await lookIn(file, registry, path);
          if (account) return account;
        } catch (error) {
          if (!(error instanceof NoCredentials)) throw error;
          problem ??= error;
        }
      }
      if (problem) throw problem;
      return null;
    },
  };
}
