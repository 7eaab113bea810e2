// The page of equivalents: what answers each rule of other tools, and the other way round.
import type { RuleInfo } from '../../server/core/engine/rule.ts';
import { equivalentsOf } from '../../server/core/report/page.ts';
import { type Answer, answersOf, leftOut, peerIds } from '../peers.ts';
import { markdownTable } from './markdown.ts';
import type { Product } from './product.ts';

const header = '<!-- Generated from the rules and scripts/data by `npm run generate`: do not edit. -->';
const link = ({ id }: RuleInfo): string => `[${id}](rules/${id}.md)`;

const peerRows = (id: string, answers: readonly Answer[]): string[][] =>
  answers.length === 0
    ? [[id, '', leftOut[id] ?? '']]
    : answers.map(({ rule, messages }) => [id, link(rule), messages.join('<br>')]);

const peerSection = (
  tool: string,
  names: readonly string[],
  answers: ReadonlyMap<string, Answer[]>,
): string[] => [
  `### ${tool}`,
  markdownTable(
    ['rule', 'answered by', 'what that says, or why nothing answers'],
    names.flatMap(name =>
      peerRows(`${tool}:${name}`, answers.get(`${tool}:${name}`) ?? []).map(([, ...rest]) => [name, ...rest]),
    ),
  ),
];

const ruleRow = (rule: RuleInfo): string[] => [
  link(rule),
  rule.profile,
  rule.severity,
  rule.fix.availability === 'never' ? '' : rule.fix.safety,
  equivalentsOf(rule).join(', '),
];

export const equivalentsPage = (rules: readonly RuleInfo[]): Product => ({
  path: 'docs/equivalents.md',
  text() {
    const answers = answersOf(rules);
    return [
      header,
      '# Equivalents',
      'What other linters of Dockerfiles and Compose files report, and what Bulkhead says of the same text. Comments and settings of these tools hold for the rules that answer them.',
      '## By rule of ours',
      markdownTable(['rule', 'profile', 'severity', 'fix', 'equivalents'], rules.map(ruleRow)),
      '## By rule of another tool',
      ...Object.entries(peerIds).flatMap(([tool, names]) => peerSection(tool, names, answers)),
    ]
      .join('\n\n')
      .concat('\n');
  },
});
