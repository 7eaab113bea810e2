// Names of stages: a stage is renamed together with everything that names it.
import type { Fix, Safety } from '../engine/finding.ts';
import { fix } from '../engine/rule.ts';
import { allSources, type Source, stageNamed } from '../insight/sources.ts';
import type { DockerfileModel, Stage } from '../model/dockerfile/model.ts';
import { type Edit, insert, replace } from '../text/edit.ts';
import { spanText } from '../text/span.ts';
import { insertBefore, keywordLike } from './writing.ts';

const numbered = /^\d+$/;

/**
 * At its FROM and wherever it is used; the name is in lower case, for a FROM finds no other. Null where a variable or a
 * quoted text stands in the way.
 */
function renameEdits(model: DockerfileModel, stage: Stage, name: string): Edit[] | null {
  const own = stage.from.name;
  if (own === null) return null;
  const uses = allSources(model).filter(source => source.stage === stage && !numbered.test(source.written));
  if (uses.some(use => spanText(model.text, use.span) !== use.written)) return null;
  return [replace(own.span, name), ...uses.map(use => replace(use.span, name))];
}

/** The first of `name-2`, `name-3`, ... that no stage has. */
export function freeStageName(model: DockerfileModel, name: string): string {
  for (let count = 2; ; count++) {
    const free = `${name}-${count}`;
    if (stageNamed(model, free) === null) return free;
  }
}

/** Two stages renamed in one pass could get the same name. */
const onePerPass = { group: 'stage name' };

export function renameFixes(model: DockerfileModel, stage: Stage, name: string, safety: Safety): Fix[] {
  const edits = renameEdits(model, stage, name);
  return edits === null ? [] : [fix(`Rename the stage to ${name}`, safety, edits, onePerPass)];
}

/** Every `COPY --from` that names the stage by its number names it by its name, which it is given where it has none. */
export function useNameFixes(model: DockerfileModel, stage: Stage): Fix[] {
  const { name: own, image } = stage.from;
  if (image === null) return [];
  const free = stageNamed(model, 'build') === null ? 'build' : freeStageName(model, 'build');
  const name = own?.value ?? free;
  const uses = allSources(model)
    .filter(source => source.stage === stage && numbered.test(source.written))
    .map(use => replace(use.span, name));
  if (own !== null) return [fix(`Copy from ${name}`, 'safe', uses, onePerPass)];
  const as = keywordLike(model, 'FROM') === 'FROM' ? 'AS' : 'as';
  const naming = insert(image.span.end, ` ${as} ${name}`);
  return [fix(`Name the stage ${name} and copy from it`, 'suggestion', [naming, ...uses], onePerPass)];
}

/** `COPY --from=$IMAGE` becomes a copy from a stage that begins with it, in front of the stage it stands in. */
export function stageFromVariable(model: DockerfileModel, { written, span }: Source, before: Stage): Fix[] {
  const variable = /^\$(?:(\w+)|\{(\w+)\})$/.exec(written);
  const variableName = variable?.[1] ?? variable?.[2];
  if (variableName === undefined || before.from.before.variable(variableName) === undefined) return [];
  const wanted = variableName
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/-image$/, '');
  if (!/^[a-z]/.test(wanted)) return [];
  const name = stageNamed(model, wanted) === null ? wanted : freeStageName(model, wanted);
  const from = keywordLike(model, 'FROM');
  const as = from === 'FROM' ? 'AS' : 'as';
  const stage = insertBefore(model, before.from, [`${from} ${written} ${as} ${name}`]);
  return [fix(`Copy from a stage ${name}`, 'suggestion', [stage, replace(span, name)], onePerPass)];
}
