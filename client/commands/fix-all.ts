// "Fix all": the safe repairs of the file that is being edited.
import { commands } from 'vscode';

/** The editor itself says where there is nothing to repair. */
export const fixAll = (): Thenable<unknown> =>
  commands.executeCommand('editor.action.sourceAction', { kind: 'source.fixAll.bulkhead', apply: 'first' });
