// Runs one suite in a window of its own.
import type { Editor, Page } from './editor.ts';
import type { Prepared, Suite } from './prepare.ts';
import { keepTraces, listenTo } from './traces.ts';
import { openWindow, type WindowWishes } from './window.ts';

/** Without a word for so long, a suite hangs. */
const patience = 150_000;

/** Called before the page shows anything; gives how the suite in it ends: null where it says nothing any more. */
async function endOf(page: Page, prepared: Prepared, failed: (name: string) => Promise<void>) {
  let end = (_: number | null): void => {};
  const ended = new Promise<number | null>(resolve => {
    end = resolve;
  });
  let silence: NodeJS.Timeout | undefined;
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => end(null), patience);
  };
  heard();
  prepared.begin(heard, ({ name }) => failed(name));
  await page.exposeFunction('codeAutomationLog', () => {});
  await page.exposeFunction('codeAutomationExit', (code: number) => end(code));
  return ended.finally(() => clearTimeout(silence));
}

/** True where all tests of the suite have run, and none failed. */
export async function runSuite(
  editor: Editor,
  prepared: Prepared,
  suite: Suite,
  wishes: WindowWishes,
): Promise<boolean> {
  let ended: Promise<number | null> = Promise.resolve(null);
  const page = await openWindow(editor, wishes, async shown => {
    listenTo(shown);
    ended = endOf(shown, prepared, name => keepTraces(shown, `${suite} ${name}`, editor.folder));
  });
  const code = await ended;
  const { all, failed } = prepared.counts();
  if (code !== 0 && failed === 0) {
    console.log(code === null ? 'FAILED It says nothing any more.' : `FAILED It ended with ${code}.`);
    await keepTraces(page, suite, editor.folder);
  }
  await page.close();
  return code === 0 && all > 0 && failed === 0;
}
