// Starting a rule: which names are refused, and the text that a new rule begins with.
import { readFileSync } from 'node:fs';
import { metaRules } from '../../server/core/engine/meta-rules.ts';
import { inRepository } from '../repository.ts';
import { ruleFiles, ruleLanguages, rulesFolder } from '../rules.ts';

/** Why there will be no rule of this name; undefined where there may be one. */
export function refusal(language: string, id: string): string | undefined {
  if (!ruleLanguages.some(name => name === language)) {
    return `There are rules for ${ruleLanguages.join(' and ')}, not for "${language}".`;
  }
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)) {
    return `"${id}" is no rule id: lower-case words joined by "-" that name the bad thing, such as root-user.`;
  }
  if (id.startsWith('no-'))
    return `"${id}" names the cure. Name the bad thing: it has to read well after "ignore".`;
  const taken =
    ruleFiles().find(file => file.id === id)?.path ?? metaRules.find(rule => rule.id === id)?.title;
  return taken && `The id ${id} is taken: ${taken}.`;
}

export const rulePath = (language: string, id: string): string => `${rulesFolder}/${language}/${id}.ts`;

export function ruleText(language: string, id: string): string {
  const template = readFileSync(inRepository('scripts', 'new-rule', `${language}.txt`), 'utf8');
  const { version } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8')) as { version: string };
  return template.replaceAll('THE-ID', id).replaceAll('THE-VERSION', version);
}
