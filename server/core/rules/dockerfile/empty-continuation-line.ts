// empty-continuation-line: a blank line in the middle of an instruction.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { remove } from '../../text/edit.ts';
import { wholeLines } from '../../text/layout.ts';
import { type Span, span } from '../../text/span.ts';

export default dockerfileRule({
  id: 'empty-continuation-line',
  category: 'correctness',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A blank line inside an instruction',
  messages: {
    blank: {
      text: 'The instruction goes on behind this blank line: BuildKit means to refuse that one day, and readers take it for the end. Remove the line.',
      equivalents: ['buildkit:NoEmptyContinuation', 'dockerfile-utils:EMPTY_CONTINUATION_LINE'],
    },
  },
  docs: {
    why: 'A line that ends in the escape character asks for another one. Blank lines in between are skipped for compatibility with old files: BuildKit warns of them and announces an error. Mostly they are left over from a line that was deleted, and the next instruction becomes a part of this one.',
    remedy:
      'Remove the blank line. Where it is meant to part the text, put a comment on it: `#` is allowed between continuation lines.',
    references: ['https://docs.docker.com/reference/build-checks/no-empty-continuation/'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'The build skips the line.' },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\nRUN make \\\n«\n  \n»  # Now the rest.\n  all \\\n«\n»  install\n',
        fixed: 'FROM alpine:3.24\nRUN make \\\n  # Now the rest.\n  all \\\n  install\n',
      },
      {
        note: 'Two of them, behind ONBUILD.',
        code: 'FROM alpine:3.24\nONBUILD EXPOSE 80 \\\n«\n\n»  443\n',
        fixed: 'FROM alpine:3.24\nONBUILD EXPOSE 80 \\\n  443\n',
      },
    ],
    good: [{ code: 'FROM alpine:3.24\nRUN make \\\n  #\n  all\n\nRUN <<EOF\nmake \\\n\nEOF\n' }],
  },
  check: ({ model: { text }, report }) => ({
    instruction: {
      '*'({ extent, heredocs, onbuild }) {
        // What is behind ONBUILD is a part of it.
        if (onbuild !== null) return;
        const end =
          heredocs[0]?.contentSpan.start ?? wholeLines(text, span(extent.start, extent.end + 1)).end;
        for (const at of blankLines(text, span(extent.start, end))) {
          report('blank', { at, fixes: [fix('Remove the blank line', 'safe', [remove(at)])] });
        }
      },
    },
  }),
});

/** Blank lines that follow on each other are one place. */
function* blankLines(text: string, { start: first, end }: Span): Generator<Span> {
  const blanks = /(?:[ \t]*\r?\n)*(?:[ \t]+$)?/y;
  for (let newline = text.indexOf('\n', first); newline >= 0 && newline < end; ) {
    const start = newline + 1;
    let behind = start;
    // Nearly all lines begin with a word or are indented to one: a look at the first characters spares them the pattern.
    if (isBlankFrom(text, start)) {
      blanks.lastIndex = start;
      behind = Math.min(start + (blanks.exec(text)?.[0].length ?? 0), end);
    }
    if (behind > start) yield span(start, behind);
    newline = text.indexOf('\n', behind);
  }
}

function isBlankFrom(text: string, start: number): boolean {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at >= text.length || text[at] === '\n' || text[at] === '\r';
}
