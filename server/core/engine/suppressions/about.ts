// Findings about our own suppressions: those that silence nothing, name no rule, or give no reason.
import { type Edit, remove, replace } from '../../text/edit.ts';
import { wholeLines } from '../../text/layout.ts';
import { nearestName } from '../../text/nearest.ts';
import { type Span, span } from '../../text/span.ts';
import type { Catalogue } from '../catalogue.ts';
import type { FactKind, FactRequest } from '../facts.ts';
import type { Finding } from '../finding.ts';
import {
  internalError,
  unknownSuppression,
  unreasonedSuppression,
  unusedSuppression,
} from '../meta-rules.ts';
import { fix, type Model, type Rule } from '../rule.ts';
import { isEnabled, type Settings } from '../settings.ts';
import { leadsLine } from './places.ts';
import type { OwnSuppression, Target } from './suppression.ts';

export interface SuppressionRequest {
  readonly model: Model;
  readonly settings: Settings;
  /** Facts that rules have asked for in vain. */
  readonly missing: readonly FactRequest[];
}

/** The whole line of a comment that has it alone, else the comment and the blanks before it. */
function commentSpan(text: string, comment: Span): Span {
  if (leadsLine(text, comment.start)) return wholeLines(text, comment);
  return span(text.slice(0, comment.start).trimEnd().length, comment.end);
}

function removalOf(
  text: string,
  { comment, targets }: OwnSuppression,
  unused: readonly Target[],
  target: Target,
): Edit {
  if (unused.length === targets.length) return remove(commentSpan(text, comment));
  const at = targets.indexOf(target);
  const next = targets[at + 1];
  const previous = targets[at - 1];
  if (next) return remove(span(target.span.start, next.span.start));
  return remove(span(previous?.span.end ?? target.span.start, target.span.end));
}

const directive = /^[ \t]*#[ \t]*[a-z]\w*[ \t]*=/i;

/** Parser directives count only as long as no comment stands above them. */
const hidesDirective = (text: string, edit: Edit): boolean =>
  leadsLine(text, edit.span.start) && directive.test(text.slice(edit.span.end, edit.span.end + 200));

/** What one machine knows, and another does not: a comment may be there for the sake of the other. */
const ofMachines: readonly FactKind[] = ['shellcheck'];

/** False where a rule has not had its say: it is off, waits for facts, or finds more elsewhere. */
function hasSpoken({ settings, missing }: SuppressionRequest, rule: Rule): boolean {
  return (
    isEnabled(rule, settings) &&
    !missing.some(({ kind }) => rule.needs.includes(kind)) &&
    !rule.needs.some(kind => ofMachines.includes(kind)) &&
    !Object.values(rule.messages).some(({ equivalents }) =>
      equivalents?.some(equivalent => settings.equivalents.get(equivalent) === 'off'),
    )
  );
}

function aboutUnused(
  catalogue: Catalogue,
  request: SuppressionRequest,
  suppression: OwnSuppression,
  used: ReadonlySet<Target>,
): Finding[] {
  const { text } = request.model;
  const unused = suppression.targets.filter(target => {
    const rule = catalogue.rule(target.id);
    return rule && !used.has(target) && hasSpoken(request, rule);
  });
  return unused.map(target => {
    const edit = removalOf(text, suppression, unused, target);
    const title =
      unused.length === suppression.targets.length ? 'Remove the comment' : `Remove \`${target.id}\``;
    return unusedSuppression.finding('unused', {
      at: target.span,
      data: { rule: target.id },
      fixes: [fix(title, hidesDirective(text, edit) ? 'unsafe' : 'safe', [edit])],
    });
  });
}

function aboutUnknown(catalogue: Catalogue, { comment, targets }: OwnSuppression): Finding[] {
  if (targets.length === 0) return [unknownSuppression.finding('nameless', { at: comment })];
  return targets
    .filter(({ id }) => !catalogue.info(id))
    .map(({ id, span: at }) => {
      const nearest = nearestName(
        id,
        catalogue.infos.map(info => info.id),
      );
      return unknownSuppression.finding('unknown', {
        at,
        data: { rule: id, meant: nearest ? ` Did you mean \`${nearest}\`?` : '' },
        fixes: nearest ? [fix(`Change to \`${nearest}\``, 'suggestion', [replace(at, nearest)])] : [],
      });
    });
}

/** `findings` are those of the rules; `used` are the ids that silenced some. */
export function findingsAbout(
  catalogue: Catalogue,
  request: SuppressionRequest,
  suppressions: readonly OwnSuppression[],
  findings: readonly Finding[],
  used: ReadonlySet<Target>,
): Finding[] {
  // Most texts have none: what is wrong with the text is not worked out for them.
  if (suppressions.length === 0) return [];
  // A text that is refused, or a rule that failed, hides findings for which a comment may be needed.
  const complete =
    request.model.problems.length === 0 && findings.every(({ rule }) => rule !== internalError.id);
  return suppressions.flatMap(suppression => [
    ...aboutUnknown(catalogue, suppression),
    ...(complete ? aboutUnused(catalogue, request, suppression, used) : []),
    ...(suppression.reason === null && suppression.targets.length > 0
      ? [unreasonedSuppression.finding('unreasoned', { at: suppression.comment })]
      : []),
  ]);
}
