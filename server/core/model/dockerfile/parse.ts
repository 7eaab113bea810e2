// The door to the Dockerfile model.
import { layoutOf } from '../../text/layout.ts';
import type { LocalImages } from '../local-image.ts';
import { instructionOf } from './instruction.ts';
import { lazyObjects, outside } from './lazy.ts';
import type { DockerfileModel } from './model.ts';
import type { ParsedInstruction, ParsedModel } from './parsed.ts';
import { problemsOf } from './problems.ts';
import { scan } from './scanner.ts';
import { finalStageOf, foundationsOf, stagesByName, stagesOf, usedStages } from './stages.ts';
import { globalTimeline, stageTimelines } from './state.ts';

type Given = Pick<DockerfileModel, 'language' | 'text' | 'bodyStart'> &
  Pick<ParsedModel, 'scan' | 'target' | 'images'>;

/**
 * Reads any text; what BuildKit refuses still gives a model, with problems. Nothing but the lines is read at once.
 * `target` names the stage that ships; the last one does where there is none of that name. What has not changed since the
 * version `before` is not read anew.
 */
export function parseDockerfile(
  text: string,
  target: string | null = null,
  before?: DockerfileModel,
): DockerfileModel {
  const found = scan(text, before as ParsedModel | undefined);
  return makeModel({
    language: 'dockerfile',
    text,
    bodyStart: found.end,
    scan: found,
    target,
    images: new Map(),
  });
}

/** The same text, read with what is known of the images that it starts from. */
export function withImages(model: DockerfileModel, images: LocalImages): DockerfileModel {
  const { language, text, bodyStart, scan, target } = model as ParsedModel;
  return makeModel({ language, text, bodyStart, scan, target, images });
}

const makeModel = lazyObjects<Given, Omit<ParsedModel, keyof Given>>({
  layout: outside(model => layoutOf(model.text)),
  escape: model => model.scan.escape,
  directives: outside(model => model.scan.directives),
  comments: outside(model => model.scan.comments),
  instructions: outside(instructionsOf),
  stages: outside(stagesOf),
  finalStage: outside(finalStageOf),
  problems: outside(problemsOf),
  globals: globalTimeline,
  timelineOf: stageTimelines,
  foundations: foundationsOf,
  stagesByName,
  usedStages,
});

function instructionsOf(model: ParsedModel): ParsedInstruction[] {
  let stageIndex = -1;
  return model.scan.statements.map((statement, index) => {
    if (statement.command.name === 'FROM') stageIndex++;
    return instructionOf({ index, onbuild: null, model, stageIndex, statement });
  });
}
