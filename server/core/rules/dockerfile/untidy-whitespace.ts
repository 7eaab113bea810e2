// untidy-whitespace: blanks and empty lines that mean nothing.
import { option } from '../../engine/options.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { doubledBlanks, surplusLines, trailingBlanks } from '../../insight/blanks.ts';
import type { DockerfileModel, Instruction } from '../../model/dockerfile/model.ts';
import { remove, replace } from '../../text/edit.ts';
import { indentationAt } from '../../text/layout.ts';
import { type Span, span } from '../../text/span.ts';

const indentationOf = (text: string, { start }: Span): string =>
  start === 0 || text[start - 1] === '\n' ? '' : indentationAt(text, start);

/** What most instructions behind FROM begin with; in a file of one stage nothing. */
function usualIndentation({ text, stages, instructions }: DockerfileModel): string {
  if (stages.length < 2) return '';
  const counts = new Map<string, number>();
  for (const { keyword, extent } of instructions) {
    if (keyword === 'FROM' || keyword === 'ARG') continue;
    const blanks = indentationOf(text, extent);
    counts.set(blanks, (counts.get(blanks) ?? 0) + 1);
  }
  return [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most), ['', 0])[0];
}

export default dockerfileRule({
  id: 'untidy-whitespace',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'Blanks and empty lines that mean nothing',
  messages: {
    trailing: {
      text: 'This line ends with blanks, which nobody sees and every comparison shows. Remove them.',
      equivalents: ['tally:no-trailing-spaces'],
    },
    doubled: {
      text: 'Several blanks part these words where one does. Write one.',
      equivalents: ['tally:no-multi-spaces'],
    },
    'empty-lines': {
      text: 'More empty lines than part anything. Remove them.',
      equivalents: ['tally:no-multiple-empty-lines'],
    },
    indented: {
      text: '{keyword} is not indented as the rest of the file, as if it belonged to what stands above. Align it.',
      equivalents: ['tally:consistent-indentation'],
    },
  },
  docs: {
    why: 'Whitespace that means nothing fills comparisons and blame with lines in which nothing happened, and misleads where it looks as if it meant something.',
    remedy:
      'Let the repair remove it. It touches nothing that the build reads: not what is quoted, not heredocs, not the indentation of continued lines.',
    limits: 'Scripts for PowerShell and cmd are left alone, as is what is indented alike in all stages.',
    references: ['https://docs.docker.com/reference/dockerfile/#format'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'The build reads the same instructions.' },
  options: { maxEmptyLines: option.number(1, 'How many empty lines may follow each other.') },
  examples: {
    bad: [
      {
        code: 'FROM«  »alpine:3.24« »\nRUN apk add«   »curl \\«  »\n    && echo "a  b"«  »done\n\n«\n»# Everything\nCOPY . .\n  «CMD» ["app"]\n',
        fixed:
          'FROM alpine:3.24\nRUN apk add curl \\\n    && echo "a  b" done\n\n# Everything\nCOPY . .\nCMD ["app"]\n',
      },
      {
        note: 'Stages may be indented, all of them.',
        options: { maxEmptyLines: 2 },
        code: 'FROM alpine:3.24 AS a\n  RUN make\n  RUN make install\n\n\n«\n»FROM alpine:3.24\n«COPY» --from=a /a /a\n',
        fixed:
          'FROM alpine:3.24 AS a\n  RUN make\n  RUN make install\n\n\nFROM alpine:3.24\n  COPY --from=a /a /a\n',
      },
    ],
    good: [
      {
        code: 'FROM alpine:3.24\nCOPY <<EOF /notes\n# Title  \n\n\na  b\nEOF\nRUN a=\'x  y\' \\\n    make   \\\n    $(echo "p  q")\n',
      },
      {
        note: 'Blanks that belong to a value, and columns.',
        code: 'FROM alpine:3.24\nENV NOTE a  b\nWORKDIR /a  b\nENV A    1\nENV BCD  2\n',
      },
    ],
  },
  check: ({ model, options, report }) => {
    const { text } = model;
    const usual = usualIndentation(model);
    const checkIndentation = ({ keyword, keywordSpan: at }: Instruction): void => {
      const blanks = indentationOf(text, at);
      const isOpening = keyword === 'FROM' || keyword === 'ARG';
      if (blanks === usual || (isOpening && blanks === '') || keyword === 'UNKNOWN') return;
      const wanted = isOpening ? '' : usual;
      const edit = replace(span(at.start - blanks.length, at.start), wanted);
      const data = { keyword: text.slice(at.start, at.end) };
      report('indented', { at, data, fixes: [fix('Align it', 'safe', [edit])] });
    };
    return {
      file({ instructions }) {
        for (const at of trailingBlanks(model))
          report('trailing', { at, fixes: [fix('Remove the blanks', 'safe', [remove(at)])] });
        for (const at of surplusLines(model, options.maxEmptyLines))
          report('empty-lines', { at, fixes: [fix('Remove the empty lines', 'safe', [remove(at)])] });
        for (const instruction of instructions) {
          checkIndentation(instruction);
          for (const at of doubledBlanks(model, instruction))
            report('doubled', { at, fixes: [fix('Leave one blank', 'safe', [replace(at, ' ')])] });
        }
      },
    };
  },
});
