// The pages of the rules: what each says of itself, with what the engine really reports on its examples.
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { exampleSettings, factsBeside, readMarks } from '../../server/core/engine/example.ts';
import { parse } from '../../server/core/engine/language.ts';
import { lint } from '../../server/core/engine/lint.ts';
import type { Example, Rule, RuleInfo } from '../../server/core/engine/rule.ts';
import { rulePage } from '../../server/core/report/page.ts';
import { plainPalette } from '../../server/core/report/palette.ts';
import { textReport } from '../../server/core/report/text.ts';
import { markdownTable } from './markdown.ts';
import type { Product } from './product.ts';

export const pagesFolder = 'docs/rules';
const header = '<!-- Generated from the rule by `npm run generate`: do not edit. -->';
const names = { dockerfile: 'Dockerfile', compose: 'compose.yaml' } as const;

function output(rule: Rule, example: Example): string {
  const { text } = readMarks(example.code);
  const { findings, suppressed, sensitive } = lint(catalogueOf([rule]), {
    model: parse(text, rule.language),
    settings: exampleSettings(rule, example),
    facts: factsBeside(example.files ?? {}),
  });
  const file = { path: names[rule.language], language: rule.language, text, findings, suppressed, sensitive };
  return textReport([file], { palette: plainPalette, width: 100 });
}

const page = (id: string, text: string): Product => ({
  path: `${pagesFolder}/${id}.md`,
  text: () => `${header}\n${text}`,
});

export const rulePages = (rules: readonly Rule[]): Product[] =>
  rules.map(rule =>
    page(
      rule.id,
      rulePage(rule, example => output(rule, example)),
    ),
  );

export const enginePages = (infos: readonly RuleInfo[]): Product[] =>
  infos.map(info => page(info.id, rulePage(info)));

export const pageIndex = (rules: readonly Rule[], infos: readonly RuleInfo[]): Product => ({
  path: `${pagesFolder}/README.md`,
  text: () =>
    [
      header,
      '# Rules',
      'Profiles: `recommended` is for everybody, `strict` adds what takes more effort, `all` is everything.',
      '## Dockerfile',
      ruleTable(rules.filter(({ language }) => language === 'dockerfile')),
      '## Compose',
      ruleTable(rules.filter(({ language }) => language === 'compose')),
      '## What the engine itself reports',
      ruleTable(infos),
    ]
      .join('\n\n')
      .concat('\n'),
});

const fixWord = ({ fix }: RuleInfo): string => (fix.availability === 'never' ? '' : fix.safety);

/** `pages` is the way from the file that holds the table to the pages. */
export const ruleTable = (infos: readonly RuleInfo[], pages = ''): string =>
  markdownTable(
    ['rule', 'reports', 'severity', 'profile', 'fix'],
    infos.map(info => [
      `[${info.id}](${pages}${info.id}.md)`,
      info.title,
      info.severity,
      info.profile,
      fixWord(info),
    ]),
  );
