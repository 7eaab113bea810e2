// The files that belong with a Compose file, as the editor has them: open ones first, none outside of the folders that are open.
import type { CancellationToken } from 'vscode-languageserver';
import { logFacts } from '../../core/engine/facts.ts';
import { placedIn } from '../../core/engine/placing.ts';
import type { ProjectFile } from '../../core/language/compose/project-names.ts';
import type { ComposeModel } from '../../core/model/compose/model.ts';
import { parseCompose } from '../../core/model/compose/parse.ts';
import { untilKnown } from '../../host/check.ts';
import type { Location } from '../../host/files.ts';
import { prefetchNeighbours } from '../../host/prefetch.ts';
import type { Project } from '../../host/project.ts';
import { search } from '../../host/search.ts';
import { throwIfCancelled } from '../refusal.ts';
import { type Compose, isOpenTo, type LanguageContext } from './place.ts';

/** A file as one of its project, and the locations of those that it leads to. */
async function leadFrom(
  project: Project,
  location: Location,
  model: ComposeModel,
  isWithin: (place: Location) => boolean,
): Promise<{ readonly file: ProjectFile; readonly leads: readonly Location[] }> {
  await prefetchNeighbours(project, location);
  const { shares, paths } = await untilKnown(project, { location }, () => {
    const facts = logFacts(project.facts(location));
    const placed = placedIn(model, facts);
    return { shares: placed.shares(), paths: placed.paths(), missing: facts.missing };
  });
  const at = (path: string): Location | null => {
    const place = project.beside(location, path);
    return isWithin(place) ? place : null;
  };
  const within = (all: readonly string[]): Location[] => all.flatMap(path => at(path) ?? []);
  return { file: { location, model, shares: within(shares), at }, leads: within(paths) };
}

/** More files are no project of people. */
const maxFiles = 1_000;

export interface FilesAround {
  readonly file: ProjectFile;
  readonly files: readonly ProjectFile[];
}

/** `everywhere`: also the files that lead to it, looked for in its open folder. */
export async function filesAround(
  context: LanguageContext,
  { document, model }: Compose,
  token: CancellationToken,
  everywhere: boolean,
): Promise<FilesAround> {
  const { files, folders, settings, projects } = context;
  const { location, uri } = document;
  const { enable: _, showDuplicates: __, ...editor } = await settings.of(uri);
  const project = projects.under(editor);
  const isWithin = (place: Location): boolean => isOpenTo(context, location, place);
  const own = await leadFrom(project, location, model, isWithin);

  const root = everywhere ? folders.find(folder => files.relative(folder, location) !== null) : undefined;
  const beside = root === undefined ? [] : await search(files, root, () => throwIfCancelled(token));
  const others = beside.filter(({ language }) => language === 'compose').map(each => each.location);
  const waiting = new Set([...own.leads, ...others]);
  waiting.delete(location);
  const found: ProjectFile[] = [];
  for (const place of waiting) {
    throwIfCancelled(token);
    if (found.length === maxFiles) break;
    const text = place === location ? null : await files.read(place);
    if (text === null) continue;
    const { file, leads } = await leadFrom(project, place, parseCompose(text), isWithin);
    found.push(file);
    for (const lead of leads) waiting.add(lead);
  }
  return { file: own.file, files: [own.file, ...found] };
}
