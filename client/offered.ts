// What other extensions offer in our documents, so that the server does not offer it a second time.
import { type Disposable, Disposable as Disposables, extensions, workspace } from 'vscode';
import { offeredElsewhereNotification } from '../server/core/protocol/messages.ts';
import type { LanguageFeature, Offered } from '../server/core/protocol/settings.ts';
import type { Client } from './client.ts';

interface Other extends Partial<Offered> {
  readonly extension: string;
  /** A setting of theirs that switches what is said of Compose files off. */
  readonly composeSetting?: string;
}

/** Those of dockerfile-language-service, which the first three bring along. */
const dockerfile: readonly LanguageFeature[] = ['completion', 'symbols', 'folding'];

const others: readonly Other[] = [
  {
    extension: 'docker.docker',
    compose: ['aliases', 'completion', 'definition', 'highlight', 'hover', 'imageLinks', 'links', 'symbols'],
    composeSetting: 'docker.extension.enableComposeLanguageServer',
    dockerfile,
  },
  {
    extension: 'ms-azuretools.vscode-containers',
    compose: ['completion', 'hover', 'imageLinks'],
    composeSetting: 'containers.enableComposeLanguageService',
    dockerfile,
  },
  { extension: 'redhat.vscode-yaml', compose: ['aliases', 'completion', 'folding', 'hover', 'symbols'] },
];

const isOn = ({ composeSetting }: Other): boolean =>
  composeSetting === undefined || workspace.getConfiguration().get(composeSetting) !== false;

export function offeredElsewhere(): Offered {
  const here = others.filter(({ extension }) => extensions.getExtension(extension) !== undefined);
  return {
    compose: [...new Set(here.filter(isOn).flatMap(({ compose = [] }) => compose))],
    dockerfile: [...new Set(here.flatMap(other => other.dockerfile ?? []))],
  };
}

/** The server hears of extensions that come and go, and of their settings. */
export function watchOffers(client: Client): Disposable {
  let told = JSON.stringify(offeredElsewhere());
  const tell = (): void => {
    const offered = offeredElsewhere();
    const text = JSON.stringify(offered);
    if (text === told) return;
    told = text;
    // A server that is not there is told when it starts.
    if (client.isRunning()) client.sendNotification(offeredElsewhereNotification, offered).catch(() => {});
  };
  const settings = others.flatMap(({ composeSetting }) => composeSetting ?? []);
  return Disposables.from(
    extensions.onDidChange(tell),
    workspace.onDidChangeConfiguration(change => {
      if (settings.some(setting => change.affectsConfiguration(setting))) tell();
    }),
  );
}
