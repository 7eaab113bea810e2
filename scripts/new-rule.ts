// Starts a rule: writes its file from a template that the checks refuse until it is filled in, and generates the rest.
// Usage: npm run new-rule -- dockerfile|compose the-bad-thing
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { metaRules } from '../server/core/engine/meta-rules.ts';
import { inRepository } from './repository.ts';
import { ruleFiles, rulesFolder } from './rules.ts';

interface Start {
  readonly define: string;
  readonly bad: string;
  readonly good: string;
}

const starts: Readonly<Record<string, Start>> = {
  dockerfile: {
    define: 'dockerfileRule',
    bad: 'FROM «alpine»\\n',
    good: 'FROM alpine:3.22\\n',
  },
  compose: {
    define: 'composeRule',
    bad: 'services:\\n  web:\\n    image: «nginx»\\n',
    good: 'services:\\n  web:\\n    image: nginx:1.29\\n',
  },
};

const template = (id: string, since: string, { define, bad, good }: Start): string => `\
// ${id}: what it finds, in one line.
import { ${define} } from '../../engine/rule.ts';

export default ${define}({
  id: '${id}',
  category: 'security',
  severity: 'warning',
  profile: 'all',
  since: '${since}',
  status: 'preview',
  title: '',
  messages: {
    // What is wrong, why it matters, and what to do; a report fills the {holes}.
    found: { text: '', equivalents: [] },
  },
  docs: {
    why: '',
    remedy: '',
    references: [],
  },
  fix: { availability: 'never', why: '' },
  examples: {
    // The marks stand round exactly what is reported.
    bad: [{ code: '${bad}' }],
    good: [{ code: '${good}' }],
  },
  check: () => ({}),
});
`;

function refuse(reason: string): never {
  console.error(reason);
  console.error('Usage: npm run new-rule -- dockerfile|compose the-bad-thing');
  process.exit(2);
}

const [language = '', id = ''] = process.argv.slice(2);
const start = starts[language];
if (!start) refuse(`There are rules for ${Object.keys(starts).join(' and ')}, not for "${language}".`);
if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)) {
  refuse(`"${id}" is no rule id: lower-case words joined by "-" that name the bad thing, such as root-user.`);
}
if (id.startsWith('no-'))
  refuse(`"${id}" names the cure. Name the bad thing: it has to read well after "ignore".`);
const taken = ruleFiles().find(file => file.id === id)?.path ?? metaRules.find(rule => rule.id === id)?.title;
if (taken) refuse(`The id ${id} is taken: ${taken}.`);

const { version } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8')) as { version: string };
const file = `${rulesFolder}/${language}/${id}.ts`;
writeFileSync(inRepository(file), template(id, version, start));
const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/generate.ts'], {
  cwd: inRepository(),
  stdio: 'inherit',
});
console.log(`${file} is yours to fill in. What is still missing: npm run unit -- contract`);
process.exit(status ?? 1);
