// Repairs of what an inspection of a size has found: at the instruction that it was found at, as long as that stands there, by
// the rule that knows the cure, whatever the profile.
import type { Catalogue } from '../core/engine/catalogue.ts';
import type { Finding } from '../core/engine/finding.ts';
import { withJust } from '../core/engine/settings.ts';
import type { DockerfileModel, Instruction } from '../core/model/dockerfile/model.ts';
import type { InspectSizeResult } from '../core/protocol/messages.ts';
import { lineIndex } from '../core/text/lines.ts';
import { type Span, touches } from '../core/text/span.ts';
import { lintModel } from '../host/check.ts';
import type { Check } from './checks.ts';
import { type Offer, repairs } from './offers.ts';

type Notices = Extract<InspectSizeResult, { html: string }>['notices'];

export interface SizeFixes {
  remember(uri: string, model: DockerfileModel, notices: Notices): void;
  offersAt(check: Check, place: Span): Promise<Offer[]>;
}

export function createSizeFixes(catalogue: Catalogue): SizeFixes {
  /** By document: rules, by the text of the instruction. */
  const known = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
  return {
    remember(uri, model, notices) {
      const { lineAt } = lineIndex(model.text);
      const textAt = (line: number): string | undefined => {
        const found = model.instructions.find(
          ({ span }) => lineAt(span.start) <= line && line <= lineAt(span.end),
        );
        return found && textOf(model, found);
      };
      const rules = new Map<string, Set<string>>();
      for (const { line, rule } of notices) {
        const text = textAt(line);
        if (rule !== null && text !== undefined) rules.set(text, (rules.get(text) ?? new Set()).add(rule));
      }
      known.set(uri, rules);
    },
    async offersAt({ document, model, project, configuration, findings }, place) {
      const rules = known.get(document.uri);
      if (!rules || model?.language !== 'dockerfile') return [];
      const here = model.instructions.filter(({ span }) => touches(span, place));
      const wanted = new Set(here.flatMap(each => [...(rules.get(textOf(model, each)) ?? [])]));
      if (wanted.size === 0) return [];
      const { location, text } = document;
      const file = { location, text, language: 'dockerfile' } as const;
      const just = withJust(wanted, configuration.settings);
      const found = (await lintModel(project, catalogue, file, model, just)).findings;
      return repairs(
        [...wanted]
          .flatMap(rule => nearest(found, rule, here))
          .filter(each => !isOffered(each, findings, place)),
      );
    },
  };
}

const textOf = ({ text }: DockerfileModel, { span }: Instruction): string => text.slice(span.start, span.end);

/** Those at the instructions; where the rule says it elsewhere, such as at FROM, all there are. */
function nearest(found: readonly Finding[], rule: string, here: readonly Instruction[]): Finding[] {
  const ofRule = found.filter(finding => finding.rule === rule);
  const atHere = ofRule.filter(({ span }) => here.some(each => touches(each.span, span)));
  return atHere.length > 0 ? atHere : ofRule;
}

/** The lightbulb has it already. */
const isOffered = ({ rule, span }: Finding, findings: readonly Finding[], place: Span): boolean =>
  touches(span, place) && findings.some(other => other.rule === rule && other.span.start === span.start);
