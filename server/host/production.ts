// Production: the checklists of a document, its services' Dockerfiles found, read and linted along with it.
import { checkedUnder } from '../core/checklist/acceptance.ts';
import type { Behind, Beside, Production, Where } from '../core/checklist/checklist.ts';
import { imageChecklist, serviceChecklist } from '../core/checklist/judge.ts';
import { checklistRules } from '../core/checklist/lines.ts';
import { type Build, buildBehind, imageSubject, serviceSubject } from '../core/checklist/subject.ts';
import type { Catalogue } from '../core/engine/catalogue.ts';
import { withLocalImages } from '../core/engine/local-images.ts';
import { placedIn } from '../core/engine/placing.ts';
import type { Model } from '../core/engine/rule.ts';
import { type Settings, withJust } from '../core/engine/settings.ts';
import type { ComposeModel, Service } from '../core/model/compose/model.ts';
import { parseDockerfile } from '../core/model/dockerfile/parse.ts';
import { type Document, lintModel } from './check.ts';
import type { Project } from './project.ts';

const widened = new WeakMap<Settings, Settings>();

/** The same ones for the same settings of people: what rests on them is worked out once. */
function settingsFor(settings: Settings): Settings {
  const known = widened.get(settings) ?? withJust(checklistRules, settings);
  widened.set(settings, known);
  return known;
}

type ReadBehind = (service: Service) => Promise<Behind | null>;

/** Services that are built from the same stage have one Dockerfile. */
function dockerfilesOf(
  project: Project,
  catalogue: Catalogue,
  document: Document,
  model: ComposeModel,
): ReadBehind {
  const read = async ({ path, inline, target }: Build): Promise<Behind | null> => {
    if (inline) {
      const own = parseDockerfile(inline.text, target);
      // What is found in it is found in the document.
      return { checked: { model: own, findings: [], accepted: [], sensitive: [] }, location: null, inline };
    }
    if (path === null) return null;
    const request = { kind: 'dockerfile', path } as const;
    const facts = project.facts(document.location);
    if (facts.get('dockerfile', path) === undefined) await project.fetch(document.location, [request]);
    const text = facts.get('dockerfile', path)?.text;
    if (text === undefined) return null;
    const location = project.beside(document.location, path);
    const { settings, excluded } = await project.configuration(location);
    if (excluded) return null;
    const own = parseDockerfile(text, target ?? settings.target);
    const checked = { location, text, language: 'dockerfile' } as const;
    const result = await lintModel(project, catalogue, checked, own, settingsFor(settings));
    const informed = withLocalImages(own, project.facts(location));
    return { checked: checkedUnder(informed, result, settings), location, inline: null };
  };
  const known = new Map<string, Promise<Behind | null>>();
  return async service => {
    const build = buildBehind(model, service);
    if (build === null) return null;
    const key = JSON.stringify([build.path ?? build.inline?.text, build.target]);
    const reading = known.get(key) ?? read(build);
    known.set(key, reading);
    return reading;
  };
}

/** The other Compose files of the project, each with what is found in it. */
async function filesBeside(
  project: Project,
  catalogue: Catalogue,
  document: Document,
  paths: readonly string[],
): Promise<ReadonlyMap<Where, Beside>> {
  const facts = project.facts(document.location);
  const read = paths.map(async (path): Promise<(readonly [Where, Beside])[]> => {
    const model = facts.get('compose', path);
    const location = project.beside(document.location, path);
    const { settings, excluded } = await project.configuration(location);
    if (!model || excluded) return [];
    const own = { location, text: model.text, language: 'compose' } as const;
    const result = await lintModel(project, catalogue, own, model, settingsFor(settings));
    return [[`beside ${path}`, { location, checked: checkedUnder(model, result, settings) }]];
  });
  return new Map((await Promise.all(read)).flat());
}

/** Of all services, or of those that are wanted. */
export async function productionOf(
  project: Project,
  catalogue: Catalogue,
  document: Document,
  model: Model,
  isWanted: (service: string) => boolean = () => true,
): Promise<Production> {
  const { settings } = await project.configuration(document.location);
  const result = await lintModel(project, catalogue, document, model, settingsFor(settings));
  const facts = project.facts(document.location);
  if (model.language === 'dockerfile') {
    const checked = checkedUnder(withLocalImages(model, facts), result, settings);
    const subject = imageSubject(checked);
    const { location } = document;
    return {
      location,
      checked,
      beside: new Map(),
      lists: subject ? [{ checklist: imageChecklist(subject), behind: null }] : [],
    };
  }
  const checked = checkedUnder(model, result, settings);
  const placed = placedIn(model, facts);
  const inProject = { ...placed, model: withLocalImages(placed.model, facts) };
  const beside = await filesBeside(project, catalogue, document, inProject.paths());
  const readBehind = dockerfilesOf(project, catalogue, document, inProject.model);
  const lists = await Promise.all(
    inProject.model.services
      .filter(({ name, elsewhere }) => !elsewhere && isWanted(name))
      .map(async service => {
        const behind = await readBehind(service);
        const dockerfile = behind?.checked ?? null;
        const parts = { document: checked, project: inProject, beside, service, dockerfile };
        return { checklist: serviceChecklist(serviceSubject(parts)), behind };
      }),
  );
  return { location: document.location, checked, beside, lists };
}
