// Scripts that have been checked: answers are remembered by text, so that nothing is asked twice.
import type { Answer } from '../core/engine/facts.ts';
import { readQuestion, type ScriptChecker } from '../core/engine/shellcheck.ts';

export interface ScriptAnswers {
  known(question: string): Answer<'shellcheck'>;
  ask(question: string): Promise<void>;
}

/** More than the scripts of all open documents; half-typed ones are pushed out again. */
const remembered = 1_000;

/** Without a checker nothing is ever there. */
export function rememberScripts(check: ScriptChecker | null): ScriptAnswers {
  const answers = new Map<string, Answer<'shellcheck'>>();
  const awaited = new Map<string, Promise<void>>();

  const answer = async (question: string): Promise<void> => {
    const asked = readQuestion(question);
    answers.set(question, asked && check ? await check(asked) : null);
    const [oldest] = answers.keys();
    if (answers.size > remembered && oldest !== undefined) answers.delete(oldest);
  };
  return {
    known: question => (check ? answers.get(question) : null),
    async ask(question) {
      if (answers.has(question)) return;
      const asked = awaited.get(question) ?? answer(question).finally(() => awaited.delete(question));
      awaited.set(question, asked);
      await asked;
    },
  };
}
