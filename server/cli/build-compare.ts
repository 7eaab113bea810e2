// `bulkhead build --compare`: the image as the file makes it, and as it would be with the repairs, side by side.
import type { BuiltImage, Outcome } from '../core/build/outcome.ts';
import type { BuildProblem } from '../core/build/placing.ts';
import type { Safety } from '../core/engine/finding.ts';
import { parseDockerfile } from '../core/model/dockerfile/parse.ts';
import type { Compared } from '../core/report/compare-text.ts';
import { fixDocument } from '../host/check.ts';
import type { BuildPlan } from '../node/build/plan.ts';
import { locationOf } from '../node/files.ts';
import { staysInText } from './repair.ts';
import type { Session } from './session.ts';

type Build = (plan: BuildPlan, text: string | null) => Promise<Outcome<BuildProblem>>;

export type Comparison =
  | { readonly kind: 'compared'; readonly compared: Compared; readonly repairs: number }
  /** The repairs that stay in the file change nothing. */
  | { readonly kind: 'nothing' }
  /** One of the two did not build: the file as it is, or the repaired text. */
  | { readonly kind: 'stopped'; readonly plan: BuildPlan; readonly outcome: Outcome<BuildProblem> };

/** The repaired image has a tag beside the other's. */
const repairedTag = (tag: string): string => (/:[^/]*$/.test(tag) ? `${tag}-repaired` : `${tag}:repaired`);

const builtBy = ({ ending, image }: Outcome<BuildProblem>): BuiltImage | null =>
  ending === 'built' ? image : null;

export async function compareBuilds(
  { project, catalogue }: Session,
  plan: BuildPlan,
  upTo: Safety,
  build: Build,
): Promise<Comparison> {
  const { request, model } = plan;
  const location = locationOf(request.dockerfile);
  const document = { location, text: model.text, language: 'dockerfile' } as const;
  const { text, applied } = await fixDocument(project, catalogue, document, {
    upTo,
    wanted: staysInText(upTo),
  });
  if (text === model.text) return { kind: 'nothing' };
  const first = await build(plan, null);
  const before = builtBy(first);
  if (before === null) return { kind: 'stopped', plan, outcome: first };
  const repaired: BuildPlan = {
    ...plan,
    model: parseDockerfile(text, request.target ?? undefined),
    request: { ...request, tag: repairedTag(request.tag) },
  };
  const second = await build(repaired, text);
  const after = builtBy(second);
  if (after === null) return { kind: 'stopped', plan: repaired, outcome: second };
  return { kind: 'compared', compared: { before, after }, repairs: applied.length };
}
