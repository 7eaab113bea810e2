// overlong-file: a Dockerfile of more lines than somebody keeps in mind.
import { option } from '../../engine/options.ts';
import { dockerfileRule } from '../../engine/rule.ts';
import type { DockerfileModel, Instruction } from '../../model/dockerfile/model.ts';
import { spanText } from '../../text/span.ts';

/** Its lines, without empty ones and comments. */
const lineCount = ({ text }: DockerfileModel, { extent, comments }: Instruction): number => {
  const inside = comments.filter(({ span }) => span.start > extent.start);
  const filled = spanText(text, extent)
    .split('\n')
    .filter(line => line.trim() !== '');
  return filled.length - inside.length;
};

export default dockerfileRule({
  id: 'overlong-file',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A Dockerfile of many lines',
  messages: {
    long: {
      text: 'From here on the file has more than {limit} lines: nobody keeps in mind what an image of {count} lines is made of. Move scripts into files, and what images share into a base image.',
      equivalents: ['tally:max-lines'],
    },
  },
  docs: {
    why: 'A long Dockerfile mostly holds scripts that would be tested and reviewed as files of their own, or the base of several images.',
    remedy:
      'Copy scripts from files, give what several images share an image of its own, and let stages do one thing each. Empty lines and comments do not count.',
    references: ['https://docs.docker.com/build/building/best-practices/#create-reusable-stages'],
  },
  fix: { availability: 'never', why: 'What belongs together only the author knows.' },
  options: { maxLines: option.number(50, 'How many lines a file may have.') },
  examples: {
    bad: [
      {
        options: { maxLines: 4 },
        code: 'FROM alpine:3.24\n\n# Tools\nRUN apk add \\\n  # for the check\n  curl \\\n  jq\n«COPY» . /app\nCMD ["/app"]\n',
      },
    ],
    good: [
      {
        code: 'FROM alpine:3.24\nCOPY install.sh /tmp/\nRUN sh /tmp/install.sh\n',
      },
    ],
  },
  check: ({ model, options, report }) => ({
    file({ instructions }) {
      const limit = options.maxLines;
      const ends: number[] = [];
      for (const instruction of instructions) ends.push((ends.at(-1) ?? 0) + lineCount(model, instruction));
      const first = instructions[ends.findIndex(end => end > limit)];
      if (first) report('long', { at: first.keywordSpan, data: { limit, count: ends.at(-1) ?? 0 } });
    },
  }),
});
