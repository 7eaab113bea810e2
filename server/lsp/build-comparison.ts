// "Build and compare" for an editor: two builds and, where a scanner is there, two scans, as a page and in words.
import type { Outcome } from '../core/build/outcome.ts';
import type { ToldProblem } from '../core/build/step.ts';
import type { Catalogue } from '../core/engine/catalogue.ts';
import type { BuildParams, BuildResult } from '../core/protocol/messages.ts';
import { buildSummary } from '../core/report/build-text.ts';
import { comparePage } from '../core/report/compare-page.ts';
import { compareLine, compareText } from '../core/report/compare-text.ts';
import { counted } from '../core/report/counts.ts';
import { compareBuilds, type Instead } from '../host/compare-builds.ts';
import type { FileSystem, Location } from '../host/files.ts';
import type { PlannedBuild } from '../host/image-builder.ts';
import type { ImageScanner } from './host.ts';
import { locationOf } from './locations.ts';
import type { Projects } from './projects.ts';
import type { Settings } from './settings.ts';

export interface ComparisonContext {
  readonly files: FileSystem;
  readonly settings: Settings;
  readonly projects: Projects;
  readonly catalogue: Catalogue;
  /** Null where no program may be run. */
  readonly scanner: ImageScanner | null;
  readonly folders: readonly Location[];
}

interface Task extends NonNullable<BuildParams['compare']> {
  readonly planned: PlannedBuild;
  readonly target: string | null;
  tell(text: string, isStep: boolean): void;
  onStop(stop: () => void): void;
  build(instead: Instead | null): Promise<Outcome<ToldProblem>>;
}

export async function buildTwice(
  { files, settings, projects, catalogue, scanner, folders }: ComparisonContext,
  { planned, target, upTo, nonce, tell, onStop, build }: Task,
): Promise<BuildResult> {
  const { tag, model } = planned;
  const location = locationOf(planned.location);
  const own = await settings.of(location);
  const today = new Date().toISOString().slice(0, 10);
  const scan = async (image: string) => {
    if (!scanner) return { problem: '', kind: 'no scanner' };
    tell(`scan ${image}`, true);
    const answer = await scanner({
      image,
      settings: own.scan,
      mayUpdate: false,
      folders,
      onCancelled: onStop,
    });
    return 'kind' in answer ? { problem: answer.text, kind: answer.kind } : answer;
  };
  const comparison = await compareBuilds(
    { files, project: projects.under(own), catalogue, today, above: {}, home: location },
    { document: { location, text: model.text, language: 'dockerfile' }, tag, target, upTo, build, scan },
  );
  if (comparison.kind === 'nothing') {
    return { ending: 'nothing', summary: 'There is nothing to compare: no such repair changes this file.' };
  }
  if (comparison.kind === 'stopped') {
    const { instead, outcome } = comparison;
    const lead = instead && outcome.ending === 'failed' ? 'With the repairs it does not build. ' : '';
    return { ending: outcome.ending, summary: lead + buildSummary({ tag: instead?.tag ?? tag, outcome }) };
  }
  const { compared, repairs } = comparison;
  const note = comparison.note && `Vulnerabilities are not compared. ${comparison.note}`;
  const lead = `With ${counted(repairs.length, 'repair')}: ${compareLine(compared)}`;
  return {
    ending: 'built',
    summary: [lead, '', compareText(compared), ...(note ? [note] : [])].join('\n'),
    page: comparePage({ tag, compared, repairs, note }, nonce),
  };
}
