// "Show rule": the page of a rule, chosen from a list in which the rules with findings in the file come first.
import { commands, l10n, languages, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { type RulesResult, rulesRequest, showRuleCommand } from '../../server/core/protocol/messages.ts';
import type { Client } from '../client.ts';
import { source } from '../options.ts';

/** The rules that have found something in the file that is being edited. */
function rulesHere(): ReadonlySet<string> {
  const uri = window.activeTextEditor?.document.uri;
  const diagnostics = uri ? languages.getDiagnostics(uri) : [];
  const codes = diagnostics
    .filter(diagnostic => diagnostic.source === source)
    .map(({ code }) => String(typeof code === 'object' ? code.value : code));
  return new Set(codes);
}

async function items(client: Client): Promise<QuickPickItem[]> {
  const rules = await client.sendRequest<RulesResult>(rulesRequest);
  const here = rulesHere();
  const item = ({ id, title, severity }: RulesResult[number]): QuickPickItem => ({
    label: id,
    description: title,
    detail: severity,
  });
  const first = rules.filter(({ id }) => here.has(id));
  const others = rules.filter(({ id }) => !here.has(id));
  const separator = (label: string): QuickPickItem => ({ label, kind: QuickPickItemKind.Separator });
  return [
    ...(first.length > 0 ? [separator(l10n.t('In this file')), ...first.map(item)] : []),
    separator(l10n.t('All rules')),
    ...others.map(item),
  ];
}

export async function chooseRule(client: Client): Promise<void> {
  const chosen = await window.showQuickPick(items(client), {
    placeHolder: l10n.t('The rule to read about'),
    matchOnDescription: true,
  });
  if (chosen) await commands.executeCommand(showRuleCommand, chosen.label);
}
