// VS Code by mouse and keyboard, and as quiet as a picture needs it.
import type { Page } from './editor.ts';

/** In the way of a picture. */
export const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'window.commandCenter': false,
  'editor.minimap.enabled': false,
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'git.enabled': false,
};

/** Parts of the window. */
export const widget = {
  squiggle: '.squiggly-error, .squiggly-warning',
  problem: '.markers-panel .monaco-list-row',
  input: '.quick-input-widget input',
  action: '.action-widget .monaco-list-row',
  // Ours has a title, and comes after the problem itself; the repairs are looked up last.
  hover: '.monaco-hover:not(.hidden):has-text("Quick Fix") strong',
  toast: '.notifications-toasts .notification-list-item',
  step: '.gettingStartedContainer .step-title',
  setting: '.settings-editor .setting-item-title',
  runningExtension: '.runtime-extensions-editor .extension',
};

const focusedRow = (words: string): string =>
  `.quick-input-list .monaco-list-row.focused:has-text("${words}")`;

/** Chooses what holds these words in the list that is open, or opens. */
export async function pick(page: Page, words: string): Promise<void> {
  await page.locator(widget.input).first().fill(words);
  await page.locator(focusedRow(words)).first().waitFor();
  await page.keyboard.press('Enter');
}

/**
 * Runs a command from the palette. VS Code learns some time after its start that the folder is trusted; a palette that was
 * open before lacks the commands for such folders, and is opened again.
 */
export async function run(page: Page, command: string): Promise<void> {
  const row = page.locator(focusedRow(command)).first();
  for (let tries = 20; ; tries--) {
    await page.keyboard.press('F1');
    await page.locator(widget.input).first().fill(`>${command}`);
    try {
      await row.waitFor({ timeout: 3_000 });
      break;
    } catch (error) {
      if (tries === 0) throw error;
      await page.keyboard.press('Escape');
    }
  }
  await page.keyboard.press('Enter');
}

export const seen = (page: Page, selector: string): Promise<void> => page.locator(selector).first().waitFor();
