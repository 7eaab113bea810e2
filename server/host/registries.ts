// Images that have been looked up in registries: remembered by question, and asked for only by who has a person's word for it.
import type { Answer } from '../core/engine/facts.ts';
import { type ImageFinder, readImageQuestion } from '../core/engine/image-questions.ts';
import type { ImageConfig, PlatformImage } from '../core/registry/readings.ts';

/** What a registry has under a tag; where it is for several platforms, most of it is about that of this machine. */
export interface ImageAbout {
  readonly digest: string;
  /** Each with a digest of its own; none where it is no index. */
  readonly platforms: readonly PlatformImage[];
  /** Bytes, compressed. */
  readonly size: number | null;
  /** Null where it was not asked for. */
  readonly config: ImageConfig | null;
  /** When that was so, in milliseconds. */
  readonly askedAt: number;
}

export interface TagFacts {
  readonly tag: string;
  /** As ISO 8601. */
  readonly created: string | null;
  /** Bytes, compressed. */
  readonly size: number | null;
}

/** What has been asked before, with nobody asked: null where nothing is known. */
export interface KeptFacts extends ImageFinder {
  about(image: string): Promise<ImageAbout | null>;
  /** The nearest to the one that is named first. */
  tags(image: string): Promise<readonly string[] | null>;
}

/** What a host that reaches registries lends. */
export interface RegistryAccess extends ImageFinder {
  /** Answers may be some minutes old. */
  readonly findLazily: ImageFinder['find'];
  /**
   * Those of the image, the nearest to the one that is named first; the first few, `lookedAt`, with what they are. Fails with
   * words for people.
   */
  tags(image: string, lookedAt: number, cancelled?: Promise<unknown>): Promise<readonly TagFacts[]>;
  /** Fails likewise. */
  about(image: string, cancelled?: Promise<unknown>): Promise<ImageAbout>;
  /** No more than its digests. Fails likewise. */
  platforms(image: string, cancelled?: Promise<unknown>): Promise<Pick<ImageAbout, 'digest' | 'platforms'>>;
  /** Asks for all that a person may want to know of an image, however much of it is known; it is kept. Fails likewise. */
  ask(image: string, cancelled?: Promise<unknown>): Promise<void>;
  readonly kept: KeptFacts;
}

export interface FoundImages {
  /** Undefined: nobody has looked. Null: somebody has, and found none. */
  known(question: string): Answer<'registry'>;
  /** What stood in the way, by question. */
  lookUp(questions: readonly string[], cancelled?: Promise<unknown>): Promise<ReadonlyMap<string, string>>;
  /** The same, where nobody waits for it. */
  lookUpLazily(questions: readonly string[]): Promise<void>;
  /** What is known, or was once; as `known`. */
  recalled(question: string): Answer<'registry'>;
  /** Looks for what was known once. Nobody is asked. */
  recall(questions: readonly string[]): Promise<void>;
  /** More is known from now on: what could not be recalled may be there. */
  learnt(): void;
}

/** More than anybody looks up in one sitting. */
const remembered = 1_000;

export function rememberRegistries(access: () => Promise<RegistryAccess>): FoundImages {
  const known = new Map<string, string | null>();
  const recalled = new Map<string, string | null>();
  const look = async (
    questions: readonly string[],
    ask: (given: RegistryAccess) => ImageFinder['find'],
    cancelled?: Promise<unknown>,
    kept = known,
  ): Promise<ReadonlyMap<string, string>> => {
    const asked = questions.flatMap(question => readImageQuestion(question) ?? []);
    const { answers, problems } = await ask(await access())(asked, cancelled);
    for (const question of questions) {
      kept.delete(question);
      kept.set(question, answers.get(question) ?? null);
    }
    for (const oldest of [...kept.keys()].slice(0, -remembered)) kept.delete(oldest);
    return problems;
  };
  return {
    known: question => known.get(question),
    lookUp: (questions, cancelled) => look(questions, ({ find }) => find, cancelled),
    lookUpLazily: async questions => void (await look(questions, ({ findLazily }) => findLazily)),
    recalled: question => known.get(question) ?? recalled.get(question),
    recall: async questions => void (await look(questions, ({ kept }) => kept.find, undefined, recalled)),
    learnt: () => recalled.clear(),
  };
}

/** How a project comes by what registries say: what is not known, it may ask for. */
export interface RegistrySource {
  known(question: string): Answer<'registry'>;
  ask(questions: readonly string[]): Promise<void>;
}

/** Nobody is asked for its own sake. What is no more than told may come from long ago; what is written may not. */
export const registriesSoFar = ({ known, recalled, recall }: FoundImages): RegistrySource => ({
  known: question =>
    readImageQuestion(question)?.ask === 'size' ? recalled(question) : (known(question) ?? null),
  ask: recall,
});

/** Whatever is missing is looked up; what is in the way is for nobody's eyes. */
export const registriesInBackground = ({ known, lookUpLazily }: FoundImages): RegistrySource => ({
  known,
  ask: lookUpLazily,
});

export const noRegistries: RegistrySource = { known: () => null, ask: async () => {} };
