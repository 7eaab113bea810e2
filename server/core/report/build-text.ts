// The end of a build: problems at their lines, what was built, and what to do next.
import { durationText } from '../build/narration.ts';
import type { Outcome } from '../build/outcome.ts';
import type { BuildProblem } from '../build/placing.ts';
import type { Finding } from '../engine/finding.ts';
import { bytesText } from '../text/bytes.ts';
import { lineIndex } from '../text/lines.ts';
import { emptySpan } from '../text/span.ts';
import { counted } from './counts.ts';
import type { ReportFile } from './report-file.ts';

export interface BuildReport {
  /** The Dockerfile, as it is shown. */
  readonly path: string;
  readonly text: string;
  readonly sensitive: ReportFile['sensitive'];
  readonly tag: string;
  readonly outcome: Outcome<BuildProblem>;
}

/** What is wrong with the file as a whole is told at its beginning. */
const findingOf = ({ severity, code, message, span }: BuildProblem): Finding => ({
  rule: code,
  messageId: code,
  message,
  severity,
  span: span ?? emptySpan(0),
  related: [],
  equivalents: [],
  fixes: [],
});

/** What a builder says of the file, as the reports of findings take it. */
export const builtFile = ({ path, text, sensitive, outcome }: BuildReport): ReportFile => ({
  path,
  language: 'dockerfile',
  text,
  findings: outcome.problems.map(findingOf),
  suppressed: [],
  sensitive,
});

/** What the command line can do with the image now. */
export const nextSteps = ({ tag, outcome }: Pick<BuildReport, 'tag' | 'outcome'>): string =>
  outcome.ending === 'built' ? `Next: bulkhead scan ${tag} · bulkhead size ${tag}\n` : '';

const stepsText = ({ steps, cached }: Pick<BuildReport['outcome'], 'steps' | 'cached'>): string =>
  `${counted(steps, 'step')}${cached > 0 ? `, ${cached} from the cache` : ''}`;

export function buildSummary({
  tag,
  outcome,
}: Pick<BuildReport, 'tag'> & { readonly outcome: Omit<BuildReport['outcome'], 'problems'> }): string {
  const { ending, image, seconds, obstacle } = outcome;
  const took = durationText(seconds);
  if (ending === 'cancelled')
    return `The build was stopped after ${took}. Nothing of it is left but its cache.\n`;
  if (ending === 'failed')
    return `${obstacle === null ? '' : `${obstacle}\n`}The build failed after ${took}.\n`;
  const size = image?.bytes == null ? '' : `, ${bytesText(image.bytes)}`;
  const layers = image?.layers == null ? '' : ` in ${counted(image.layers, 'layer')}`;
  return `Built ${tag}${size}${layers}: ${stepsText(outcome)}, in ${took}.\n`;
}

/** Version 1. Lines and characters are zero-based, as in the report of findings. */
export function buildJson({ path, text, tag, outcome }: BuildReport): string {
  const lines = lineIndex(text);
  const { problems, ...rest } = outcome;
  const placed = problems.map(({ span, ...problem }) => ({
    ...problem,
    range: span && { start: lines.positionAt(span.start), end: lines.positionAt(span.end) },
  }));
  return `${JSON.stringify({ version: 1, path, tag, ...rest, problems: placed })}\n`;
}
