// Commands: what the client asks the server to carry out.
import type { Connection, ExecuteCommandParams, MessageType, WorkspaceEdit } from 'vscode-languageserver';
import { askRegistryCommand, showRuleCommand } from '../core/protocol/messages.ts';
import { rulePageUrl } from '../core/report/links.ts';
import type { Abilities } from './abilities.ts';

const information: MessageType = 3;

/** Applies the edit that is its only argument; for clients without code action literals. */
export const applyEditCommand = 'bulkhead.applyEdit';

export const commandsFor = ({ actionLiterals }: Abilities): string[] => [
  showRuleCommand,
  askRegistryCommand,
  ...(actionLiterals ? [] : [applyEditCommand]),
];

export async function executeCommand(
  connection: Connection,
  { showsDocuments }: Abilities,
  { command, arguments: [argument] = [] }: ExecuteCommandParams,
): Promise<void> {
  if (command === applyEditCommand) {
    await connection.workspace.applyEdit(argument as WorkspaceEdit);
  } else if (command === showRuleCommand && typeof argument === 'string') {
    const uri = rulePageUrl(argument);
    if (showsDocuments) await connection.window.showDocument({ uri, external: true });
    else await connection.sendNotification('window/showMessage', { type: information, message: uri });
  }
}
