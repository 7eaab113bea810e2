// Scans: images that documents are built from or name, scanned when somebody asks, each line with what it brings.
import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { Catalogue } from '../core/engine/catalogue.ts';
import { languageOf } from '../core/engine/language.ts';
import { parseDockerfile } from '../core/model/dockerfile/parse.ts';
import type {
  AcceptParams,
  ScanImage,
  ScanImageLine,
  ScanParams,
  ScanProblem,
  ScanResult,
} from '../core/protocol/messages.ts';
import { acceptIn } from '../core/scan/accept.ts';
import { isForAll } from '../core/scan/model.ts';
import { readReport } from '../core/scan/read-report.ts';
import type { ScanLine } from '../core/scan/scan.ts';
import { countedByScanSeverity, notShown, packageTitle } from '../core/scan/words.ts';
import { lineIndex } from '../core/text/lines.ts';
import type { Document } from '../host/check.ts';
import { isOwnConfig } from '../host/configuration.ts';
import type { FileSystem, Location } from '../host/files.ts';
import type { Project } from '../host/project.ts';
import {
  planOfBuilt,
  planOfImage,
  plansOfBases,
  plansOfServices,
  type ScanPlan,
  scannedPlan,
} from '../host/scanning.ts';
import { search } from '../host/search.ts';
import { rangeOf } from './convert.ts';
import type { Documents } from './documents.ts';
import type { ImageScanner } from './host.ts';
import { locationOf } from './locations.ts';
import { languageIn } from './models.ts';
import type { Projects } from './projects.ts';
import { throwIfCancelled } from './refusal.ts';
import type { Settings } from './settings.ts';
import type { EditMaker } from './workspace-edit.ts';

export interface Scans {
  scan(params: ScanParams, token: CancellationToken): Promise<ScanResult>;
  accept(params: AcceptParams): Promise<unknown>;
}

export interface ScansContext {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly files: FileSystem;
  readonly settings: Settings;
  readonly projects: Projects;
  readonly catalogue: Catalogue;
  readonly editOf: EditMaker;
  /** Null where no program may be run. */
  readonly scanner: ImageScanner | null;
  readonly folders: readonly Location[];
}

const nobody: ScanProblem = {
  text: 'Images are scanned in trusted folders of this machine alone.',
  kind: 'other',
};

interface Planned {
  readonly plan: ScanPlan;
  readonly project: Project;
  /** Whose settings hold. */
  readonly home: Location;
}

const editedAt = ({ documents }: ScansContext, { location, text }: Pick<Document, 'location' | 'text'>) =>
  documents.at(location) ?? { uri: location, version: null, location, lines: lineIndex(text) };

const projectAt = async ({ projects, settings }: ScansContext, location: Location): Promise<Project> =>
  projects.under(await settings.of(location));

async function plansAt(context: ScansContext, home: Location, image: string | null): Promise<Planned[]> {
  const { files, documents } = context;
  const text = await files.read(home);
  const open = documents.at(home);
  const language = open ? languageIn(open) : languageOf(home);
  if (text === null || language === undefined) return [];
  const project = await projectAt(context, home);
  const { settings, excluded } = await project.configuration(home);
  if (excluded) return [];
  const document = { location: home, text, language };
  const { target } = settings;
  const plans =
    language === 'compose'
      ? await plansOfServices(files, project, document, () => true)
      : image === null
        ? plansOfBases(document, parseDockerfile(text, target))
        : [planOfBuilt(document, image, target)];
  return plans.map(plan => ({ plan, project, home }));
}

async function filesOf(
  { files }: ScansContext,
  { uris, folders }: ScanParams,
  token: CancellationToken,
): Promise<Location[]> {
  const found = uris.map(locationOf);
  for (const folder of folders) {
    const below = await search(files, locationOf(folder), () => throwIfCancelled(token));
    found.push(...below.map(({ location }) => location));
  }
  return found;
}

/** Each image of a file once. */
async function plansOf(
  context: ScansContext,
  params: ScanParams,
  token: CancellationToken,
): Promise<Planned[]> {
  const { image } = params;
  const homes = await filesOf(context, params, token);
  if (image !== null && homes.length === 0) {
    const home = `${context.folders[0] ?? ''}/Dockerfile`;
    return [{ plan: planOfImage(image), project: await projectAt(context, home), home }];
  }
  const planned = new Map<string, Planned>();
  for (const home of homes) {
    for (const each of await plansAt(context, home, image)) {
      planned.set(`${each.plan.image} ${each.plan.document?.location}`, each);
    }
  }
  return [...planned.values()];
}

const packagesOf = ({ packages, mistakes }: ScanLine): ScanImageLine['packages'] => [
  ...packages.map(each => ({
    title: packageTitle(each),
    detail: each.fixed === null ? '' : `→ ${each.fixed}`,
    vulnerabilities: each.vulnerabilities.map(({ id, package: name, title, url }) => ({
      id,
      package: name,
      title: title ?? '',
      url,
    })),
  })),
  ...mistakes.map(({ id, title, path }) => ({ title: title || id, detail: path ?? '', vulnerabilities: [] })),
];

async function lineOf(context: ScansContext, { document }: ScanPlan, line: ScanLine): Promise<ScanImageLine> {
  const edited = document && editedAt(context, document);
  const { place, fixes, severity, count, message } = line;
  const edits = edited
    ? await Promise.all(
        fixes.map(async fix => ({ title: fix.title, edit: await context.editOf(edited, fix) })),
      )
    : [];
  return {
    label: place.label,
    range: place.span && edited && rangeOf(edited.lines, place.span),
    via: place.via && edited && rangeOf(edited.lines, place.via.span),
    severity,
    count,
    message,
    packages: packagesOf(line),
    fixes: edits.filter(({ edit }) => edit !== null),
  };
}

async function scanOne(
  context: ScansContext,
  { plan, project, home }: Planned,
  mayUpdate: boolean,
  onCancelled: (stop: () => void) => void,
): Promise<ScanImage | ScanProblem> {
  const { scanner, settings, folders, files, catalogue } = context;
  if (scanner === null) return nobody;
  const { image, document } = plan;
  const { scan: scanSettings } = await settings.of(home);
  const answer = await scanner({ image, settings: scanSettings, mayUpdate, folders, onCancelled });
  if ('kind' in answer) return answer;
  const read = readReport(answer.text);
  if ('problem' in read) return { text: `${image}: ${read.problem}`, kind: 'other' };
  const today = new Date().toISOString().slice(0, 10);
  const scanContext = { files, project, catalogue, today, above: {}, home };
  const { scan } = await scannedPlan(scanContext, plan, read.report);
  return {
    image,
    uri: document && editedAt(context, document).uri,
    counts: countedByScanSeverity(scan.lines),
    summary: [answer.by, ...notShown(scan), ...scan.notes].join('. '),
    lines: await Promise.all(scan.lines.map(line => lineOf(context, plan, line))),
  };
}

/** Where nobody has a configuration yet, it goes to the root of the folder that is open. */
async function accept(context: ScansContext, { uri, id, package: name, reason }: AcceptParams) {
  const { folders, files, editOf } = context;
  const location = locationOf(uri);
  const { sources } = await (await projectAt(context, location)).configuration(location);
  const source = sources.find(({ location: place }) => isOwnConfig(place));
  const edits = acceptIn(source?.text ?? '', { id, package: name, reason, expires: null });
  if (edits === null) return null;
  if (source) return editOf(editedAt(context, source), { edits, files: [] });
  const folder = folders.find(each => files.relative(each, location) !== null);
  const depth = files.relative(folder ?? location, location)?.split('/').length ?? 1;
  const path = `${'../'.repeat(depth - 1)}.bulkhead.yaml`;
  const text = edits.map(edit => edit.text).join('');
  const document = editedAt(context, { location, text: (await files.read(location)) ?? '' });
  return editOf(document, { edits: [], files: [{ kind: 'create', path, text, secret: false }] });
}

export const createScans = (context: ScansContext): Scans => ({
  async scan(params, cancellation) {
    const { mayUpdate, workDoneToken: token } = params;
    const planned = await plansOf(context, params, cancellation);
    const images: ScanImage[] = [];
    const problems: ScanProblem[] = [];
    for (const [index, each] of planned.entries()) {
      const percentage = Math.round((100 * index) / planned.length);
      const value = { kind: 'report', percentage, message: each.plan.image };
      if (token !== undefined) await context.connection.sendNotification('$/progress', { token, value });
      const result = await scanOne(context, each, mayUpdate, stop => {
        cancellation.onCancellationRequested(stop);
      });
      if (!('kind' in result)) images.push(result);
      else {
        problems.push(result);
        if (isForAll(result.kind)) break;
      }
    }
    return { images, problems };
  },
  accept: params => accept(context, params),
});
