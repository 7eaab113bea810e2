// legacy-key-value: ENV and LABEL with a blank between name and value.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { DockerfileModel, KeyValue, VariablesInstruction, Word } from '../../model/dockerfile/model.ts';
import { type Edit, insert, remove, replace } from '../../text/edit.ts';
import { span, spanText } from '../../text/span.ts';

export default dockerfileRule({
  id: 'legacy-key-value',
  category: 'style',
  severity: 'hint',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A name and its value without an equals sign',
  messages: {
    blank: {
      text: '{keyword} with a blank between name and value is the old form: it holds one variable, and everything up to the end of the line is its value. Write {name}=value.',
      equivalents: ['buildkit:LegacyKeyValueFormat'],
    },
    'blank-before-equals': {
      text: 'The blank in front of "=" makes "=" a part of the value of {name}. Remove it.',
      severity: 'warning',
      equivalents: ['buildkit:LegacyKeyValueFormat', 'sonar:S6574'],
    },
  },
  docs: {
    why: '`ENV ONE TWO= THREE=x` sets one variable, `ONE`, to `TWO= THREE=x`: the old form takes the rest of the line. It is deprecated, and BuildKit warns of it. `ENV MODE = fast` sets `MODE` to `= fast`.',
    remedy:
      'Write `name=value`, with quotes around a value with blanks. The repair keeps the value exactly as it is. Where "=" would be a part of it, the repair writes what was most likely meant.',
    references: ['https://docs.docker.com/reference/build-checks/legacy-key-value-format/'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Safe but for a value that begins with "=", which changes. There is none where a comment, or quotes across several lines, stand in the value.',
  },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\nENV «MODE» fast\nENV «TITLE»   The $MODE one\nLABEL «about» "a text"\nENV «A» it\\ is "so far"\n',
        fixed:
          'FROM alpine:3.24\nENV MODE=fast\nENV TITLE="The $MODE one"\nLABEL about="a text"\nENV A=it\\ is\\ "so far"\n',
      },
      {
        note: 'Over several lines.',
        code: 'FROM alpine:3.24\nENV «OPTIONS» -a \\\n  -b\n',
        fixed: 'FROM alpine:3.24\nENV OPTIONS="-a \\\n  -b"\n',
      },
      {
        note: 'A comment in the value stays where it is, and so does the value.',
        code: 'FROM alpine:3.24\nENV «OPTIONS» -a \\\n  # and\n  -b\n',
        fixed: 'FROM alpine:3.24\nENV OPTIONS -a \\\n  # and\n  -b\n',
      },
      {
        note: 'A blank too many.',
        code: 'FROM alpine:3.24\nENV «MODE» = fast\nLABEL «a» =b c=d\n',
        fixed: 'FROM alpine:3.24\nENV MODE=fast\nLABEL a=b c=d\n',
      },
      {
        note: 'What follows in quotes is no further pair.',
        code: 'FROM alpine:3.24\nENV «MODE» = -a "b~=1"\n',
        fixed: 'FROM alpine:3.24\nENV MODE=-a\\ "b~=1"\n',
      },
    ],
    good: [{ code: 'FROM alpine:3.24\nENV A=b C="d e"\nLABEL about=text\nARG A\n' }],
  },
  check: ({ model, report }) => {
    const visit = (instruction: VariablesInstruction): void => {
      const { keyword, pairs } = instruction;
      const [pair] = pairs;
      if (pairs.length !== 1 || !pair?.value || !isLegacy(model, pair, pair.value)) return;
      const { name, nameSpan: at, value } = pair;
      if (value.raw.startsWith('=')) {
        report('blank-before-equals', { at, data: { name }, fixes: withoutBlanks(model, pair, value) });
      } else report('blank', { at, data: { keyword, name }, fixes: withEquals(model, pair, value) });
    };
    return { instruction: { ENV: visit, LABEL: visit } };
  },
});

const between = ({ text }: DockerfileModel, { nameSpan }: KeyValue, value: Word): string =>
  text.slice(nameSpan.end, value.span.start);

/** Lines that are joined, with the comments between them. */
const continuations = /[\\`][ \t]*\r?\n(?:[ \t]*#.*\r?\n)*/g;

const isLegacy = (model: DockerfileModel, pair: KeyValue, value: Word): boolean =>
  /^["']?\s/.test(between(model, pair, value).replace(continuations, ''));

function withEquals(model: DockerfileModel, pair: KeyValue, value: Word): Fix[] {
  // A blank that only separates words, such as one that does not break, would end the name.
  if (/[\s=]/.test(pair.name)) return [];
  const quoting = quoted(model, value);
  if (quoting === null || between(model, pair, value).includes('#')) return [];
  const equals = replace(span(pair.nameSpan.end, value.span.start), '=');
  return [fix(`Write ${pair.name}=...`, 'safe', [equals, ...quoting])];
}

/** What makes one word of a value; null where that cannot be written in a few edits. */
function quoted({ text, escape: escapeChar }: DockerfileModel, { raw, span: at }: Word): Edit[] | null {
  const written = spanText(text, at);
  const isOnOneLine = written === raw;
  if (!isOnOneLine && /^\s*#/m.test(written)) return null;
  if (!/\s/.test(raw) || /^"[^"\\`]*"$|^'[^']*'$/.test(raw)) return [];
  if (!/["'\\`]/.test(raw)) return [insert(at.start, '"'), insert(at.end, '"')];
  return isOnOneLine
    ? escapedBlanks(raw, escapeChar).map(blank => insert(at.start + blank, escapeChar))
    : null;
}

/** The blanks that stand outside of quotes, and have no escape in front of them. */
function escapedBlanks(raw: string, escapeChar: string): number[] {
  const blanks: number[] = [];
  let quote = '';
  for (let at = 0; at < raw.length; at++) {
    const char = raw.charAt(at);
    if (char === escapeChar && quote !== "'") at++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (/\s/.test(char)) blanks.push(at);
  }
  return blanks;
}

/** `name = value` as `name=value`; where more pairs follow, the value ends at its first blank. */
function withoutBlanks(model: DockerfileModel, pair: KeyValue, { raw, span: at }: Word): Fix[] {
  const { length } = /^=\s*/.exec(raw)?.[0] ?? '';
  const rest: Word = { raw: raw.slice(length), value: '', span: span(at.start + length, at.end) };
  const quoting = /^\S+(?:\s+[^\s="']+=\S*)+$/.test(rest.raw) ? [] : quoted(model, rest);
  if (quoting === null || rest.raw === '' || spanText(model.text, at) !== raw) return [];
  const edits = [
    remove(span(pair.nameSpan.end, at.start)),
    remove(span(at.start + 1, at.start + length)),
    ...quoting,
  ];
  return [fix(`Write ${pair.name}=...`, 'suggestion', edits)];
}
