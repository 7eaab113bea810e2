// The client as tests use it: with accounts, limits and a registry that behaves.
import assert from 'node:assert/strict';
import { repositoryOf } from '../../server/core/model/image-reference.ts';
import type { RegistrySettings } from '../../server/node/registry/addresses.ts';
import { type ClientLimits, type RegistryClient, registryClient } from '../../server/node/registry/client.ts';
import type { Account, Credentials } from '../../server/node/registry/credentials.ts';
import { type FakeServer, holding, storedImage, storedIndex } from './fake-registry.ts';

export const noSettings: RegistrySettings = { mirrors: [], insecure: [], tables: [] };
export const limits: Partial<ClientLimits> = { time: 2_000, size: 100_000, wait: 1 };
export const password: Account = { kind: 'password', user: 'me', password: 's3cr3t' };
export const basic = `Basic ${Buffer.from('me:s3cr3t').toString('base64')}`;

export const noAccounts: Credentials = { of: async () => null };
export const accounts = (of: Readonly<Record<string, Account>>): Credentials => ({
  of: async registry => of[registry] ?? null,
});

export const clientWith = (credentials: Credentials = noAccounts, settings = noSettings): RegistryClient =>
  registryClient({ settings, credentials, limits });

export const at = ({ host }: FakeServer, name = 'app') => repositoryOf({ registry: host, name });

export const index = storedIndex('one');
export const image = storedImage('two');
export const holdings = { app: { '1': index, '1.0': index, '2': image, latest: image, a_b: image } };
export const fine = holding(holdings, 2);

/** What the promise is refused with; a defect of ours is none. */
export async function problem(promise: Promise<unknown>): Promise<string> {
  try {
    return `none: ${JSON.stringify(await promise)}`;
  } catch (error) {
    assert.equal((error as Error).constructor.name, 'RegistryProblem', String(error));
    return (error as Error).message;
  }
}
