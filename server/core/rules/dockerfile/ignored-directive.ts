// ignored-directive: a comment that was meant as a parser directive and is none.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { Comment, DockerfileModel } from '../../model/dockerfile/model.ts';
import { insert, remove, replace } from '../../text/edit.ts';
import { wholeLines } from '../../text/layout.ts';
import { nearestName } from '../../text/nearest.ts';
import { type Span, span, spanText } from '../../text/span.ts';

/** What stands behind the name of a directive: an image, or one of the two escape characters. */
const values: Readonly<Record<string, RegExp>> = {
  syntax: /^\S*dockerfile\S*$|^[\w.-]+\/\S+:\S+$/,
  escape: /^[\\`]$/,
};

interface Meant {
  readonly name: string;
  readonly written: string;
  readonly nameSpan: Span;
}

/** The directive that a comment was most likely meant as. */
function meantDirective({ text }: DockerfileModel, { span: whole }: Comment): Meant | null {
  const [, before = '', written = '', value = ''] =
    /^(#\s*)([a-z]+)\s*=\s*(\S+)\s*$/i.exec(spanText(text, whole)) ?? [];
  if (written === '') return null;
  const name = nearestName(written, Object.keys(values)) ?? '';
  if (!values[name]?.test(value)) return null;
  const start = whole.start + before.length;
  return { name, written, nameSpan: span(start, start + written.length) };
}

/** Whether a line besides the comment's asks to be continued: with another escape character it no longer would. */
const continuesLines = (text: string, { span: { start, end } }: Comment): boolean =>
  /[\\`][ \t]*\r?$/m.test(`${text.slice(0, start)}${text.slice(end)}`);

/** A comment behind it would become a directive again, and each may be given once only. */
const isGivenBelow = ({ comments, directives }: DockerfileModel, comment: Comment, name: string): boolean =>
  directives.some(directive => directive.name === name) ||
  comments.some(
    other =>
      other.span.start > comment.span.start &&
      new RegExp(`^\\s*${name}\\s*=`, 'i').test(other.text.replace(/^#/, '')),
  );

/** To the top, below the directives that are there. */
function moved(
  { text, bodyStart, directives, layout }: DockerfileModel,
  comment: Comment,
  name: string,
): Fix[] {
  if (directives.some(directive => directive.name === name)) return [];
  if (name === 'escape' && continuesLines(text, comment)) return [];
  const edits = [
    insert(bodyStart, spanText(text, comment.span) + layout.eol),
    remove(wholeLines(text, comment.span)),
  ];
  return [fix('Move it to the top', 'unsafe', edits)];
}

export default dockerfileRule({
  id: 'ignored-directive',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A parser directive that is taken for a comment',
  messages: {
    late: {
      text: 'Only the first lines of a file are directives: a blank line, a comment or an instruction ends them, and {name} is ignored here. Move it to the top.',
    },
    misspelt: {
      text: 'There is no directive {written}: the line is a mere comment. Write {name}.',
    },
  },
  docs: {
    why: '`# syntax=` and `# escape=` count only in the first lines, before anything else. Below a comment, a blank line or an instruction they are ignored without a word, and so is one with a slip in its name: the file is built by another version of the syntax, or with another escape character, than it says.',
    remedy: 'Move the line to the very top, or correct its name.',
    limits: '`# check=` is left alone: in comments of single instructions BuildKit knows it too.',
    references: ['https://docs.docker.com/reference/dockerfile/#parser-directives'],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'A directive that comes into force may change how the rest of the file is read.',
  },
  examples: {
    bad: [
      {
        code: '# Builds the service.\n«# syntax=docker/dockerfile:1»\nFROM alpine:3.24\n',
        fixed: '# syntax=docker/dockerfile:1\n# Builds the service.\nFROM alpine:3.24\n',
      },
      {
        code: '# «sytnax»=docker/dockerfile:1\nFROM alpine:3.24\n',
        fixed: '# syntax=docker/dockerfile:1\nFROM alpine:3.24\n',
      },
    ],
    good: [
      { code: '# syntax=docker/dockerfile:1\n# escape=`\nFROM alpine:3.24\n' },
      {
        note: 'Said of one, not meant as one.',
        code: 'FROM alpine:3.24\n# syntax = the old one\nRUN make\n',
      },
    ],
  },
  check: ({ report }) => ({
    file(model) {
      for (const comment of model.comments) {
        const directive = comment.text.includes('=') ? meantDirective(model, comment) : null;
        if (directive === null) continue;
        const { name, written, nameSpan } = directive;
        if (written.toLowerCase() === name) {
          report('late', { at: comment.span, data: { name }, fixes: moved(model, comment, name) });
        } else {
          const fixes = isGivenBelow(model, comment, name)
            ? []
            : [fix(`Write ${name}`, 'suggestion', [replace(nameSpan, name)])];
          report('misspelt', { at: nameSpan, data: { written, name }, fixes });
        }
      }
    },
  }),
});
