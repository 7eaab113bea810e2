// The client: manifests, tags and blobs of a repository by the distribution protocol of the OCI, each checked against its
// digest.
import { createHash, type Hash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { isDigest } from '../../core/engine/image-questions.ts';
import { hub, type Repository } from '../../core/model/image-reference.ts';
import { nextLink, readChallenges, retryAfter } from '../../core/registry/challenge.ts';
import { manifestTypes, readErrorCode, readTags } from '../../core/registry/readings.ts';
import { type Addresses, addressesBy, type Place, type RegistrySettings } from './addresses.ts';
import { type CertificateStore, certificateStore } from './certificates.ts';
import { type Credentials, NoCredentials } from './credentials.ts';
import { type Answered, exchange, NoAnswer, type Take } from './exchange.ts';
import { RegistryProblem } from './problem.ts';
import { createTokens, type Wanted } from './tokens.ts';

export interface Content {
  readonly digest: string;
  readonly text: string;
}

export interface RegistryClient {
  /** By tag or digest. */
  manifest(repository: Repository, reference: string, signal?: AbortSignal): Promise<Content>;
  /** Without its bytes: as the registry says. */
  digest(repository: Repository, tag: string, signal?: AbortSignal): Promise<string>;
  blob(repository: Repository, digest: string, signal?: AbortSignal): Promise<Content>;
  /** However large: piece by piece. What was taken counts only once this has come to its end. */
  stream(repository: Repository, digest: string, take: Take, signal?: AbortSignal): Promise<void>;
  tags(repository: Repository, signal?: AbortSignal): Promise<readonly string[]>;
}

export interface ClientLimits {
  /** Milliseconds for one answer. */
  readonly time: number;
  /** Bytes of one answer. */
  readonly size: number;
  /** Seconds that a registry may ask to wait. */
  readonly wait: number;
  /** Of a list of tags. */
  readonly pages: number;
}

const usualLimits: ClientLimits = { time: 20_000, size: 8_000_000, wait: 5, pages: 100 };
/** Of a layer: an hour, and more than anybody has. */
const layerLimits = { time: 3_600_000, size: 50e9 };
const mostRedirects = 5;
const tagsOfPage = 1_000;

export interface ClientOptions {
  readonly settings: RegistrySettings;
  readonly credentials: Credentials;
  readonly certificates?: CertificateStore;
  readonly limits?: Partial<ClientLimits>;
}

interface Question {
  readonly repository: Repository;
  readonly method: 'GET' | 'HEAD';
  /** Below the repository. */
  readonly what: string;
  readonly accept: string;
  readonly signal: AbortSignal | undefined;
  /** The answer goes here; a second try would begin anew in the middle. */
  readonly take?: Take;
}

interface Reply extends Answered {
  readonly url: URL;
}

const headerOf = ({ headers }: Answered, name: string): string => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : (value ?? '');
};

/** The problem that a status stands for; a repository that may not be seen often counts as one that is not there. */
function refusal(
  { status, body }: Answered,
  what: string,
  { registry, path, origin }: Place,
): RegistryProblem {
  const code = readErrorCode(body.toString('utf8'));
  const place = `${registry}/${path}`;
  const said = code === null ? String(status) : `${status} ${code}`;
  if (status === 404 && what.startsWith('blobs/')) {
    return new RegistryProblem(`${place} lacks a part of the image (${said}). Push the image anew.`, true);
  }
  if (status === 404) {
    const tag = what.startsWith('manifests/') ? what.slice('manifests/'.length) : null;
    return new RegistryProblem(
      code === 'NAME_UNKNOWN' || tag === null
        ? `${registry} has no image ${path}, or shows it only to those who may see it. Check its name, or log in: docker login ${registry}.`
        : `${place} has no ${tag} (${said}). Check the tag.`,
      true,
    );
  }
  if (status === 401 || status === 403) {
    return new RegistryProblem(
      `${registry} does not let us see ${path} (${said}). Log in with an account that may: docker login ${registry}.`,
    );
  }
  if (status === 400 && origin.protocol === 'http:') {
    return new RegistryProblem(
      `${registry} refuses what comes without TLS (400): it is listed as insecure, or on this machine. Call it by a name that is neither, with the certificate of its issuer below certs.d.`,
    );
  }
  return new RegistryProblem(`${registry} cannot answer at the moment (${said}). Try again later.`);
}

const tooMany = (registry: string, seconds: number | null): RegistryProblem =>
  new RegistryProblem(
    `${registry} takes no more questions${seconds === null ? ' for now' : ` for ${seconds} seconds`}. Try again then${
      registry === hub ? ', or raise the limit by docker login' : ''
    }.`,
  );

function checked(content: Buffer | Hash, digest: string, place: string): void {
  const [algorithm = '', expected] = digest.split(':');
  const hash = Buffer.isBuffer(content) ? createHash(algorithm).update(content) : content;
  if (hash.digest('hex') === expected) return;
  throw new RegistryProblem(
    `What ${place} sends is not what its digest says. Do not use it; tell whoever runs the registry.`,
  );
}

class Client implements RegistryClient {
  readonly #addresses: Addresses;
  readonly #credentials: Credentials;
  readonly #certificates: CertificateStore;
  readonly #limits: ClientLimits;
  readonly #tokens: ReturnType<typeof createTokens>;
  /** Nobody waits for the same registry twice. */
  readonly #unreachable = new Map<string, RegistryProblem>();

  constructor({ settings, credentials, certificates = certificateStore(), limits }: ClientOptions) {
    this.#addresses = addressesBy(settings);
    this.#credentials = credentials;
    this.#limits = { ...usualLimits, ...limits };
    this.#certificates = certificates;
    this.#tokens = createTokens(this.#addresses, certificates);
  }

  async manifest(repository: Repository, reference: string, signal?: AbortSignal): Promise<Content> {
    const reply = await this.#ask({
      repository,
      method: 'GET',
      what: `manifests/${reference}`,
      accept: manifestTypes.join(', '),
      signal,
    });
    const said = headerOf(reply, 'docker-content-digest');
    const digest = isDigest(reference)
      ? reference
      : isDigest(said)
        ? said
        : `sha256:${createHash('sha256').update(reply.body).digest('hex')}`;
    checked(reply.body, digest, repository.registry);
    return { digest, text: reply.body.toString('utf8') };
  }

  async digest(repository: Repository, tag: string, signal?: AbortSignal): Promise<string> {
    const reply = await this.#ask({
      repository,
      method: 'HEAD',
      what: `manifests/${tag}`,
      accept: manifestTypes.join(', '),
      signal,
    });
    const digest = headerOf(reply, 'docker-content-digest');
    return isDigest(digest) ? digest : (await this.manifest(repository, tag, signal)).digest;
  }

  async blob(repository: Repository, digest: string, signal?: AbortSignal): Promise<Content> {
    const what = `blobs/${digest}`;
    const { body } = await this.#ask({ repository, method: 'GET', what, accept: '*/*', signal });
    checked(body, digest, repository.registry);
    return { digest, text: body.toString('utf8') };
  }

  async stream(repository: Repository, digest: string, take: Take, signal?: AbortSignal): Promise<void> {
    const hash = createHash(digest.slice(0, digest.indexOf(':')));
    let isBegun = false;
    const question: Question = {
      ...{ repository, method: 'GET', what: `blobs/${digest}`, accept: '*/*', signal },
      take: piece => {
        isBegun = true;
        hash.update(piece);
        return take(piece);
      },
    };
    await this.#ask(question, () => !isBegun);
    checked(hash, digest, repository.registry);
  }

  async tags(repository: Repository, signal?: AbortSignal): Promise<readonly string[]> {
    const found = new Set<string>();
    const seen = new Set<string>();
    let what = `tags/list?n=${tagsOfPage}`;
    for (let page = 0; page < this.#limits.pages; page++) {
      const reply = await this.#ask({ repository, method: 'GET', what, accept: 'application/json', signal });
      const tags = readTags(reply.body.toString('utf8'));
      if (tags === null) {
        throw new RegistryProblem(
          `${repository.registry} lists tags in a way that makes no sense. Try again later.`,
        );
      }
      for (const tag of tags) found.add(tag);
      const next = this.#nextPage(headerOf(reply, 'link'), reply.url, repository);
      if (next === null || seen.has(next)) break;
      seen.add(next);
      what = next;
    }
    return [...found];
  }

  /** Of what the link says the query alone: the rest of the address stays ours. */
  #nextPage(link: string, from: URL, { registry }: Repository): string | null {
    const target = nextLink(link);
    if (target === null) return null;
    if (!URL.canParse(target, from.href)) {
      throw new RegistryProblem(`${registry} lists tags in a way that makes no sense. Try again later.`);
    }
    return `tags/list${new URL(target, from).search}`;
  }

  /** Each mirror gets its chance; what the registry itself says counts. */
  async #ask(question: Question, mayTryAgain = () => true): Promise<Reply> {
    let { registry } = question.repository;
    const places = this.#addresses.placesOf(question.repository);
    const key = places.map(({ origin }) => origin.origin).join(' ');
    const known = this.#unreachable.get(key);
    if (known) throw known;
    let problem: unknown = new RegistryProblem(`${registry} is no address of a registry. Check its name.`);
    for (const place of places) {
      try {
        return await this.#askAt(place, question);
      } catch (error) {
        problem = error;
        registry = place.registry;
        if (question.signal?.aborted || !mayTryAgain()) break;
      }
    }
    if (problem instanceof NoAnswer) {
      const told = new RegistryProblem(`${registry} ${problem.message}.`);
      if (!question.signal?.aborted) this.#unreachable.set(key, told);
      throw told;
    }
    if (problem instanceof NoCredentials) throw new RegistryProblem(problem.message);
    throw problem;
  }

  async #askAt(place: Place, question: Question): Promise<Reply> {
    const { signal } = question;
    const { registry, path, origin } = place;
    const wanted: Wanted = { ...place, account: await this.#credentials.of(registry, path), signal };
    let authorization = this.#tokens.known(wanted);
    for (let attempt = 0; ; attempt++) {
      const reply = await this.#follow(place, question, authorization);
      const { status } = reply;
      if (status === 200) return reply;
      const isAsked = status === 401 && attempt < 2 && reply.url.origin === origin.origin;
      if (isAsked) {
        const challenges = readChallenges(headerOf(reply, 'www-authenticate'));
        authorization = await this.#tokens.answer(challenges, wanted, attempt > 0);
      } else if (status === 429) {
        await this.#pause(reply, registry, attempt, signal);
      } else throw refusal(reply, question.what, place);
    }
  }

  async #pause(reply: Reply, registry: string, attempt: number, signal?: AbortSignal): Promise<void> {
    const seconds = retryAfter(headerOf(reply, 'retry-after'), Date.now());
    if (attempt >= 2 || seconds === null || seconds > this.#limits.wait) throw tooMany(registry, seconds);
    await wait(seconds * 1_000, undefined, { ...(signal && { signal }) });
  }

  /** What is sent along ends where the origin does. */
  async #follow(
    { registry, path, origin }: Place,
    { method, what, accept, signal, take }: Question,
    authorization: string | undefined,
  ): Promise<Reply> {
    const limits = take ? layerLimits : this.#limits;
    let url = new URL(`/v2/${path}/${what}`, origin);
    for (let hops = 0; hops <= mostRedirects; hops++) {
      const isHome = url.origin === origin.origin;
      const headers = {
        accept,
        'accept-encoding': 'identity',
        'user-agent': 'bulkhead',
        ...(isHome && authorization && { authorization }),
      };
      const certificates = await this.#certificates.of(url);
      const asked = { method, url, headers, certificates };
      const answered = await exchange(asked, limits, signal, take);
      const location = headerOf(answered, 'location');
      if (![301, 302, 303, 307, 308].includes(answered.status) || location === '')
        return { ...answered, url };
      const target = URL.canParse(location, url.href) ? new URL(location, url) : null;
      if (target === null || !this.#addresses.mayLead(url, target)) break;
      target.username = '';
      target.password = '';
      url = target;
    }
    throw new RegistryProblem(
      `${registry} sends us on to where we do not go. Ask whoever runs the registry.`,
    );
  }
}

export const registryClient = (options: ClientOptions): RegistryClient => new Client(options);
