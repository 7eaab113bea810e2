// A command that fails says so with what can be done about it.
import { commands, l10n, window } from 'vscode';

async function tell(error: unknown): Promise<void> {
  const [restart, log] = [l10n.t('Restart Server'), l10n.t('Show Log')];
  const reason = error instanceof Error ? error.message : String(error);
  const answer = await window.showErrorMessage(l10n.t('Bulkhead has failed: {0}', reason), restart, log);
  if (answer === restart) await commands.executeCommand('bulkhead.restartServer');
  if (answer === log) await commands.executeCommand('bulkhead.showLog');
}

export const orTell =
  (handle: (given: never) => unknown): ((given: unknown) => Promise<unknown>) =>
  async given => {
    try {
      // What a keybinding gives along, the command itself looks at.
      return await handle(given as never);
    } catch (error) {
      void tell(error);
      return undefined;
    }
  };
