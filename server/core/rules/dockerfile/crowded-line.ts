// crowded-line: lines that hold more than one thing, or more than fits.
import type { Fix } from '../../engine/finding.ts';
import { option } from '../../engine/options.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { chainBreaks, continuationIndentation, listBreaks, wordBreaks } from '../../insight/line-breaks.ts';
import type { DockerfileModel, Instruction, RunInstruction } from '../../model/dockerfile/model.ts';
import { replace } from '../../text/edit.ts';
import { type Span, span, spanText } from '../../text/span.ts';

function breakAt(model: DockerfileModel, instruction: Instruction, gaps: readonly Span[]): Fix[] {
  if (gaps.length === 0) return [];
  const { text, escape: escapeChar, layout } = model;
  const newLine = ` ${escapeChar}${layout.eol}${continuationIndentation(model, instruction)}`;
  const edits = gaps.map(gap => replace(gap, newLine + spanText(text, gap).trim().replace(/^&&/, '&& ')));
  return [fix('Break the line', 'safe', edits)];
}

/** The lines of an instruction that are longer than the limit. */
function longLines({ text }: DockerfileModel, { extent }: Instruction, limit: number): Span[] {
  const found: Span[] = [];
  for (let line = text.lastIndexOf('\n', extent.start - 1) + 1; line < extent.end; ) {
    const newline = text.indexOf('\n', line);
    const end = newline < 0 ? text.length : newline;
    const content = text.slice(line, end).trimEnd();
    if (content.length > limit && !/^\s*#/.test(content)) found.push(span(line, line + content.length));
    line = end + 1;
  }
  return found;
}

const within = (gaps: readonly Span[], line: Span): Span[] =>
  gaps.filter(gap => line.start <= gap.start && gap.end <= line.end);

/** As many words on each line as fit; nothing where a word is too long for any line. */
function lastThatFit(gaps: readonly Span[], line: Span, limit: number): Span[] {
  const found: Span[] = [];
  let start = line.start;
  for (const [index, gap] of gaps.entries()) {
    const next = gaps[index + 1]?.start ?? line.end;
    // The sign that the line goes on takes two more.
    if (next + 2 - start <= limit) continue;
    if (next + 2 - gap.end > limit) return [];
    found.push(gap);
    start = gap.end;
  }
  return found;
}

export default dockerfileRule({
  id: 'crowded-line',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'More than one thing on a line',
  messages: {
    chained: {
      text: '{count} commands stand on one line: comparisons show all of them when one changes. Give each a line.',
      equivalents: ['tally:newline-per-chained-call'],
    },
    'long-chain': {
      text: '{count} commands stand on a line of {length} characters, the end of which nobody sees. Give each a line.',
      equivalents: ['tally:newline-per-chained-call', 'sonar:S7020'],
    },
    long: {
      text: 'This line has {length} characters, and nobody sees its end. Break it below {limit}.',
      equivalents: ['sonar:S7020'],
    },
    listed: {
      text: '{count} {what} stand on one line: comparisons show all of them when one changes. Give each a line.',
      equivalents: ['tally:newline-per-chained-call'],
    },
  },
  docs: {
    why: 'A reviewer sees lines. Where a line holds one command, one label or one mount, a change shows what changed; a line that runs out of the window hides its end.',
    remedy:
      'Break the line in front of each `&&`, and between labels and mounts. The repair does so, with the indentation that the instruction has already; a long command is broken between words.',
    limits:
      'Scripts in heredocs, and commands within groups, conditions and loops, are left as they are, and so are words that are too long by themselves.',
    references: ['https://docs.docker.com/build/building/best-practices/#run'],
  },
  fix: {
    availability: 'always',
    safety: 'safe',
    why: 'The build joins the lines again.',
  },
  options: {
    minCommands: option.number(2, 'How many commands it takes on one line.'),
    maxLength: option.number(120, 'How many characters a line of RUN may have.'),
  },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\nRUN ./configure« && »make && make install\n',
        fixed: 'FROM alpine:3.24\nRUN ./configure \\\n    && make \\\n    && make install\n',
      },
      {
        options: { minCommands: 3, maxLength: 40 },
        code: 'FROM alpine:3.24\nRUN apk add --no-cache bash« && »mkdir /data\nRUN a && b\nRUN apk add --no-cache bash curl git« »jq make\n',
        fixed:
          'FROM alpine:3.24\nRUN apk add --no-cache bash \\\n    && mkdir /data\nRUN a && b\nRUN apk add --no-cache bash curl git \\\n    jq make\n',
      },
      {
        code: 'FROM alpine:3.24\nLABEL a=1« »b=2\nRUN --mount=type=cache,target=/a« »--mount=type=cache,target=/b make\n',
        fixed:
          'FROM alpine:3.24\nLABEL a=1 \\\n    b=2\nRUN --mount=type=cache,target=/a \\\n    --mount=type=cache,target=/b make\n',
      },
    ],
    good: [
      {
        code: 'FROM alpine:3.24\nRUN if [ -f a ] && [ -f b ]; then make; fi\nRUN curl -f https://example.com || exit 1\nLABEL a=1 \\\n  b=2\n',
      },
      { code: 'FROM alpine:3.24\nRUN ./configure \\\n && make; \\\n    make install\n' },
    ],
  },
  check: ({ model, options, report }) => {
    const { maxLength: limit } = options;
    const list = (instruction: Instruction, parts: readonly Span[], what: string): void => {
      const gaps = listBreaks(model, parts);
      const [at] = gaps;
      if (at === undefined) return;
      report('listed', { at, data: { count: parts.length, what }, fixes: breakAt(model, instruction, gaps) });
    };
    const chain = (run: RunInstruction, gaps: readonly Span[], long: readonly Span[]): void => {
      const [at] = gaps;
      if (at === undefined) return;
      const count = gaps.length + 1;
      const fixes = breakAt(model, run, gaps);
      const line = long.find(candidate => within(gaps, candidate).length > 0);
      if (line) report('long-chain', { at, data: { count, length: line.end - line.start }, fixes });
      else if (count >= options.minCommands) report('chained', { at, data: { count }, fixes });
    };
    return {
      instruction: {
        LABEL: label =>
          list(
            label,
            label.pairs.map(pair => pair.span),
            'labels',
          ),
        RUN(run) {
          list(
            run,
            run.mounts.map(({ flag }) => flag.span),
            'mounts',
          );
          const long = longLines(model, run, limit);
          const gaps = chainBreaks(model, run);
          chain(run, gaps, long);
          const words = long.length === 0 ? [] : wordBreaks(model, run);
          for (const line of long.filter(candidate => within(gaps, candidate).length === 0)) {
            const places = lastThatFit(within(words, line), line, limit);
            const [at] = places;
            if (at === undefined) continue;
            const data = { length: line.end - line.start, limit };
            report('long', { at, data, fixes: breakAt(model, run, places) });
          }
        },
      },
    };
  },
});
