// Definitions: where the name at an offset is declared, in this file or in one beside it.
import { buildOf, dockerfilePathOf } from '../../model/compose/build.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { parseCompose } from '../../model/compose/parse.ts';
import { filledScalar, resolvedString } from '../../model/compose/value.ts';
import { contains, emptySpan, type Span } from '../../text/span.ts';
import type { Surroundings } from '../surroundings.ts';
import { nameAt } from './names.ts';
import { variablesFile, variablesOfFile } from './variables.ts';

export interface Definition {
  /** From the folder of the document; null: the document itself. */
  readonly path: string | null;
  readonly text: string;
  readonly span: Span;
}

/** The text of a key of a service where the offset is in it. */
function valueAt(model: ComposeModel, service: Service, offset: number, ...path: string[]): string | null {
  const node = filledScalar(service.get(...path)?.node);
  if (node === null || !contains(node.span, emptySpan(offset))) return null;
  const value = resolvedString(model, node);
  return value?.known ? value.value : null;
}

/** The stage that a build ends with. */
function stageAt(model: ComposeModel, service: Service, offset: number, around: Surroundings): Definition[] {
  const target = valueAt(model, service, offset, 'build', 'target')?.toLowerCase();
  const build = buildOf(model, service);
  const path = target === undefined || build === null ? null : dockerfilePathOf(build);
  const dockerfile = path === null ? null : around.dockerfile(path);
  const stage = dockerfile?.stages.find(({ name }) => name === target);
  if (!dockerfile || !stage?.from.name) return [];
  return [{ path, text: dockerfile.text, span: stage.from.name.span }];
}

/** The service of another file that one takes its keys from. */
function extendedAt(
  model: ComposeModel,
  service: Service,
  offset: number,
  around: Surroundings,
): Definition[] {
  const name = valueAt(model, service, offset, 'extends', 'service');
  const file = resolvedString(model, service.get('extends', 'file')?.node);
  const text = name !== null && file?.known ? around.text(file.value) : null;
  if (!text || !file?.known) return [];
  const found = parseCompose(text).services.find(other => other.name === name);
  return found ? [{ path: file.value, text, span: found.nameSpan }] : [];
}

export function definitionsAt(model: ComposeModel, offset: number, around: Surroundings): Definition[] {
  const found = nameAt(model, offset);
  if (found?.named.kind === 'variable') {
    const text = around.text(variablesFile);
    const lines = text ? variablesOfFile(text) : [];
    return lines
      .filter(({ name }) => name === found.named.name)
      .map(({ span }) => ({ path: variablesFile, text: text ?? '', span }));
  }
  if (found !== null) {
    return found.named.places
      .filter(({ declares }) => declares)
      .map(({ span }) => ({ path: null, text: model.text, span }));
  }
  return model.services.flatMap(service => [
    ...stageAt(model, service, offset, around),
    ...extendedAt(model, service, offset, around),
  ]);
}
