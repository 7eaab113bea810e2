// A suite that runs inside VS Code: tests one after the other, each with the events it waits for.
import { appendFileSync } from 'node:fs';
import type * as vscode from 'vscode';
import { type Disposable, type Event, languages, type TextDocument, type Uri } from 'vscode';

export type Test = readonly [name: string, run: () => Promise<void>];

const patience = 30_000;

const failure = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** What the condition gives, as soon as it gives something: now, or after one of the events. */
export function when<Value>(
  what: string,
  events: readonly Event<never>[] | readonly Event<unknown>[],
  condition: () => Value | undefined | false,
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
    }, patience);
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
  });

/** Runs all tests; what becomes of each stands in a file, a line of JSON for each. */
export async function runTests(tests: readonly Test[], report: string): Promise<void> {
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
    const milliseconds = Math.round(performance.now() - started);
    appendFileSync(report, `${JSON.stringify({ name, milliseconds, error })}\n`);
  }
  if (failed > 0) throw new Error(`${failed} of ${tests.length} tests failed.`);
}
