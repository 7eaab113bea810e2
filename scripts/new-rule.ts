// Starts a rule: writes its file from a template that the checks refuse until it is filled in, and generates the rest.
// Usage: npm run new-rule -- dockerfile|compose the-bad-thing
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { metaRules } from '../server/core/engine/meta-rules.ts';
import { inRepository } from './repository.ts';
import { ruleFiles, ruleLanguages, rulesFolder } from './rules.ts';

function refuse(reason: string): never {
  console.error(reason);
  console.error('Usage: npm run new-rule -- dockerfile|compose the-bad-thing');
  process.exit(2);
}

const [wanted = '', id = ''] = process.argv.slice(2);
const language = ruleLanguages.find(name => name === wanted);
if (!language) refuse(`There are rules for ${ruleLanguages.join(' and ')}, not for "${wanted}".`);
if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)) {
  refuse(`"${id}" is no rule id: lower-case words joined by "-" that name the bad thing, such as root-user.`);
}
if (id.startsWith('no-'))
  refuse(`"${id}" names the cure. Name the bad thing: it has to read well after "ignore".`);
const taken = ruleFiles().find(file => file.id === id)?.path ?? metaRules.find(rule => rule.id === id)?.title;
if (taken) refuse(`The id ${id} is taken: ${taken}.`);

const template = readFileSync(inRepository('scripts', 'new-rule', `${language}.txt`), 'utf8');
const { version } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8')) as { version: string };
const file = `${rulesFolder}/${language}/${id}.ts`;
writeFileSync(inRepository(file), template.replaceAll('THE-ID', id).replaceAll('THE-VERSION', version));
const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/generate.ts'], {
  cwd: inRepository(),
  stdio: 'inherit',
});
console.log(`${file} is yours to fill in. What is still missing: npm run unit -- contract`);
process.exit(status ?? 1);
