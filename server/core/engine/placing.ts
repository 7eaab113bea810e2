// Placing: a Compose file is judged as its project makes it, and what is found is told at a place in this file.
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { inProject, type ModelInProject } from '../model/compose/neighbours/model.ts';
import { isElsewhere } from '../model/compose/space.ts';
import type { YamlNode } from '../model/yaml/node.ts';
import { nodesBelow } from '../model/yaml/walk.ts';
import { contains, type Span } from '../text/span.ts';
import type { FactReader } from './facts.ts';
import type { Finding, Fix } from './finding.ts';
import { languageOf } from './language.ts';
import type { Message, Report } from './rule.ts';

export const placedIn = (model: ComposeModel, facts: FactReader): ModelInProject =>
  inProject(model, {
    folder: facts.get('folder', '.'),
    compose: path => facts.get('compose', path),
    env: path => facts.get('env', path)?.text,
  });

const isHere = (where: Span): boolean => !isElsewhere(where);

const isWithin = ({ edits }: Fix): boolean => edits.every(({ span }) => isHere(span));

/** What a partial service lacks is told in the file that has the rest of it. */
function isLack(
  { partial, model }: ModelInProject,
  visited: Service | null,
  { at, lacking }: Report<Message>,
): boolean {
  if (partial.size === 0) return false;
  if (lacking) return visited !== null && partial.has(visited.name);
  return model.services.some(({ name, nameSpan }) => nameSpan.start === at.start && partial.has(name));
}

const isIn = (node: YamlNode, where: Span): boolean => {
  for (const { span } of nodesBelow(node)) if (contains(span, where)) return true;
  return false;
};

/** The first service here to which a place in another file belongs. */
const ownerOf = ({ model }: ModelInProject, where: Span): Service | undefined =>
  model.services.find(
    service =>
      !service.elsewhere &&
      service.entries.some(
        ({ keySpan, node }) => contains(keySpan, where) || (node !== null && isIn(node, where)),
      ),
  );

/**
 * A report as it is told in this file: null where another file that is checked by itself has the cause of it. The name of
 * the service stands for a cause in any other file; no fix reaches there.
 */
export function placed(
  project: ModelInProject,
  service: Service | null,
  report: Report<Message>,
): Report<Message> | null {
  const { at, fixes = [], related = [], sensitive = [] } = report;
  const all = typeof fixes === 'function' ? fixes : () => fixes;
  const file = isHere(at) ? null : project.fileOf(at);
  if (isHere(at)) {
    if (isLack(project, service, report)) return null;
    return {
      ...report,
      fixes: () => all().filter(isWithin),
      related: related.filter(({ span }) => isHere(span)),
      sensitive: sensitive.filter(isHere),
    };
  }
  if (file === null || languageOf(file) === 'compose') return null;
  const owner = service ?? ownerOf(project, at);
  return owner === undefined
    ? null
    : { ...report, at: owner.nameSpan, fixes: [], related: [], sensitive: [] };
}

/** A service that extends another one of its file has the same cause at the same place: told once. */
export function toldOnce(findings: readonly Finding[]): Finding[] {
  const told = new Set<string>();
  return findings.filter(({ rule, messageId, span }) => {
    const key = `${rule} ${messageId} ${span.start} ${span.end}`;
    return !told.has(key) && told.add(key);
  });
}
