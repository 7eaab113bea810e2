// A suite that runs inside VS Code: tests one after the other, each with the events it waits for.
import type * as vscode from 'vscode';
import { type Disposable, type Event, languages, type TextDocument, type Uri } from 'vscode';
import { keyOf, type Repair } from '../suite/texts.ts';
import type { Facts, Outcome } from './facts.ts';

export type Test = readonly [name: string, run: () => Promise<void>];

/** Written into the bundle of the suite by the runner: an extension host in a browser has no environment. */
declare const BULKHEAD_FACTS: Facts;

export const facts = BULKHEAD_FACTS;

const patience = 60_000;

const failure = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** What the condition gives, as soon as it gives something: now, or after one of the events. */
export function when<Value>(
  what: string,
  events: readonly Event<never>[] | readonly Event<unknown>[],
  condition: () => Value | undefined | false,
  longest = patience,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const listening: Disposable[] = [];
    const end = (): void => {
      clearTimeout(timer);
      for (const one of listening) one.dispose();
    };
    const timer = setTimeout(() => {
      end();
      reject(new Error(`Waited in vain for ${what}.`));
    }, longest);
    const look = (): void => {
      const value = condition();
      if (value === undefined || value === false) return;
      end();
      resolve(value);
    };
    for (const event of events) listening.push((event as Event<unknown>)(look));
    look();
  });
}

export const idOf = ({ code }: vscode.Diagnostic): string =>
  String(typeof code === 'object' ? code.value : code);

/** Our findings in a file, by rule. */
export const rulesIn = (uri: Uri): string[] =>
  languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'bulkhead')
    .map(idOf);

export const findings = (
  { uri }: Pick<TextDocument, 'uri'>,
  what: string,
  fits: (rules: readonly string[]) => boolean,
): Promise<readonly string[]> =>
  when(`${what} in ${uri.path}`, [languages.onDidChangeDiagnostics], () => {
    const rules = rulesIn(uri);
    return fits(rules) && rules;
  }).catch(error => {
    throw new Error(`${error.message} There is: ${rulesIn(uri).join(', ') || 'nothing'}.`);
  });

/** What the command line has made of a text. */
export function byCommandLine(repair: Repair, text: string): string {
  const repaired = facts.repaired[keyOf(repair, text)];
  if (repaired === undefined || repaired === text) throw new Error(`Nothing is repaired in ${text}`);
  return repaired;
}

/** The runner answers when it has taken down what happened: of a failure also what the window shows. */
const tell = (outcome: Outcome): Promise<unknown> =>
  fetch(facts.runner, { method: 'POST', body: JSON.stringify(outcome) });

export async function runTests(suite: string, tests: readonly Test[]): Promise<void> {
  let failed = 0;
  for (const [name, run] of tests) {
    const started = performance.now();
    let error: string | null = null;
    try {
      await run();
    } catch (thrown) {
      failed++;
      error = failure(thrown);
    }
    await tell({ suite, name, milliseconds: Math.round(performance.now() - started), error });
  }
  if (failed > 0) throw new Error(`${failed} of ${tests.length} tests failed.`);
}
