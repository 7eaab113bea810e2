// Asking registries while a person waits: with progress that can be cancelled, and what stood in the way said in a message.
import type { CancellationToken, Connection, MessageType } from 'vscode-languageserver';
import type { RegistryAccess } from '../host/registries.ts';
import { throwIfCancelled } from './refusal.ts';

const messageTypes: Readonly<Record<'warning' | 'information', MessageType>> = { warning: 2, information: 3 };

export interface RegistryAsker {
  say(type: keyof typeof messageTypes, message: string): Promise<void>;
  /** Undefined where whoever waits for it, or a person who sees it, has had enough. */
  withProgress<Result>(
    title: string,
    token: CancellationToken,
    run: (cancelled: Promise<unknown>) => Promise<Result>,
  ): Promise<Result | undefined>;
  /** Undefined where there is nothing, which has been said. */
  orSay<Result>(
    title: string,
    token: CancellationToken,
    ask: (given: RegistryAccess, cancelled: Promise<unknown>) => Promise<Result>,
  ): Promise<Result | undefined>;
}

export function registryAsker(connection: Connection, access: () => Promise<RegistryAccess>): RegistryAsker {
  const say: RegistryAsker['say'] = (type, message) =>
    connection.sendNotification('window/showMessage', { type: messageTypes[type], message });
  const withProgress: RegistryAsker['withProgress'] = async (title, token, run) => {
    const progress = await connection.window.createWorkDoneProgress();
    progress.begin(title, undefined, undefined, true);
    const cancelled = new Promise<undefined>(resolve => {
      for (const each of [token, progress.token]) each.onCancellationRequested(() => resolve(undefined));
    });
    try {
      return await Promise.race([run(cancelled), cancelled]);
    } finally {
      progress.done();
    }
  };
  return {
    say,
    withProgress,
    async orSay(title, token, ask) {
      try {
        const found = await withProgress(title, token, async cancelled => ask(await access(), cancelled));
        throwIfCancelled(token);
        return found;
      } catch (error) {
        throwIfCancelled(token);
        await say('warning', error instanceof Error ? error.message : String(error));
        return undefined;
      }
    },
  };
}
