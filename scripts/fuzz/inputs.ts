// What mutants are made of: the examples of the rules, those of the product, and real files where they are at hand.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readMarks } from '../../server/core/engine/example.ts';
import { languageOf } from '../../server/core/engine/language.ts';
import type { Language } from '../../server/core/engine/rule.ts';
import { rules } from '../../server/core/rules/index.generated.ts';
import { inRepository } from '../repository.ts';

export interface Input {
  readonly language: Language;
  readonly text: string;
}

function filesIn(folder: string): Input[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .flatMap(name => {
      const language = languageOf(name);
      const file = path.join(folder, name);
      return language && existsSync(file) ? [{ language, text: readFileSync(file, 'utf8') }] : [];
    });
}

export const ownInputs = (): Input[] => [
  ...rules.flatMap(({ language, examples }) =>
    [...examples.bad, ...examples.good].map(({ code }) => ({ language, text: readMarks(code).text })),
  ),
  ...filesIn(inRepository('examples')),
];

/** Files of public projects, beside the repository. */
export const realInputs = (): Input[] => filesIn(inRepository('..', 'shared', 'corpus'));
