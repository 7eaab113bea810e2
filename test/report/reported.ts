// Files with findings, made by hand for the tests of the reports.
import { readMarks } from '../../server/core/engine/example.ts';
import type { Finding } from '../../server/core/engine/finding.ts';
import type { ReportFile } from '../../server/core/report/report-file.ts';
import type { Span } from '../../server/core/text/span.ts';

/** The n-th mark of a text is where the n-th finding stands. */
export function reported(
  marked: string,
  findings: readonly Partial<Finding>[] = [],
  rest: Partial<ReportFile> = {},
): ReportFile {
  const { text, marks } = readMarks(marked);
  const complete = findings.map((finding, n): Finding => {
    const span = marks[n];
    if (!span) throw new Error(`There is no mark for finding ${n}.`);
    return {
      rule: 'root-user',
      messageId: 'root',
      message: 'The container runs as root.',
      severity: 'warning',
      span,
      related: [],
      equivalents: [],
      fixes: [],
      ...finding,
    };
  });
  return {
    path: 'app/Dockerfile',
    language: 'dockerfile',
    text,
    findings: complete,
    suppressed: [],
    sensitive: [],
    ...rest,
  };
}

export function placeOfWord(text: string, word: string): Span {
  const start = text.indexOf(word);
  if (start < 0) throw new Error(`${word} is not in the text.`);
  return { start, end: start + word.length };
}
