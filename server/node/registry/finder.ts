// The finder: answers questions about images by asking their registries.
import {
  type ImageFinder,
  type ImageQuestion,
  imageQuestionText,
  isDigest,
  isTag,
} from '../../core/engine/image-questions.ts';
import { parseImageReference, type Repository, repositoryOf } from '../../core/model/image-reference.ts';
import { exactCandidates } from '../../core/registry/ranking.ts';
import { readImageConfig, readManifest } from '../../core/registry/readings.ts';
import { daemonSettings } from './addresses.ts';
import { type AnswerCache, answerCache, type Freshness } from './cache.ts';
import { type ClientLimits, type Content, type RegistryClient, registryClient } from './client.ts';
import { storedCredentials } from './credentials.ts';
import { RegistryProblem } from './problem.ts';

export interface FinderOptions {
  /** Programs that lie in these folders are not started. */
  readonly projects: readonly string[];
  /** Digests are of the image for this platform, such as `linux/arm64`; null: of all platforms together. */
  readonly platform?: string | null;
  readonly freshness?: Freshness;
  readonly limits?: Partial<ClientLimits>;
}

const tagsLast = 10 * 60_000;
const mostCompared = 24;
const atOnce = 4;

/** An image whose registry is asked. */
export class RemoteImage {
  readonly repository: Repository;
  readonly tag: string;
  readonly #client: RegistryClient;
  readonly #cache: AnswerCache;
  readonly #signal: AbortSignal;
  /** When the oldest answer that may have changed since was given, in milliseconds. */
  #askedAt = Number.POSITIVE_INFINITY;

  constructor(image: string, client: RegistryClient, cache: AnswerCache, signal: AbortSignal) {
    const reference = parseImageReference(image, 0);
    this.repository = repositoryOf(reference);
    this.tag = reference.tag ?? 'latest';
    this.#client = client;
    this.#cache = cache;
    this.#signal = signal;
  }

  get place(): string {
    return `${this.repository.registry}/${this.repository.path}`;
  }

  async #kept<Value>(
    what: string,
    lasts: number,
    read: (stored: unknown) => Value | null,
    ask: () => Promise<Value>,
  ): Promise<Value> {
    const { value, at } = await this.#cache.get({ key: `${what} ${this.place}`, lasts, read, ask });
    if (lasts !== Number.POSITIVE_INFINITY) this.#askedAt = Math.min(this.#askedAt, at);
    return value;
  }

  get askedAt(): number {
    return this.#askedAt;
  }

  tags(): Promise<readonly string[]> {
    const read = (stored: unknown): string[] | null =>
      Array.isArray(stored) ? stored.filter(tag => typeof tag === 'string' && isTag(tag)) : null;
    const ask = async (): Promise<string[]> => [...(await this.#client.tags(this.repository, this.#signal))];
    return this.#kept('tags', tagsLast, read, ask);
  }

  digestOf(tag: string): Promise<string> {
    const read = (stored: unknown): string | null =>
      typeof stored === 'string' && isDigest(stored) ? stored : null;
    return this.#kept(`digest ${tag}`, tagsLast, read, () =>
      this.#client.digest(this.repository, tag, this.#signal),
    );
  }

  /** By tag or digest; its bytes are what its digest says. */
  manifest(reference: string = this.tag): Promise<Content> {
    const lasts = isDigest(reference) ? Number.POSITIVE_INFINITY : tagsLast;
    return this.#kept(`manifest ${reference}`, lasts, readContent, () =>
      this.#client.manifest(this.repository, reference, this.#signal),
    );
  }

  blob(digest: string): Promise<Content> {
    return this.#kept(`blob ${digest}`, Number.POSITIVE_INFINITY, readContent, () =>
      this.#client.blob(this.repository, digest, this.#signal),
    );
  }
}

function readContent(stored: unknown): Content | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { digest, text } = stored as Partial<Record<string, unknown>>;
  return typeof digest === 'string' && isDigest(digest) && typeof text === 'string' ? { digest, text } : null;
}

const unreadable = (image: RemoteImage): RegistryProblem =>
  new RegistryProblem(
    `What ${image.place} calls ${image.tag} is no image that could be read. Is it a chart, or as old as 2016?`,
  );

const isPlatform = (known: string | null, wanted: string): boolean =>
  known === wanted || known?.startsWith(`${wanted}/`) === true;

async function digestFor(image: RemoteImage, platform: string | null): Promise<string> {
  const { digest, text } = await image.manifest();
  const manifest = readManifest(text);
  if (manifest === null) throw unreadable(image);
  if (platform === null) return digest;
  if (manifest.kind === 'index') {
    const found = manifest.images.find(one => isPlatform(one.platform, platform));
    if (found) return found.digest;
    const others = manifest.images.map(one => one.platform).join(', ');
    throw new RegistryProblem(`${image.place}:${image.tag} is not made for ${platform}, only for ${others}.`);
  }
  const config = readImageConfig((await image.blob(manifest.config)).text);
  if (isPlatform(config?.platform ?? null, platform)) return digest;
  throw new RegistryProblem(
    `${image.place}:${image.tag} is not made for ${platform}, only for ${config?.platform ?? 'one that it does not name'}.`,
  );
}

/** A tag may be listed and gone. */
function orAbsent(error: unknown): null {
  if (error instanceof RegistryProblem && error.isAbsent) return null;
  throw error;
}

/** The first of the candidates, in their order, that is the same image. */
async function exactFor(image: RemoteImage): Promise<string> {
  const candidates = exactCandidates(await image.tags(), image.tag).slice(0, mostCompared);
  const wanted = await image.digestOf(image.tag);
  for (let at = 0; at < candidates.length; at += atOnce) {
    const some = candidates.slice(at, at + atOnce);
    const digests = await Promise.all(some.map(tag => image.digestOf(tag).catch(orAbsent)));
    const found = some[digests.indexOf(wanted)];
    if (found !== undefined) return found;
  }
  if (candidates.length === 0 && /\d/.test(image.tag)) return image.tag;
  throw new RegistryProblem(
    `No tag of ${image.place} that says more names the same image as ${image.tag}. Pin it by its digest.`,
  );
}

export function signalOf(cancelled: Promise<unknown> | undefined): AbortSignal {
  const end = new AbortController();
  cancelled?.then(
    () => end.abort(),
    () => end.abort(),
  );
  return end.signal;
}

export interface RemoteFinder extends ImageFinder {
  /** For who wants to know more than questions ask. */
  image(name: string, signal: AbortSignal): Promise<RemoteImage>;
}

export function registryFinder({
  projects,
  platform = null,
  freshness,
  limits = {},
}: FinderOptions): RemoteFinder {
  const cache = answerCache(undefined, freshness);
  const connect = async (): Promise<RegistryClient> =>
    registryClient({ daemon: await daemonSettings(), credentials: storedCredentials({ projects }), limits });

  const answer = ({ ask }: ImageQuestion, image: RemoteImage): Promise<string> =>
    ask === 'digest' ? digestFor(image, platform) : exactFor(image);

  return {
    image: async (name, signal) => new RemoteImage(name, await connect(), cache, signal),
    async find(questions, cancelled) {
      const answers = new Map<string, string>();
      const problems = new Map<string, string>();
      const signal = signalOf(cancelled);
      const client = await connect();
      const queue = questions.values();
      const work = async (): Promise<void> => {
        for (const question of queue) {
          const key = imageQuestionText(question) ?? '';
          try {
            answers.set(key, await answer(question, new RemoteImage(question.image, client, cache, signal)));
          } catch (error) {
            if (!(error instanceof RegistryProblem) && !signal.aborted) throw error;
            problems.set(key, error instanceof RegistryProblem ? error.message : 'It was not looked up.');
          }
        }
      };
      await Promise.all(Array.from({ length: Math.min(atOnce, questions.length) }, work));
      return { answers, problems };
    },
  };
}
