// "Harden this service": the one at the cursor, or one that is chosen, as far as the person wants to go.
import { l10n, type QuickPickItem, type TextDocument, window } from 'vscode';
import {
  type HardenServiceParams,
  type HardenServiceResult,
  hardenServiceRequest,
  type ServicesResult,
  servicesRequest,
} from '../../server/core/protocol/messages.ts';
import type { Client } from '../client.ts';
import type { Hardening, Repairs } from './harden.ts';

type Safety = HardenServiceParams['upTo'];

async function serviceAtCursor(client: Client): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  if (!editor) return undefined;
  const uri = client.code2ProtocolConverter.asUri(editor.document.uri);
  const services = await client.sendRequest<ServicesResult>(servicesRequest, { uri });
  const here = services.find(({ range }) =>
    client.protocol2CodeConverter.asRange(range).contains(editor.selection.active),
  );
  if (here) return here.name;
  if (services.length === 0) {
    void window.showInformationMessage(l10n.t('There is no service in this file.'));
    return undefined;
  }
  return window.showQuickPick(
    services.map(({ name }) => name),
    { placeHolder: l10n.t('The service to harden') },
  );
}

interface Choice extends QuickPickItem {
  readonly upTo: Safety;
}

async function chosenSafety(service: string): Promise<Safety | undefined> {
  const choices: Choice[] = [
    {
      label: l10n.t('All repairs'),
      detail: l10n.t('Also those that may change behaviour. They are shown first.'),
      upTo: 'unsafe',
    },
    {
      label: l10n.t('Safe repairs'),
      detail: l10n.t('They change nothing that could be noticed. They are shown first.'),
      upTo: 'safe',
    },
  ];
  const title = l10n.t('Harden {0}', service);
  return (await window.showQuickPick(choices, { title }))?.upTo;
}

/** Of the document, once the person has said how far to go. */
export async function hardenServiceOf(
  client: Client,
  hardening: Hardening,
  document: TextDocument,
  service: string,
  given?: Safety,
): Promise<void> {
  const upTo = given ?? (await chosenSafety(service));
  if (upTo === undefined) return;
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  const params: HardenServiceParams = { uri, service, upTo };
  const make = async (): Promise<Repairs | undefined> => {
    const result = await client.sendRequest<HardenServiceResult | null>(hardenServiceRequest, params);
    const edit = result && (await client.protocol2CodeConverter.asWorkspaceEdit(result.edit as never));
    return result && edit ? { edit, others: result.others } : undefined;
  };
  await hardening.show({ document, subject: service, make });
}

/** What a keybinding or another extension may give along: then nothing is asked. */
function choicesIn(given: unknown): { readonly service?: string; readonly upTo?: Safety } {
  const { service, upTo } =
    typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  return {
    ...(typeof service === 'string' && { service }),
    ...((upTo === 'safe' || upTo === 'unsafe') && { upTo }),
  };
}

export async function hardenService(client: Client, hardening: Hardening, given: unknown): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (!document) return;
  const choices = choicesIn(given);
  const service = choices.service ?? (await serviceAtCursor(client));
  if (service !== undefined) await hardenServiceOf(client, hardening, document, service, choices.upTo);
}
