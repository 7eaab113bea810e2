// Versions that have been looked up: remembered by question, and asked for only by who has a person's word for it.
import type { Answer } from '../core/engine/facts.ts';
import {
  type LookupReach,
  readVersionQuestion,
  type VersionAnswers,
  type VersionFinder,
} from '../core/engine/package-versions.ts';

export interface FoundVersions {
  /** Undefined: nobody has looked. Null: somebody has, and found none. */
  known(question: string): Answer<'version'>;
  lookUp(questions: readonly string[], reach: LookupReach): Promise<VersionAnswers>;
}

/** More than anybody looks up in one sitting. */
const remembered = 1_000;

export function rememberVersions(find: VersionFinder): FoundVersions {
  const answers = new Map<string, string | null>();
  return {
    known: question => answers.get(question),
    async lookUp(questions, reach) {
      const asked = questions.flatMap(question => readVersionQuestion(question) ?? []);
      const found = await find(asked, reach);
      for (const question of questions) {
        answers.delete(question);
        answers.set(question, found.versions.get(question) ?? null);
      }
      for (const oldest of [...answers.keys()].slice(0, -remembered)) answers.delete(oldest);
      return found;
    },
  };
}

/** How a project comes by versions: what is not known, it may ask for. */
export interface VersionSource {
  known(question: string): Answer<'version'>;
  ask(questions: readonly string[]): Promise<void>;
}

/** Nothing is ever looked up for its own sake. */
export const versionsSoFar = ({ known }: FoundVersions): VersionSource => ({
  known: question => known(question) ?? null,
  ask: async () => {},
});

/** Whatever is missing is looked up. */
export const versionsOnDemand = (
  { known, lookUp }: FoundVersions,
  reach: LookupReach,
  tell: (answers: VersionAnswers) => void,
): VersionSource => ({
  known,
  ask: async questions => tell(await lookUp(questions, reach)),
});

export const noVersions: VersionSource = { known: () => null, ask: async () => {} };
