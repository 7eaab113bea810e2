// A rule's page: all that a person can ask about a rule, as Markdown, made from what the rule says of itself.
import { readMarks } from '../engine/example.ts';
import type { Equivalent } from '../engine/finding.ts';
import type { Option } from '../engine/options.ts';
import type { Example, FixPromise, RuleInfo } from '../engine/rule.ts';
import { unifiedDiff } from '../text/diff.ts';

/** Something to show below a bad example, such as what the engine prints for it. */
export type ExampleOutput = (example: Example) => string;

const fence = (language: string, text: string): string =>
  `\`\`\`${language}\n${text.replace(/\n*$/, '\n')}\`\`\``;

const section = (title: string, ...blocks: readonly string[]): string[] => {
  const filled = blocks.filter(block => block !== '');
  return filled.length === 0 ? [] : [`## ${title}`, ...filled];
};

const list = (items: readonly string[]): string => items.map(item => `- ${item}`).join('\n');

const codeLanguages = { dockerfile: 'dockerfile', compose: 'yaml', any: '' } as const;

/** What a fix may be at its least safe, in the words of somebody who decides whether to apply it. */
const safetyMeanings = {
  safe: 'It is safe: `bulkhead fix` and fix-on-save apply it.',
  unsafe: 'Where it may change content or behaviour, it takes one click, or `bulkhead fix --unsafe`.',
  suggestion: 'Where it needs your choice, it is offered in the editor and never applied by itself.',
} as const;

function fixBlock(fix: FixPromise): string {
  if (fix.availability === 'never') return `None. ${fix.why}`;
  const often =
    fix.availability === 'always' ? 'Always offered.' : 'Offered where it can be told for certain.';
  return `${often} ${safetyMeanings[fix.safety]} ${fix.why}`;
}

const optionLine = ([name, { kind, default: fallback, description }]: readonly [string, Option]): string =>
  `\`${name}\` (${kind === 'strings' ? 'list of strings' : kind}, default \`${JSON.stringify(fallback)}\`): ${description}`;

/** The lines of a patch that show a small text as a whole. */
const wholeDiff = (before: string, after: string): string =>
  unifiedDiff('', before, after, { context: Number.POSITIVE_INFINITY }).replace(/^(?:.*\n)*?@@.*\n/, '');

const filesBeside = (lead: string, files: Readonly<Record<string, string>> = {}): string[] =>
  Object.entries(files).flatMap(([path, text]) => [`${lead}, \`${path}\`:`, fence('', text)]);

/** What an example rests on. */
const surroundings = ({ note, options, files }: Example): string[] => [
  ...(note === undefined ? [] : [note]),
  ...(options ? [`With the options \`${JSON.stringify(options)}\`:`] : []),
  ...filesBeside('Beside it', files),
];

function badExample(example: Example, language: string, output: ExampleOutput | undefined): string[] {
  const { code, fixed, fixedFiles, variants = {} } = example;
  const { text } = readMarks(code);
  const change = (title: string, after: string): string[] => [title, fence('diff', wholeDiff(text, after))];
  return [
    ...surroundings(example),
    fence(language, text),
    ...(output ? [fence('text', output(example))] : []),
    ...(fixed === undefined ? [] : change('After the fix:', fixed)),
    ...filesBeside('Beside it after the fix', fixedFiles),
    ...Object.entries(variants).flatMap(([title, after]) => change(`Or: ${title}`, after)),
  ];
}

const goodExample = (example: Example, language: string): string[] => [
  ...surroundings(example),
  fence(language, example.code),
];

/** Other tools' ids of all messages of a rule, each once. */
export const equivalentsOf = ({ messages }: RuleInfo): Equivalent[] => [
  ...new Set(Object.values(messages).flatMap(({ equivalents }) => equivalents ?? [])),
];

export function rulePage(info: RuleInfo, output?: ExampleOutput): string {
  const { id, title, category, severity, profile, docs, fix, options, messages, examples } = info;
  const language = codeLanguages[info.language];
  const facts = [category, severity, `profile \`${profile}\``, `since ${info.since}`, info.status];
  const optionLines = Object.entries(options).map(optionLine);
  return [
    `# ${id}`,
    `${title}.`,
    facts.filter(fact => fact !== 'stable').join(' · '),
    ...section('Why', docs.why),
    ...section('What to do', docs.remedy),
    ...section('Fix', fixBlock(fix)),
    ...section('Limits', docs.limits ?? ''),
    ...section('Messages', list(Object.values(messages).map(({ text }) => text))),
    ...section('Options', list(optionLines)),
    ...section('Reported', ...examples.bad.flatMap(example => badExample(example, language, output))),
    ...section('Accepted', ...examples.good.flatMap(example => goodExample(example, language))),
    ...section('The same in other tools', list(equivalentsOf(info).map(equivalent => `\`${equivalent}\``))),
    ...section('Read more', list(docs.references.map(reference => `<${reference}>`))),
    ...section('Silence it', fence(language, `# bulkhead ignore=${id} -- why this is accepted here`)),
  ]
    .join('\n\n')
    .concat('\n');
}
