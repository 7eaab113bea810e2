// An image whose registry is asked, by way of the answers that are kept.
import { isDigest, isTag } from '../../core/engine/image-questions.ts';
import { parseImageReference, type Repository, repositoryOf } from '../../core/model/image-reference.ts';
import type { AnswerCache } from './cache.ts';
import type { Content, RegistryClient } from './client.ts';
import type { Take } from './exchange.ts';

const tagsLast = 10 * 60_000;

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

  /** A layer: piece by piece, kept nowhere. */
  stream(digest: string, take: Take): Promise<void> {
    return this.#client.stream(this.repository, digest, take, this.#signal);
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
