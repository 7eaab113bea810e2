// Look-ups: facts that a check has missed are found out, the cheap ones at once, the others when nobody types.
import type { FactRequest } from '../core/engine/facts.ts';
import type { Project } from '../host/project.ts';
import type { OpenDocument } from './documents.ts';
import type { Foundations } from './foundations.ts';

/** Pauses more before a registry hears of a name: what is half typed is nobody's business. */
const stillness = 4;

type Place = Pick<OpenDocument, 'location' | 'uri' | 'version'>;

/**
 * Files are at hand. What programs and registries have to say comes once nobody types; until then no check, and no document
 * with its model, is kept alive.
 */
export function factLookUps(
  { host, documents }: Foundations,
  revisit: (uri: string) => Promise<void>,
): (project: Project, place: Place, missing: readonly FactRequest[]) => Promise<void> {
  const fetch = async (
    project: Project,
    { location, uri }: Pick<OpenDocument, 'location' | 'uri'>,
    missing: readonly FactRequest[],
  ): Promise<void> => {
    if (missing.length === 0) return;
    await project.fetch(location, missing);
    await revisit(uri);
  };
  return async (project: Project, place: Place, missing: readonly FactRequest[]): Promise<void> => {
    const isRemote = ({ kind }: FactRequest): boolean => kind === 'registry';
    const isProgram = (request: FactRequest): boolean =>
      request.kind === 'shellcheck' || request.kind === 'image' || isRemote(request);
    await fetch(
      project,
      place,
      missing.filter(request => !isProgram(request)),
    );
    const byProgram = missing.filter(isProgram);
    if (byProgram.length > 0) await host.pause();
    if (documents.get(place.uri)?.version !== place.version) return;
    await fetch(
      project,
      place,
      byProgram.filter(request => !isRemote(request)),
    );
    const byRegistry = byProgram.filter(isRemote);
    for (let turn = 0; byRegistry.length > 0 && turn < stillness; turn++) await host.pause();
    if (documents.get(place.uri)?.version === place.version) await fetch(project, place, byRegistry);
  };
}
