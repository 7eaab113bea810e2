// The rules as files: one file below server/core/rules/<language>/ is one rule.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Language, Rule } from '../server/core/engine/rule.ts';
import { filesBelow, inRepository } from './repository.ts';

export const rulesFolder = 'server/core/rules';
export const ruleLanguages: readonly Language[] = ['compose', 'dockerfile'];

export interface RuleFile {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly language: Language;
  readonly id: string;
}

/** Every rule file, by language and then by id. */
export function ruleFiles(): RuleFile[] {
  return ruleLanguages.flatMap(language =>
    filesBelow(`${rulesFolder}/${language}`, file => file.endsWith('.ts'))
      .map(file => ({ path: file, language, id: path.posix.basename(file, '.ts') }))
      // By file name, a rule would come behind those whose id goes on from its own.
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
}

export async function loadRule(file: RuleFile): Promise<Rule> {
  const module: { readonly default?: Rule } = await import(pathToFileURL(inRepository(file.path)).href);
  if (!module.default) throw new Error(`${file.path} has no rule as its default export.`);
  return module.default;
}
