// A request that a person may cancel while its progress is shown.
import { CancellationError, type CancellationToken, type Progress, ProgressLocation, window } from 'vscode';

/** Undefined where the person has cancelled it. */
export function cancellable<Result>(
  title: string,
  ask: (
    token: CancellationToken,
    progress: Progress<{ message?: string; increment?: number }>,
  ) => Promise<Result>,
): Thenable<Result | undefined> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (progress, token) => {
    try {
      return await ask(token, progress);
    } catch (error) {
      if (token.isCancellationRequested || error instanceof CancellationError) return undefined;
      throw error;
    }
  });
}
