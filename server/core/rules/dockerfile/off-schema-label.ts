// off-schema-label: labels other than those that the project has agreed on.
import { option } from '../../engine/options.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { labelSchemaDescription, readLabelSchema } from '../../knowledge/label-formats.ts';
import type { DockerfileModel, Stage } from '../../model/dockerfile/model.ts';
import { removePair } from '../../repairs/removal.ts';
import { insertIntoRuntimePart, keywordLike } from '../../repairs/writing.ts';
import { hull } from '../../text/span.ts';

/** Stages that somebody builds: the last one, and targets of their own, which no other stage goes on from. */
const results = ({ stages }: DockerfileModel): readonly Stage[] =>
  stages.filter(
    stage =>
      (stage.isFinal || !stage.isUsed) &&
      !stages.some(({ base }) => base.kind === 'stage' && base.stage === stage),
  );

const labelsOf = ({ chain }: Stage): Set<string> =>
  new Set(
    chain.flatMap(({ instructions }) =>
      instructions.flatMap(instruction =>
        instruction.keyword === 'LABEL' ? instruction.pairs.map(({ name }) => name) : [],
      ),
    ),
  );

export default dockerfileRule({
  id: 'off-schema-label',
  category: 'correctness',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Labels other than the project has agreed on',
  messages: {
    missing: {
      text: 'The image has no label {key}, which the project asks for: whoever looks for images by it does not find this one. Add it.',
      equivalents: ['hadolint:DL3049', 'sonar:S7028'],
    },
    unlisted: {
      text: 'The label {key} is none of those that the project has agreed on: nobody looks for it. Remove it, or add it to the schema.',
      equivalents: ['hadolint:DL3050'],
    },
  },
  docs: {
    why: 'Where labels say whom to call, what a container costs or which policy holds for it, an image without them is overlooked, and one with a misspelt label is as well.',
    remedy:
      'Add the label. The repair adds it empty, to be filled in, or removes one that is not listed. The schema stands in `labelSchema` and `strictLabels`, or in `label-schema` and `strict-labels` of a `.hadolint.yaml`; without one the rule is silent.',
    limits: 'Labels of the base image are not known.',
    references: ['https://docs.docker.com/engine/manage-resources/labels/'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'What a label says only the author knows. What ONBUILD does later is left to a person.',
  },
  options: {
    labelSchema: option.strings([], labelSchemaDescription),
    strictLabels: option.boolean(false, 'Report labels that the schema does not list.'),
  },
  examples: {
    bad: [
      {
        options: { labelSchema: ['team: text', 'contact: email'] },
        code: '«FROM alpine:3.24»\nLABEL team=core\nCOPY app /app\nCMD ["/app"]\n',
        fixed: 'FROM alpine:3.24\nLABEL team=core\nCOPY app /app\nLABEL contact=""\nCMD ["/app"]\n',
      },
      {
        options: { labelSchema: ['team: text'], strictLabels: true },
        code: 'FROM alpine:3.24\nLABEL team=core «taem=core»\nONBUILD LABEL «base=ours»\n',
        fixed: 'FROM alpine:3.24\nLABEL team=core\nONBUILD LABEL base=ours\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.24\nLABEL anything=goes\n' },
      {
        note: 'A label of the stage below, and a stage that is only built on.',
        options: { labelSchema: ['team: text'] },
        code: 'FROM alpine:3.24 AS base\nLABEL team=core\nFROM golang:1.26 AS build\nRUN make\nFROM base\nCOPY --from=build /app /app\n',
      },
    ],
  },
  check: ({ model, options, report }) => {
    const schema = readLabelSchema(options.labelSchema);
    if (schema.size === 0) return {};
    return {
      file() {
        for (const stage of results(model)) {
          const present = labelsOf(stage);
          const { keywordSpan, image } = stage.from;
          for (const key of [...schema.keys()].filter(name => !present.has(name))) {
            const edit = insertIntoRuntimePart(model, stage, [`${keywordLike(model, 'LABEL')} ${key}=""`]);
            const fixes = edit === null ? [] : [fix(`Add the label ${key}`, 'suggestion', [edit])];
            report('missing', { at: hull(keywordSpan, image?.span ?? keywordSpan), data: { key }, fixes });
          }
        }
      },
      instruction: {
        LABEL(label) {
          if (!options.strictLabels) return;
          for (const pair of label.pairs.filter(({ name }) => !schema.has(name) && !name.includes('$'))) {
            const edit = removePair(model, label, pair);
            const fixes = label.onbuild ? [] : [fix(`Remove ${pair.name}`, 'suggestion', [edit])];
            report('unlisted', { at: pair.span, data: { key: pair.name }, fixes });
          }
        },
      },
    };
  },
});
