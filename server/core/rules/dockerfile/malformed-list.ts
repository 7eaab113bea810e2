// malformed-list: a text that was meant as a JSON list, and is none.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { listMeant } from '../../model/dockerfile/loose-list.ts';
import { mappedPart } from '../../model/dockerfile/mapped.ts';
import type { DockerfileModel, Instruction } from '../../model/dockerfile/model.ts';
import { insertBefore } from '../../repairs/writing.ts';
import { applyEdits, type Edit, remove } from '../../text/edit.ts';
import { fileSpan, type MappedText } from '../../text/mapped-text.ts';
import { type Span, span } from '../../text/span.ts';

const everywhere = ['sonar:S7030', 'tally:invalid-json-form'] as const;
const quotes = ['dockerfile-utils:JSON_IN_SINGLE_QUOTES'] as const;
const shellForm = [
  'hadolint:DL3025',
  'buildkit:JSONArgsRecommended',
  'semgrep:prefer-json-notation',
] as const;
const kics = 'kics:not_using_json_in_cmd_and_entrypoint_arguments';

const quotesText =
  'JSON has no single quotes: {keyword} takes this for a text and not for a list. Write double quotes.';
const malformedText = 'This is no JSON: {keyword} takes it for a text and not for a list. Correct the list.';

export default dockerfileRule({
  id: 'malformed-list',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A list that is no JSON',
  messages: {
    quotes: { text: quotesText, equivalents: [...everywhere, ...quotes] },
    malformed: { text: malformedText, equivalents: everywhere },
    'process-quotes': { text: quotesText, equivalents: [...everywhere, ...quotes, ...shellForm, kics] },
    'process-malformed': { text: malformedText, equivalents: [...everywhere, ...shellForm, kics] },
    'below-quotes': { text: quotesText, equivalents: [...everywhere, ...quotes, ...shellForm] },
    'below-malformed': { text: malformedText, equivalents: [...everywhere, ...shellForm] },
  },
  docs: {
    why: '`CMD [\'app\']` and `CMD ["app",]` are no JSON. The build does not complain: it takes them for the shell form, so that the container starts `/bin/sh -c "[\'app\']"` and says `[app]: not found`. `COPY` looks for files of such names.',
    remedy:
      'Write strings in double quotes with commas between them, and nothing behind the bracket. The repair writes the list that was meant; a comment behind it goes to a line of its own.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#exec-form',
      'https://docs.docker.com/reference/build-checks/json-args-recommended/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'The instruction does something else afterwards, and what was meant is a guess. With other text behind the list there is none.',
  },
  examples: {
    bad: [
      {
        code: "FROM debian:13\nCOPY «['a b', 'c']»\nENTRYPOINT «['app']»\nCMD «[\"serve\", \"--port\" 80,]»\n",
        fixed: 'FROM debian:13\nCOPY ["a b", "c"]\nENTRYPOINT ["app"]\nCMD ["serve", "--port", "80"]\n',
      },
      {
        note: 'Typographic quotes, and a comment, which belongs on a line of its own.',
        code: 'FROM debian:13 AS base\nENTRYPOINT «[\'app\']»\nCMD «["app"] # Starts it.»\nFROM base\nVOLUME «[“/data”]»\nHEALTHCHECK CMD «["check"»\n',
        fixed:
          'FROM debian:13 AS base\nENTRYPOINT ["app"]\n# Starts it.\nCMD ["app"]\nFROM base\nVOLUME ["/data"]\nHEALTHCHECK CMD ["check"]\n',
      },
      {
        note: 'What is meant cannot be told.',
        code: 'FROM debian:13\nCMD «["app"] && ["other"]»\n',
        fixed: 'FROM debian:13\nCMD ["app"] && ["other"]\n',
      },
    ],
    good: [
      { note: 'A test of the shell.', code: 'FROM debian:13\nCMD [ "$MODE" = web ] && exec web\n' },
      { code: 'FROM debian:13\nRUN [ -f /a ] || exit 1\nRUN [[ -f /a ]]\nCOPY [a-z].txt /b/\nCMD ["app"]\n' },
    ],
  },
  check: ({ model, report }) => {
    const visit = (instruction: Instruction): void => {
      const list = listIn(instruction);
      if (list === null) return;
      const { text } = list;
      const at = fileSpan(list, span(0, text.length));
      const meant = listMeant(list);
      const isProcess = instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT';
      // A program may be called `[`, and a pattern may begin with a bracket.
      if (meant.length === 0 && (!isProcess || !/^\[\s*["']/.test(text) || /^\[ [^,]* \]\s*[;&|]/.test(text)))
        return;
      const kind = /^\[\s*'.*\]$/s.test(text) ? 'quotes' : 'malformed';
      const fixes =
        meant.length > 0 && hasEnough(model, instruction, meant)
          ? [fix('Write a JSON list', 'suggestion', meant)]
          : withoutComment(model, instruction, list);
      const data = { keyword: instruction.keyword };
      if (!isProcess) report(kind, { at, data, fixes });
      else if (instruction.stage?.isFinal ?? true) report(`process-${kind}`, { at, data, fixes });
      else report(`below-${kind}`, { at, data, fixes });
    };
    return {
      instruction: {
        CMD: visit,
        ENTRYPOINT: visit,
        RUN: visit,
        HEALTHCHECK: visit,
        COPY: visit,
        ADD: visit,
        VOLUME: visit,
      },
    };
  },
});

/** COPY and ADD take a source and a destination at least. */
function hasEnough(
  { text }: DockerfileModel,
  { keyword, body }: Instruction,
  meant: readonly Edit[],
): boolean {
  if (keyword !== 'COPY' && keyword !== 'ADD') return true;
  const { start, end } = fileSpan(body, span(0, body.text.length));
  const moved = meant.map(edit => ({
    ...edit,
    span: span(edit.span.start - start, edit.span.end - start),
  }));
  return (applyEdits(text.slice(start, end), moved).match(/"(?:[^"\\]|\\.)*"/g) ?? []).length > 1;
}

/** The text that begins with a bracket. */
function listIn({ json, keyword, body, heredocs }: Instruction): MappedText | null {
  if (json || heredocs.length > 0) return null;
  const start = keyword === 'HEALTHCHECK' ? (/^CMD\s+/i.exec(body.text)?.[0].length ?? 0) : 0;
  if (body.text[start] !== '[') return null;
  return start === 0 ? body : mappedPart(body, span(start, body.text.length));
}

/** `["app"] # why`: the comment goes to the line above. */
function withoutComment(model: DockerfileModel, instruction: Instruction, list: MappedText): Fix[] {
  const [, json = '', comment = ''] = /^(\[.*\])\s+(#.*)$/.exec(list.text) ?? [];
  if (comment === '' || instruction.onbuild !== null || !isList(json)) return [];
  const behind: Span = fileSpan(list, span(json.length, list.text.length));
  return [
    fix('Put the comment on a line of its own', 'suggestion', [
      insertBefore(model, instruction, [comment]),
      remove(behind),
    ]),
  ];
}

function isList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
