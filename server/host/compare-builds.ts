// Build and compare: the image as a Dockerfile makes it, and as it would be with the repairs that stay in the file.
import type { Compared, CompareRow } from '../core/build/compared.ts';
import type { BuiltImage, Outcome } from '../core/build/outcome.ts';
import { type Safety, staysInText } from '../core/engine/finding.ts';
import type { AppliedFix } from '../core/engine/fix-all.ts';
import { readReport } from '../core/scan/read-report.ts';
import { countedByScanSeverity } from '../core/scan/words.ts';
import { type Document, fixDocument } from './check.ts';
import { planOfBuilt, type ScanContext, scannedPlan } from './scanning.ts';

/** What a scanner has written of an image, or what was in the way. */
type Scanned = { readonly text: string } | { readonly problem: string; readonly kind: string };

/** In place of the Dockerfile's own. */
export interface Instead {
  readonly text: string;
  readonly tag: string;
}

export interface CompareRequest<Problem> {
  /** The Dockerfile. */
  readonly document: Document;
  readonly tag: string;
  readonly target: string | null;
  readonly upTo: Safety;
  build(instead: Instead | null): Promise<Outcome<Problem>>;
  scan(image: string): Promise<Scanned>;
}

export type Comparison<Problem> =
  | {
      readonly kind: 'compared';
      readonly compared: Compared;
      readonly repairs: readonly AppliedFix[];
      /** Why there is no word of vulnerabilities, though a scanner is there; null where there is nothing to say. */
      readonly note: string | null;
    }
  /** The repairs that stay in the file change nothing. */
  | { readonly kind: 'nothing' }
  /** One of the two did not build: the file as it is, or what stands in for it. */
  | { readonly kind: 'stopped'; readonly instead: Instead | null; readonly outcome: Outcome<Problem> };

/** The repaired image has a tag beside the other's. */
const repairedTag = (tag: string): string => (/:[^/]*$/.test(tag) ? `${tag}-repaired` : `${tag}:repaired`);

const builtBy = ({ ending, image }: Outcome<unknown>): BuiltImage | null =>
  ending === 'built' ? image : null;

/** Without a scanner there is no row, and nothing to say. */
async function vulnerabilities<Problem>(
  context: ScanContext,
  { document, tag, target, scan }: CompareRequest<Problem>,
  instead: Instead,
): Promise<{ readonly more: readonly CompareRow[]; readonly note: string | null }> {
  const counts: string[] = [];
  for (const { text, tag: image } of [{ text: document.text, tag }, instead]) {
    const answer = await scan(image);
    if ('problem' in answer) return { more: [], note: answer.kind === 'no scanner' ? null : answer.problem };
    const read = readReport(answer.text);
    if ('problem' in read) return { more: [], note: `${image}: ${read.problem}` };
    // What is accepted for the file's image is accepted for the repaired one.
    const plan = planOfBuilt({ ...document, text }, tag, target);
    const { lines } = (await scannedPlan(context, plan, { ...read.report, image: tag })).scan;
    counts.push(countedByScanSeverity(lines) || 'none');
  }
  const [before = '', after = ''] = counts;
  return { more: [{ name: 'vulnerabilities', before, after }], note: null };
}

export async function compareBuilds<Problem>(
  context: ScanContext,
  request: CompareRequest<Problem>,
): Promise<Comparison<Problem>> {
  const { document, tag, target, upTo, build } = request;
  const { project, catalogue } = context;
  const { settings } = await project.configuration(document.location);
  const { text, applied } = await fixDocument(project, catalogue, document, {
    upTo,
    wanted: staysInText(upTo),
    settings: { ...settings, target: target ?? settings.target },
  });
  if (text === document.text) return { kind: 'nothing' };
  const first = await build(null);
  const before = builtBy(first);
  if (before === null) return { kind: 'stopped', instead: null, outcome: first };
  const instead = { text, tag: repairedTag(tag) };
  const second = await build(instead);
  const after = builtBy(second);
  if (after === null) return { kind: 'stopped', instead, outcome: second };
  // What stays in its builder, no scanner of this machine can read.
  const isHere = before.bytes !== null && after.bytes !== null;
  const { more, note } = isHere ? await vulnerabilities(context, request, instead) : { more: [], note: null };
  return { kind: 'compared', compared: { before, after, more }, repairs: applied, note };
}
