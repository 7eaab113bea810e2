// A folder of the machine that the person trusts: everything.
import { runTests } from '../support/suite.ts';
import { builds } from './builds.ts';
import { appearance, folders, lightbulb, reading, saving, settings } from './editing.ts';
import { language } from './language.ts';
import { installed, killed, startsPrograms } from './life.ts';
import { palette } from './palette.ts';
import { production } from './production.ts';
import { registries } from './registries.ts';
import { scans } from './scans.ts';
import { size } from './size.ts';
import { taskTests } from './tasks.ts';

export const run = (): Promise<void> =>
  runTests('a folder of the machine', [
    ...appearance,
    ...lightbulb,
    ...saving,
    ...reading,
    ...language,
    ...settings,
    ...folders,
    ...production,
    ...builds,
    ...registries,
    ...scans,
    ...size,
    ...palette,
    ...taskTests,
    startsPrograms,
    killed,
    installed,
  ]);
