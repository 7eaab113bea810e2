// Starts a rule: writes its file from a template that the checks refuse until it is filled in, and generates the rest.
// Usage: npm run new-rule -- dockerfile|compose the-bad-thing
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { refusal, rulePath, ruleText } from './new-rule/start.ts';
import { inRepository } from './repository.ts';

const [language = '', id = ''] = process.argv.slice(2);
const reason = refusal(language, id);
if (reason !== undefined) {
  console.error(`${reason}\nUsage: npm run new-rule -- dockerfile|compose the-bad-thing`);
  process.exit(2);
}

const file = rulePath(language, id);
writeFileSync(inRepository(file), ruleText(language, id));
const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/generate.ts'], {
  cwd: inRepository(),
  stdio: 'inherit',
});
console.log(`${file} is yours to fill in. What is still missing: npm run unit -- contract`);
process.exit(status ?? 1);
