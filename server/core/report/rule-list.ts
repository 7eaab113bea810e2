// Lists of rules: a table for people, the same as JSON for programs.
import type { RuleInfo } from '../engine/rule.ts';
import { equivalentsOf } from './page.ts';
import type { Style } from './style.ts';

const languageTitles = { dockerfile: 'Dockerfile', compose: 'Compose', any: 'Every file' } as const;
const languages = ['dockerfile', 'compose', 'any'] as const;

const fixWord = ({ fix }: RuleInfo): string => (fix.availability === 'never' ? '' : fix.safety);

const widest = (words: readonly string[]): number => Math.max(0, ...words.map(word => word.length));

function row(info: RuleInfo, idWidth: number, { palette }: Style): string {
  return [
    `  ${palette.strong(info.id.padEnd(idWidth))}`,
    palette[info.severity](info.severity.padEnd('warning'.length)),
    palette.dim(info.profile.padEnd('recommended'.length)),
    palette.good(fixWord(info).padEnd('suggestion'.length)),
    info.title,
  ].join('  ');
}

/** One line a rule, by language: id, severity, profile, the fix's safety, title. */
export function ruleTable(rules: readonly RuleInfo[], style: Style): string {
  const idWidth = widest(rules.map(({ id }) => id));
  const tables = languages.flatMap(language => {
    const own = rules.filter(info => info.language === language);
    if (own.length === 0) return [];
    return [[style.palette.strong(languageTitles[language]), ...own.map(info => row(info, idWidth, style))]];
  });
  return tables.map(lines => `${lines.join('\n')}\n`).join('\n');
}

export function ruleJson(rules: readonly RuleInfo[]): string {
  const listed = rules.map(info => ({
    id: info.id,
    language: info.language,
    title: info.title,
    category: info.category,
    severity: info.severity,
    profile: info.profile,
    status: info.status,
    since: info.since,
    fix: info.fix,
    options: info.options,
    aliases: equivalentsOf(info),
  }));
  return `${JSON.stringify({ version: 1, rules: listed }, null, 2)}\n`;
}
