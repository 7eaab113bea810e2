// Repairs of what an inspection of a size has found: at the instruction that it was found at, as long as that stands there, by
// the rule that knows the cure, whatever the profile.
import type { Catalogue } from '../core/engine/catalogue.ts';
import type { Finding } from '../core/engine/finding.ts';
import { withJust } from '../core/engine/settings.ts';
import { sizeRules } from '../core/image/places.ts';
import type { DockerfileModel, Instruction } from '../core/model/dockerfile/model.ts';
import type { InspectSizeResult } from '../core/protocol/messages.ts';
import { lineIndex } from '../core/text/lines.ts';
import { type Span, touches } from '../core/text/span.ts';
import { lintModel } from '../host/check.ts';
import type { Check } from './checks.ts';
import { type Offer, repairs } from './offers.ts';

type Notices = Extract<InspectSizeResult, { html: string }>['notices'];

/** Of a notice, whether there is a repair of it. */
type Repairable = (notice: Pick<Notices[number], 'line' | 'rule'>) => boolean;

export interface SizeFixes {
  repairable(check: Check): Promise<Repairable>;
  remember(uri: string, model: DockerfileModel, notices: Notices): void;
  offersAt(check: Check, place: Span): Promise<Offer[]>;
}

export function createSizeFixes(catalogue: Catalogue): SizeFixes {
  /** By document: rules, by the text of the instruction. */
  const known = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();

  const findingsOf = async (
    { document: { location, text }, project, configuration }: Check,
    model: DockerfileModel,
    rules: ReadonlySet<string>,
  ): Promise<readonly Finding[]> => {
    const file = { location, text, language: 'dockerfile' } as const;
    return (await lintModel(project, catalogue, file, model, withJust(rules, configuration.settings)))
      .findings;
  };

  return {
    async repairable(check) {
      const { model } = check;
      if (model?.language !== 'dockerfile') return () => false;
      const found = await findingsOf(check, model, sizeRules);
      return ({ line, rule }) => {
        const instruction = instructionAt(model, line);
        return (
          instruction !== undefined &&
          found.some(each => each.rule === rule && each.fixes.length > 0 && isAbout(each, instruction))
        );
      };
    },
    remember(uri, model, notices) {
      const rules = new Map<string, Set<string>>();
      for (const { line, rule } of notices) {
        const instruction = instructionAt(model, line);
        const text = instruction && textOf(model, instruction);
        if (rule !== null && text !== undefined) rules.set(text, (rules.get(text) ?? new Set()).add(rule));
      }
      known.set(uri, rules);
    },
    async offersAt(check, place) {
      const { document, model, findings } = check;
      const rules = known.get(document.uri);
      if (!rules || model?.language !== 'dockerfile') return [];
      const here = model.instructions.filter(({ span }) => touches(span, place));
      const wanted = new Set(here.flatMap(each => [...(rules.get(textOf(model, each)) ?? [])]));
      if (wanted.size === 0) return [];
      const found = await findingsOf(check, model, wanted);
      return repairs(
        found
          .filter(each => here.some(instruction => isAbout(each, instruction)))
          .filter(each => !isOffered(each, findings, place)),
      );
    },
  };
}

const textOf = ({ text }: DockerfileModel, { span }: Instruction): string => text.slice(span.start, span.end);

function instructionAt({ text, instructions }: DockerfileModel, line: number): Instruction | undefined {
  const { lineAt } = lineIndex(text);
  return instructions.find(({ span }) => lineAt(span.start) <= line && line <= lineAt(span.end));
}

/** It is told there, or repaired there. */
const isAbout = ({ span, fixes }: Finding, instruction: Instruction): boolean =>
  [span, ...fixes.flatMap(({ edits }) => edits.map(edit => edit.span))].some(each =>
    touches(instruction.span, each),
  );

/** The lightbulb has it already. */
const isOffered = ({ rule, span }: Finding, findings: readonly Finding[], place: Span): boolean =>
  touches(span, place) && findings.some(other => other.rule === rule && other.span.start === span.start);
