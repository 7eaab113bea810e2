// The finder: answers questions about images by asking their registries.
import {
  type ImageFinder,
  type ImageQuestion,
  imageQuestionText,
} from '../../core/engine/image-questions.ts';
import { exactCandidates } from '../../core/registry/ranking.ts';
import { readImageConfig, readManifest } from '../../core/registry/readings.ts';
import { sizeOf } from './about.ts';
import { registrySettings } from './addresses.ts';
import { answerCache, type Freshness } from './cache.ts';
import { type ClientLimits, type RegistryClient, registryClient } from './client.ts';
import { storedCredentials } from './credentials.ts';
import { RegistryProblem } from './problem.ts';
import { RemoteImage } from './remote-image.ts';

export interface FinderOptions {
  /** Programs that lie in these folders are not started. */
  readonly projects: readonly string[];
  readonly freshness?: Freshness;
  readonly limits?: Partial<ClientLimits>;
}

const mostCompared = 24;
const atOnce = 4;

const unreadable = (image: RemoteImage): RegistryProblem =>
  new RegistryProblem(
    `What ${image.place} calls ${image.tag} is no image that could be read. Is it a chart, or as old as 2016?`,
  );

const isFor = (known: string | null, wanted: string): boolean =>
  known === wanted || known?.startsWith(`${wanted}/`) === true;

async function digestFor(image: RemoteImage, platform: string | undefined): Promise<string> {
  const { digest, text } = await image.manifest();
  const manifest = readManifest(text);
  if (manifest === null) throw unreadable(image);
  if (platform === undefined) return digest;
  if (manifest.kind === 'index') {
    const found = manifest.images.find(one => isFor(one.platform, platform));
    if (found) return found.digest;
    const others = manifest.images.map(one => one.platform).join(', ');
    throw new RegistryProblem(`${image.place}:${image.tag} is not made for ${platform}, only for ${others}.`);
  }
  const config = readImageConfig((await image.blob(manifest.config)).text);
  if (isFor(config?.platform ?? null, platform)) return digest;
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

async function sizeFor(image: RemoteImage): Promise<string> {
  const size = await sizeOf(image, image.tag);
  if (size === null) throw unreadable(image);
  return String(size);
}

const answers: Readonly<
  Record<ImageQuestion['ask'], (image: RemoteImage, platform: string | undefined) => Promise<string>>
> = {
  digest: digestFor,
  exact: exactFor,
  size: sizeFor,
};

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

export function registryFinder({ projects, freshness, limits = {} }: FinderOptions): RemoteFinder {
  const cache = answerCache(undefined, freshness);
  const connect = async (): Promise<RegistryClient> =>
    registryClient({
      settings: await registrySettings(),
      credentials: storedCredentials({ projects }),
      limits,
    });

  return {
    image: async (name, signal) => new RemoteImage(name, await connect(), cache, signal),
    async find(questions, cancelled) {
      const found = new Map<string, string>();
      const problems = new Map<string, string>();
      const signal = signalOf(cancelled);
      const client = await connect();
      const queue = questions.values();
      const work = async (): Promise<void> => {
        for (const question of queue) {
          const key = imageQuestionText(question) ?? '';
          try {
            const image = new RemoteImage(question.image, client, cache, signal);
            found.set(key, await answers[question.ask](image, question.platform));
          } catch (error) {
            if (!(error instanceof RegistryProblem) && !signal.aborted) throw error;
            problems.set(key, error instanceof RegistryProblem ? error.message : 'It was not looked up.');
          }
        }
      };
      await Promise.all(Array.from({ length: Math.min(atOnce, questions.length) }, work));
      return { answers: found, problems };
    },
  };
}
