// Prefetching: what a lint of a Compose file asks for in any case, looked up before the first one.
import type { FactRequest } from '../core/engine/facts.ts';
import { likelyPartners } from '../core/model/compose/neighbours/partners.ts';
import type { Location } from './files.ts';
import type { Project } from './project.ts';

const folderOf: FactRequest = { kind: 'folder', path: '.' };

/** Waits for nothing where all of it is known. */
export async function prefetchNeighbours(project: Project, document: Location): Promise<void> {
  const facts = project.facts(document);
  if (facts.get('folder', '.') === undefined) await project.fetch(document, [folderOf]);
  const folder = facts.get('folder', '.');
  if (!folder) return;
  const { compose, env } = likelyPartners(folder);
  const requests: FactRequest[] = [
    ...compose.map(path => ({ kind: 'compose', path }) as const),
    ...env.map(path => ({ kind: 'env', path }) as const),
  ];
  const missing = requests.filter(({ kind, path }) => facts.get(kind, path) === undefined);
  if (missing.length > 0) await project.fetch(document, missing);
}
