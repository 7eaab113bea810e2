// All lines of the checklist, in the order in which they are read.
import type { Line } from './line.ts';
import { capabilities, confinement, nonRoot } from './lines/account.ts';
import { immutableTag, supportedBase } from './lines/image.ts';
import { intendedPorts, separateNetworks } from './lines/network.ts';
import { gracefulStop, healthCheck, limits, logs, restartPolicy } from './lines/running.ts';
import { secretsOutside } from './lines/secrets.ts';
import { apartFromHost, dataOnVolumes, readOnlyFileSystem } from './lines/storage.ts';

export const lines: readonly Line[] = [
  immutableTag,
  supportedBase,
  nonRoot,
  capabilities,
  confinement,
  readOnlyFileSystem,
  apartFromHost,
  secretsOutside,
  intendedPorts,
  separateNetworks,
  limits,
  healthCheck,
  restartPolicy,
  gracefulStop,
  logs,
  dataOnVolumes,
];

/** What makes a file impossible to read whole: nothing that is said of it holds for certain then. */
export const readingRules: readonly string[] = [
  'syntax-error',
  'compose-syntax-error',
  'compose-schema-violation',
];

/** All that have to run for a checklist. */
export const checklistRules: ReadonlySet<string> = new Set([
  ...lines.flatMap(({ rules }) => [...rules.compose, ...rules.dockerfile]),
  ...readingRules,
]);
