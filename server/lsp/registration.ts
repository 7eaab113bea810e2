// Registration: what the client is asked to tell, where it can be asked.
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
} from 'vscode-languageserver';
import { settingsSection } from '../core/protocol/settings.ts';
import type { Abilities } from './abilities.ts';

/** Files that findings may rest on. */
const watched = [
  '**/.bulkhead.{yaml,yml}',
  '**/.hadolint.{yaml,yml}',
  '**/*.dockerignore',
  '**/{*.env,.env*,.gitignore}',
  '**/*{Dockerfile,Containerfile,dockerfile,containerfile}*',
  '**/*.{yaml,yml}',
];

export async function register(connection: Connection, abilities: Abilities): Promise<void> {
  if (abilities.registersConfiguration) {
    await connection.client.register(DidChangeConfigurationNotification.type, { section: settingsSection });
  }
  if (abilities.registersWatchers) {
    const watchers = watched.map(globPattern => ({ globPattern }));
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
}
