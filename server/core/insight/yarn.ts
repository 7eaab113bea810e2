// Which Yarn it is: from version 2 on it keeps packages in the project, and other options.
import type { RunInstruction } from '../model/dockerfile/model.ts';
import { findsFile } from './copied-files.ts';
import { hasOption, type LanguageWork } from './package-work.ts';

/** By its options, and by the files that it leaves in a project. */
export const isYarnBerry = (run: RunInstruction, work: LanguageWork): boolean =>
  work.manager.name === 'yarn' &&
  (hasOption(work, /^--(?:immutable|check-cache|inline-builds|mode)\b/) ||
    findsFile(run, '.yarnrc.yml') === 'named' ||
    findsFile(run, '.yarn') === 'named');
