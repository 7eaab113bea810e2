// untidy-labels: LABEL behind LABEL, and labels in no order.
import type { Fix } from '../../engine/finding.ts';
import { option } from '../../engine/options.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { labelPlace } from '../../knowledge/label-order.ts';
import type { DockerfileModel, KeyValue, VariablesInstruction } from '../../model/dockerfile/model.ts';
import { replace } from '../../text/edit.ts';
import { indentationAt } from '../../text/layout.ts';
import { span, spanText } from '../../text/span.ts';

/** Names are written out, differ, and are parted from their values by `=`; there is no comment between them. */
function canMove({ text }: DockerfileModel, labels: readonly VariablesInstruction[]): boolean {
  const pairs = labels.flatMap(label => label.pairs);
  return (
    new Set(pairs.map(({ name }) => name)).size === pairs.length &&
    pairs.every(({ name, nameSpan }) => !name.includes('$') && text[nameSpan.end] === '=') &&
    labels.every(label => !/^[ \t]*#/m.test(spanText(text, label.span)))
  );
}

/** Labels that stand directly one behind the other, with nothing but blank lines between them. */
function runsOf(model: DockerfileModel): VariablesInstruction[][] {
  const runs: VariablesInstruction[][] = [];
  let end = 0;
  for (const instruction of model.instructions) {
    if (instruction.keyword !== 'LABEL') continue;
    const isNext = model.text.slice(end, instruction.span.start).trim() === '';
    if (isNext && runs.length > 0) runs.at(-1)?.push(instruction);
    else runs.push([instruction]);
    end = instruction.extent.end;
  }
  return runs;
}

/** One LABEL of all: the pairs of each go on where the one before it ends. */
function join(model: DockerfileModel, run: readonly VariablesInstruction[]): Fix {
  const { text, layout, escape: escapeChar } = model;
  const edits = run.flatMap(({ span: { end }, keywordSpan }, index) => {
    const next = run[index + 1]?.pairs[0];
    if (next === undefined) return [];
    const width = keywordSpan.end - keywordSpan.start + 1;
    const indentation = indentationAt(text, keywordSpan.start) + ' '.repeat(width);
    return [replace(span(end, next.span.start), ` ${escapeChar}${layout.eol}${indentation}`)];
  });
  return fix('Join them', 'safe', edits);
}

function sort({ text }: DockerfileModel, pairs: readonly KeyValue[], sorted: readonly KeyValue[]): Fix {
  const edits = pairs.flatMap((pair, index) => {
    const other = sorted[index] ?? pair;
    return other === pair ? [] : [replace(pair.span, spanText(text, other.span))];
  });
  return fix('Put the labels in order', 'safe', edits);
}

export default dockerfileRule({
  id: 'untidy-labels',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'Labels here and there',
  messages: {
    apart: {
      text: 'One LABEL stands directly behind the other: {count} labels in one instruction are easier to look through. Join them.',
      equivalents: ['tally:labels/prefer-grouped'],
    },
    disordered: {
      text: '{key} stands behind {before}: in the order title, source, owner, version, base and then the rest, labels are found at a glance. Sort them.',
      equivalents: ['tally:labels/prefer-stable-order'],
    },
  },
  docs: {
    why: 'Labels make no layers, so nothing is gained by an instruction for each. One list in the order in which people look through it shows what is there and what is missing.',
    remedy:
      'Write one LABEL with a line for each label. The repair joins those that stand one behind the other, and lets labels change places; values, line breaks and comments stay as they are.',
    references: ['https://docs.docker.com/build/building/best-practices/#label'],
  },
  fix: {
    availability: 'always',
    safety: 'safe',
    why: 'Labels are a map: order means nothing where no key is there twice.',
  },
  options: { minLabels: option.number(3, 'How many labels it takes before they are worth joining.') },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\n«LABEL» org.opencontainers.image.title="app"\nLABEL team=core\n\nLABEL tier=web cost=42\nUSER app\n',
        fixed:
          'FROM alpine:3.24\nLABEL org.opencontainers.image.title="app" \\\n      team=core \\\n      tier=web cost=42\nUSER app\n',
      },
      {
        options: { minLabels: 2 },
        code: 'FROM alpine:3.24\n«LABEL» a=1\nLABEL b=2\n',
        fixed: 'FROM alpine:3.24\nLABEL a=1 \\\n      b=2\n',
      },
      {
        code: 'FROM alpine:3.24\nLABEL org.opencontainers.image.version=1.2 \\\n      «org.opencontainers.image.title»="An app" \\\n      com.example.team=core\n',
        fixed:
          'FROM alpine:3.24\nLABEL org.opencontainers.image.title="An app" \\\n      org.opencontainers.image.version=1.2 \\\n      com.example.team=core\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.24\nLABEL a=1\nLABEL b=2\n' },
      {
        note: 'Comments part them.',
        code: 'FROM alpine:3.24\nLABEL a=1 b=2\n# for the scheduler\nLABEL tier=web\nLABEL com.example.b=1\n',
      },
    ],
  },
  check: ({ model, options, report }) => ({
    file() {
      for (const run of runsOf(model)) {
        const count = run.reduce((sum, { pairs }) => sum + pairs.length, 0);
        if (count < options.minLabels || !canMove(model, run)) continue;
        const [first] = run;
        if (first === undefined || run.length < 2) continue;
        report('apart', { at: first.keywordSpan, data: { count }, fixes: [join(model, run)] });
      }
    },
    instruction: {
      LABEL(label) {
        const { pairs } = label;
        const at = pairs.findIndex(
          ({ name }, index) => labelPlace(name) < labelPlace(pairs[index - 1]?.name ?? name),
        );
        const [before, pair] = pairs.slice(at - 1, at + 1);
        if (at < 1 || !before || !pair || !canMove(model, [label])) return;
        const sorted = [...pairs].sort((one, other) => labelPlace(one.name) - labelPlace(other.name));
        report('disordered', {
          at: pair.nameSpan,
          data: { key: pair.name, before: before.name },
          fixes: [sort(model, pairs, sorted)],
        });
      },
    },
  }),
});
