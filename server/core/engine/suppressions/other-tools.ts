// Other tools' comments that silence findings, each with the meaning it has for its tool.
import { type Span, span } from '../../text/span.ts';
import type { OtherTool } from '../settings.ts';
import { lineStart, type Places } from './places.ts';
import type { OtherSuppression } from './suppression.ts';

/** Where a comment stands, for deciding what it speaks of. */
interface Place {
  readonly text: string;
  readonly comment: Span;
  readonly places: Places;
}

type Groups = Readonly<Record<string, string | undefined>>;

interface Form {
  readonly tool: OtherTool;
  /** Global, over what stands behind the `#`. Without `ids` it silences all that the tool has an id for. */
  readonly pattern: RegExp;
  scope(place: Place, groups: Groups): Span | null;
}

const file = ({ text }: Place): Span => span(0, text.length);
const node = ({ places, comment }: Place): Span | null => places.node(comment);
const line = ({ places, comment }: Place): Span => places.line(comment);
const stage = ({ places, comment }: Place): Span | null => places.stage(comment);

const fileWhere =
  (mayStandAbove: RegExp) =>
  (place: Place): Span | null =>
    mayStandAbove.test(place.text.slice(0, place.comment.start)) ? file(place) : null;

/** For comments that count only as the first line of the file. */
const fileAtTop = fileWhere(/^\s*(?:---\s*)?$/);

/** For comments that count only among those that start the file. */
const fileInHeader = fileWhere(/^(?:\s|---|#[^\n]*\n)*$/);

/** KICS takes a comment above FROM for the whole stage. */
const block = (place: Place): Span | null => {
  const found = node(place);
  const opensStage = found !== null && /^FROM\s/i.test(place.text.slice(found.start, found.start + 5));
  return (opensStage && stage(place)) || found;
};

const forms: readonly Form[] = [
  {
    tool: 'hadolint',
    // Hadolint reads the whole comment or nothing of it.
    pattern:
      /^hadolint[ \t]+(?:(?<reach>global|stage)[ \t]+)?ignore[ \t]*=[ \t]*(?<ids>[DLSC\d]+(?:[ \t]*,[ \t]*[DLSC\d]+)*)[ \t]*(?:#.*)?$/g,
    scope: (place, { reach }) => (reach === 'global' ? file : reach === 'stage' ? stage : line)(place),
  },
  {
    tool: 'buildkit',
    pattern: /^check[ \t]*=(?:.*;)?[ \t]*skip[ \t]*=[ \t]*(?<ids>\w+(?:[ \t]*,[ \t]*\w+)*)/g,
    scope: node,
  },
  { tool: 'checkov', pattern: /checkov:skip=[ \t]*(?<ids>\w+(?:[ \t]*,[ \t]*\w+)*)/g, scope: file },
  { tool: 'trivy', pattern: /trivy:ignore:(?<ids>[\w-]+)/g, scope: node },
  { tool: 'kics', pattern: /^kics-scan[ \t]+ignore-line\b/g, scope: line },
  { tool: 'kics', pattern: /^kics-scan[ \t]+ignore-block\b/g, scope: block },
  { tool: 'kics', pattern: /^kics-scan[ \t]+ignore(?![-\w])/g, scope: fileInHeader },
  {
    tool: 'semgrep',
    pattern: /\bnosem(?:grep)?\b(?:[ \t]*:[ \t]*(?<ids>[\w.-]+(?:[ \t]*,[ \t]*[\w.-]+)*))?/g,
    scope: line,
  },
  { tool: 'dclint', pattern: /^dclint[ \t]+disable-line(?:[ \t]+(?<ids>\S.*))?$/g, scope: line },
  { tool: 'dclint', pattern: /^dclint[ \t]+disable(?:-file\b.*|[ \t]+(?<ids>\S.*))?$/g, scope: fileAtTop },
  { tool: 'dockerfile-utils', pattern: /^dockerfile-utils:[ \t]*ignore$/g, scope: line },
];

/** Words without which a comment is none of these. */
const anyForm = /hadolint|check[ \t]*=|checkov:|trivy:|kics-scan|nosem|dclint|dockerfile-utils:/;

/** Ids as equivalents spell them: Trivy's old spellings, Semgrep's paths of folders. */
function canonicalId(tool: OtherTool, id: string): string {
  if (tool === 'semgrep') return id.slice(id.lastIndexOf('.') + 1);
  const trivy = tool === 'trivy' ? /^(?:AVD-)?([a-z]+)-?0*(\d+)$/i.exec(id) : null;
  return trivy ? `${trivy[1]}-${trivy[2]?.padStart(4, '0')}` : id;
}

function equivalentsOf(tool: OtherTool, ids: string | undefined): readonly string[] | null {
  if (ids === undefined || (tool === 'buildkit' && ids === 'all')) return null;
  return ids.split(/[\s,]+/).map(id => `${tool}:${canonicalId(tool, id)}`.toLowerCase());
}

/** What a comment of other tools silences; `words` is the comment without `#` and the blanks around it. */
export function readOtherComment(words: string, place: Place): OtherSuppression[] {
  if (!anyForm.test(words)) return [];
  return forms.flatMap(({ tool, pattern, scope }) =>
    Array.from(words.matchAll(pattern), ({ groups = {} }) => ({
      tool,
      comment: place.comment,
      scope: scope(place, groups),
      equivalents: equivalentsOf(tool, groups.ids),
    })),
  );
}

/** `# check=skip=...` as a parser directive holds for the whole file. */
export const readCheckDirective = (value: string, place: Place): OtherSuppression[] =>
  readOtherComment(`check=${value}`, place).map(found => ({ ...found, scope: file(place) }));

const trailing = /[ \t](#[ \t]*((?:checkov:skip=|trivy:ignore:|nosem)[^\r\n]*))/g;

/** These tools search lines, so they honour what stands at the end of a Dockerfile's line, where Docker sees no comment. */
export function readTrailingComments(text: string, places: Places): OtherSuppression[] {
  return Array.from(text.matchAll(trailing)).flatMap(({ 1: written = '', 2: words = '', index }) => {
    const before = text.slice(lineStart(text, index), index).trimStart();
    const comment = span(index + 1, index + 1 + written.length);
    return before === '' || before.startsWith('#') ? [] : readOtherComment(words, { text, comment, places });
  });
}
