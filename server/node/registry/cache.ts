// The cache of answers: a file each, with its age, below the user's cache folder. Failures are remembered for a moment, and
// who asks what is just being asked waits for that answer.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { readObject } from '../../core/registry/readings.ts';
import { RegistryProblem } from './problem.ts';

export interface Aged<Value> {
  readonly value: Value;
  /** When it was asked for, in milliseconds. */
  readonly at: number;
}

export interface Kept<Value> {
  readonly key: string;
  /** Milliseconds for which it holds. */
  readonly lasts: number;
  /** Null where a file does not hold what it should. */
  read(stored: unknown): Value | null;
  ask(): Promise<Value>;
}

/**
 * `fresh`: what may have changed is asked for again, however young the answer is. `kept`: whatever is there is the answer,
 * however old, and nobody is asked.
 */
export type Freshness = 'usual' | 'fresh' | 'kept';

export interface AnswerCache {
  get<Value>(kept: Kept<Value>): Promise<Aged<Value>>;
}

const failuresLast = 15_000;
const mostFiles = 2_000;

function userFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA;
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches');
  return XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : path.join(homedir(), '.cache');
}

const cacheFolder = (): string => path.join(userFolder(), 'bulkhead', 'registry');

/** The oldest files go when there are too many. */
async function prune(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= mostFiles) return;
  const files = await Promise.all(
    names.map(async name => {
      const file = path.join(folder, name);
      return { file, changed: (await stat(file)).mtimeMs };
    }),
  );
  const oldest = files.sort((a, b) => a.changed - b.changed).slice(0, files.length - mostFiles / 2);
  await Promise.all(oldest.map(({ file }) => rm(file, { force: true })));
}

class FileCache implements AnswerCache {
  readonly #folder: string;
  readonly #freshness: Freshness;
  readonly #asked = new Map<string, Promise<Aged<unknown>>>();
  readonly #failed = new Map<string, { readonly error: unknown; readonly until: number }>();
  #pruned: Promise<void> | undefined;

  constructor(folder: string, freshness: Freshness) {
    this.#folder = folder;
    this.#freshness = freshness;
  }

  async get<Value>(kept: Kept<Value>): Promise<Aged<Value>> {
    const { key } = kept;
    const running = this.#asked.get(key) ?? this.#look(kept).finally(() => this.#asked.delete(key));
    this.#asked.set(key, running);
    // Under one key there is one kind of value.
    return (await running) as Aged<Value>;
  }

  #fileOf(key: string): string {
    return path.join(this.#folder, `${createHash('sha256').update(key).digest('hex')}.json`);
  }

  async #look<Value>(kept: Kept<Value>): Promise<Aged<Value>> {
    const { key } = kept;
    const stored = await this.#stored(kept);
    if (stored) return stored;
    if (this.#freshness === 'kept') throw new RegistryProblem('Nobody has asked yet.');
    const failed = this.#failed.get(key);
    if (failed && failed.until > Date.now()) throw failed.error;
    try {
      const found = { value: await kept.ask(), at: Date.now() };
      await this.#store(key, found);
      return found;
    } catch (error) {
      if (error instanceof RegistryProblem)
        this.#failed.set(key, { error, until: Date.now() + failuresLast });
      throw error;
    }
  }

  async #stored<Value>({ key, lasts, read }: Kept<Value>): Promise<Aged<Value> | null> {
    const isLasting = lasts === Number.POSITIVE_INFINITY;
    if (this.#freshness === 'fresh' && !isLasting) return null;
    const file = readObject(await readFile(this.#fileOf(key), 'utf8').catch(() => ''));
    const at = file?.at;
    const longest = this.#freshness === 'kept' ? Number.POSITIVE_INFINITY : lasts;
    if (typeof at !== 'number' || file?.key !== key || at > Date.now() || Date.now() - at > longest)
      return null;
    const value = read(file.value);
    return value === null ? null : { value, at };
  }

  /** Without a place to write to there is no cache, and nothing else is missing. */
  async #store(key: string, { value, at }: Aged<unknown>): Promise<void> {
    const file = this.#fileOf(key);
    const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      this.#pruned ??= prune(this.#folder);
      await this.#pruned;
      await writeFile(draft, JSON.stringify({ key, at, value }), { mode: 0o600 });
      await rename(draft, file);
    } catch {
      await rm(draft, { force: true }).catch(() => {});
    }
  }
}

export const answerCache = (folder: string = cacheFolder(), freshness: Freshness = 'usual'): AnswerCache =>
  new FileCache(folder, freshness);
