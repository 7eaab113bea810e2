// The contract's fourth part: the same findings and the same repair in every shape that a text may come in.
import { readMarks } from '../../../server/core/engine/example.ts';
import { parse } from '../../../server/core/engine/language.ts';
import type { Example, Language } from '../../../server/core/engine/rule.ts';
import type { DockerfileModel, Instruction } from '../../../server/core/model/dockerfile/model.ts';
import { applyEdits, type Edit, replace } from '../../../server/core/text/edit.ts';
import { type Span, spanText } from '../../../server/core/text/span.ts';
import { mark } from '../marks.ts';
import { misplaced, shown } from './reports.ts';
import { fixAlone, lintAlone, ownFindings, type Subject } from './subject.ts';

interface Variation {
  readonly name: string;
  readonly languages: readonly Language[];
  /** Of a marked text; null where the text has no such shape. */
  change(code: string, language: Language): string | null;
  /** Texts that count as equal after the fix; as they are by default. */
  readonly alike?: (text: string) => string;
}

const both: readonly Language[] = ['dockerfile', 'compose'];

function keywordsOf({ instructions }: DockerfileModel): Span[] {
  const spans = (instruction: Instruction): Span[] => [
    instruction.keywordSpan,
    ...(instruction.keyword === 'FROM' && instruction.asSpan ? [instruction.asSpan] : []),
    ...(instruction.keyword === 'ONBUILD' && instruction.trigger ? spans(instruction.trigger) : []),
  ];
  return instructions.flatMap(spans);
}

/** Null where the keywords differ in letter case already: that is what such a text is about. */
function lowerKeywords(code: string): string | null {
  const { text, marks } = readMarks(code);
  const model = parse(text, 'dockerfile');
  if (model.language !== 'dockerfile') return null;
  const keywords = keywordsOf(model);
  if (keywords.some(span => /[a-z]/.test(spanText(text, span)))) return null;
  const edits: Edit[] = keywords.map(span => replace(span, spanText(text, span).toLowerCase()));
  return mark(applyEdits(text, edits), marks);
}

/** Twice the indentation; null where lists of maps lose their columns by it. */
function indentWider(code: string, language: Language): string | null {
  const wider = code.replace(/^ +/gm, '$&$&');
  return parse(readMarks(wider).text, language).problems.length > 0 ? null : wider;
}

const variations: readonly Variation[] = [
  { name: 'with CRLF', languages: both, change: code => code.replaceAll('\n', '\r\n') },
  { name: 'with a byte order mark', languages: both, change: code => `\uFEFF${code}` },
  {
    name: 'without a final newline',
    languages: both,
    change: code => code.replace(/\n(»*)$/, '$1'),
    alike: text => text.replace(/\n$/, ''),
  },
  {
    name: 'with lower-case keywords',
    languages: ['dockerfile'],
    change: lowerKeywords,
    alike: text => text.toLowerCase(),
  },
  { name: 'with wider indentation', languages: ['compose'], change: indentWider },
];

export function* variationProblems(subject: Subject, example: Example): Generator<string> {
  const { language } = subject.rule;
  const files = example.files ?? {};
  for (const { name, languages, change, alike = (text: string) => text } of variations) {
    const code = languages.includes(language) ? change(example.code, language) : null;
    if (code === null) continue;
    const place = { text: readMarks(code).text, files };
    for (const problem of misplaced(code, ownFindings(subject, lintAlone(subject, example, place)))) {
      yield `${name} ${problem}`;
    }
    const wanted = example.fixed === undefined ? null : change(example.fixed, language);
    if (wanted === null) continue;
    const fixed = fixAlone(subject, example, place).text;
    if (alike(fixed) !== alike(wanted)) {
      yield `${name} is fixed otherwise\n${shown(fixed)}\n  than shown\n${shown(wanted)}`;
    }
  }
}
