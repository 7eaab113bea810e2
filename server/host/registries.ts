// Images that have been looked up in registries: remembered by question, and asked for only by who has a person's word for it.
import type { Answer } from '../core/engine/facts.ts';
import { type ImageFinder, readImageQuestion } from '../core/engine/image-questions.ts';

export interface FoundImages {
  /** Undefined: nobody has looked. Null: somebody has, and found none. */
  known(question: string): Answer<'registry'>;
  /** What stood in the way, by question. */
  lookUp(questions: readonly string[], cancelled?: Promise<unknown>): Promise<ReadonlyMap<string, string>>;
}

/** More than anybody looks up in one sitting. */
const remembered = 1_000;

export function rememberImages({ find }: ImageFinder): FoundImages {
  const known = new Map<string, string | null>();
  return {
    known: question => known.get(question),
    async lookUp(questions, cancelled) {
      const asked = questions.flatMap(question => readImageQuestion(question) ?? []);
      const { answers, problems } = await find(asked, cancelled);
      for (const question of questions) {
        known.delete(question);
        known.set(question, answers.get(question) ?? null);
      }
      for (const oldest of [...known.keys()].slice(0, -remembered)) known.delete(oldest);
      return problems;
    },
  };
}

/** How a project comes by what registries say: what is not known, it may ask for. */
export interface RegistrySource {
  known(question: string): Answer<'registry'>;
  ask(questions: readonly string[]): Promise<void>;
}

/** Nothing is ever looked up for its own sake. */
export const registriesSoFar = ({ known }: FoundImages): RegistrySource => ({
  known: question => known(question) ?? null,
  ask: async () => {},
});

/** Whatever is missing is looked up; what is in the way is for nobody's eyes. */
export const registriesInBackground = ({ known, lookUp }: FoundImages): RegistrySource => ({
  known,
  ask: async questions => void (await lookUp(questions)),
});

export const noRegistries: RegistrySource = { known: () => null, ask: async () => {} };
