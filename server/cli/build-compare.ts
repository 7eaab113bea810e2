// `bulkhead build --compare`: the image as the file makes it, and as it would be with the repairs, side by side.
import type { Outcome } from '../core/build/outcome.ts';
import type { BuildProblem } from '../core/build/placing.ts';
import type { Safety } from '../core/engine/finding.ts';
import { compareJson, compareText } from '../core/report/compare-text.ts';
import { counted } from '../core/report/counts.ts';
import { type Comparison, compareBuilds, type Instead } from '../host/compare-builds.ts';
import type { FileSystem } from '../host/files.ts';
import type { BuildPlan } from '../node/build/plan.ts';
import { locationOf } from '../node/files.ts';
import { scanImage } from '../node/scanners/run.ts';
import { Failure } from './failure.ts';
import type { Session } from './session.ts';
import { withSignal } from './signals.ts';
import { type Terminal, tell } from './terminal.ts';

const scan = (image: string) =>
  withSignal(signal =>
    scanImage({
      image,
      scanner: null,
      program: null,
      server: null,
      mayUpdate: false,
      isRemote: false,
      projects: [process.cwd()],
      signal,
    }),
  );

export async function builtTwice(
  { project, catalogue, files }: Session & { readonly files: FileSystem },
  { request: { dockerfile, tag, target }, model }: BuildPlan,
  upTo: Safety,
  build: (instead: Instead | null) => Promise<Outcome<BuildProblem>>,
): Promise<Comparison<BuildProblem>> {
  const location = locationOf(dockerfile);
  const today = new Date().toISOString().slice(0, 10);
  const document = { location, text: model.text, language: 'dockerfile' } as const;
  return compareBuilds(
    { files, project, catalogue, today, above: {}, home: location },
    { document, tag, target, upTo, build, scan },
  );
}

export function comparisonReport(
  comparison: Exclude<Comparison<BuildProblem>, { kind: 'stopped' }>,
  { unsafe, format }: { readonly unsafe: boolean; readonly format: string | undefined },
  terminal: Terminal,
): string {
  if (comparison.kind === 'nothing') {
    const hint = unsafe ? '' : ' With --unsafe those that may change behaviour are tried too.';
    throw new Failure(`There is nothing to compare: no repair changes this file.${hint}`);
  }
  const { compared, repairs, note } = comparison;
  if (note !== null) tell(terminal, `Vulnerabilities are not compared. ${note}`);
  if (format === 'json') return compareJson(compared);
  return `${counted(repairs.length, 'repair')}\n\n${compareText(compared)}`;
}
