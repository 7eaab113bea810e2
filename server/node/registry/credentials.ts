// Credentials: what the person's Docker configuration, or a program that it names, has for a registry. Nothing of it is
// ever part of a message.
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { hub } from '../../core/model/image-reference.ts';
import { readObject } from '../../core/registry/readings.ts';
import { findProgram, runProgram } from '../programs.ts';

export type Account =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  /** What a token service takes instead of a password. */
  | { readonly kind: 'identity'; readonly token: string };

export interface Credentials {
  /** Null where there are none. Throws `NoCredentials`. */
  of(registry: string): Promise<Account | null>;
}

/** There are some, and they cannot be had: why, as sentences. */
export class NoCredentials extends Error {}

const hubKey = 'https://index.docker.io/v1/';
const helperSeconds = 10;
const helperOutput = 100_000;
const helperName = /^[a-z0-9][\w.-]{0,63}$/i;

/** Keys have been written with a scheme and a path, and without. */
const hostOfKey = (key: string): string =>
  key
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '')
    .toLowerCase();

const keyOf = (registry: string): string => (registry === hub ? hubKey : registry);

type Json = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function entryFor(section: unknown, registry: string): unknown {
  if (!isRecord(section)) return undefined;
  const key = keyOf(registry);
  if (Object.hasOwn(section, key)) return section[key];
  const host = hostOfKey(key);
  return Object.entries(section).find(([name]) => hostOfKey(name) === host)?.[1];
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
    new NoCredentials(
      `The Docker configuration leaves the password of ${registry} to ${JSON.stringify(program)}, ${what}.`,
    );
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
  readonly configFolder?: string;
  /** That such a program may take. */
  readonly seconds?: number;
}

const configFolder = (): string => process.env.DOCKER_CONFIG || path.join(homedir(), '.docker');

/** Each registry is looked up once. */
export function dockerCredentials(options: CredentialOptions): Credentials {
  const look = async (registry: string): Promise<Account | null> => {
    const file = path.join(options.configFolder ?? configFolder(), 'config.json');
    const config = readObject(await readFile(file, 'utf8').catch(() => '')) ?? {};
    const helper = textOf(entryFor(config.credHelpers, registry)) || textOf(config.credsStore);
    const stored = (): Account | null => accountIn(entryFor(config.auths, registry));
    if (helper === '') return stored();
    return (await askHelper(helper, registry, options)) ?? stored();
  };
  const known = new Map<string, Promise<Account | null>>();
  return {
    of(registry) {
      const account = known.get(registry) ?? look(registry);
      known.set(registry, account);
      return account;
    },
  };
}
