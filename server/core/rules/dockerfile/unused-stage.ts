// unused-stage: a stage that no build without --target needs.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { allSources } from '../../insight/sources.ts';
import type { DockerfileModel, Stage } from '../../model/dockerfile/model.ts';
import { remove } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

const isLikeDirective = /^[ \t]*#\s*(?:syntax|escape|check)\s*=/i;

/** From its FROM to the next one; null where a comment would go with it, or somebody counts or names it. */
function removal(model: DockerfileModel, stage: Stage): Fix[] {
  const next = model.stages[stage.index + 1];
  if (next === undefined) return [];
  const start = Math.max(model.text.lastIndexOf('\n', stage.from.span.start - 1) + 1, model.bodyStart);
  const end = Math.min(next.from.span.start, ...next.from.comments.map(comment => comment.span.start));
  const lost = model.comments.some(comment => comment.span.start >= start && comment.span.end <= end);
  const needed = allSources(model).some(source => source.stage === stage || /^\d+$/.test(source.written));
  if (lost || needed || stage.from.comments.length > 0) return [];
  const lineStart = model.text.lastIndexOf('\n', end - 1) + 1;
  // At the top a comment would become a directive.
  if (start === model.bodyStart && isLikeDirective.test(model.text.slice(lineStart))) return [];
  const safety = stage.name === null ? 'unsafe' : 'suggestion';
  return [fix('Remove the stage', safety, [remove(span(start, lineStart))])];
}

export default dockerfileRule({
  id: 'unused-stage',
  category: 'size',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A stage that the image does not need',
  messages: {
    unnamed: {
      text: 'Nothing uses this stage, and without a name no `--target` can ask for it: BuildKit never builds it. Use it or remove it.',
      equivalents: ['tally:no-unreachable-stages'],
    },
    named: {
      text: 'The stage that ships does not use {name}: it is built with `--target {name}` only. Remove it unless somebody builds it so.',
      severity: 'hint',
      equivalents: ['tally:no-unreachable-stages'],
    },
  },
  docs: {
    why: 'BuildKit builds what the last stage needs. A stage that is left over is never built and so never tested; readers take it for a part of the image all the same.',
    remedy:
      'Use the stage, or remove it. A named one may be a target of its own, for tests or for development: then all is well.',
    references: ['https://docs.docker.com/build/building/multi-stage/#stop-at-a-specific-build-stage'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'A named stage may be what somebody asks for. Where stages are used by number, or comments would be lost, the removal is left to a person.',
  },
  examples: {
    bad: [
      {
        code: 'FROM «golang:1.24»\nRUN make\n\nFROM golang:1.25 AS build\nRUN make\n\nFROM scratch\nCOPY --from=build /out /\n',
        fixed: 'FROM golang:1.25 AS build\nRUN make\n\nFROM scratch\nCOPY --from=build /out /\n',
      },
      {
        code: 'FROM golang:1.25 AS build\nRUN make\nFROM build AS «test»\nRUN make test\n# What ships\nFROM scratch\nCOPY --from=build /out /\n',
        fixed: 'FROM golang:1.25 AS build\nRUN make\n# What ships\nFROM scratch\nCOPY --from=build /out /\n',
      },
      {
        note: 'Stages that are counted: none is removed.',
        code: 'FROM golang:1.25\nRUN make\nFROM «node:24.9»\nFROM scratch\nCOPY --from=0 /out /\n',
        fixed: 'FROM golang:1.25\nRUN make\nFROM node:24.9\nFROM scratch\nCOPY --from=0 /out /\n',
      },
    ],
    good: [
      {
        note: 'Used by FROM, by COPY and by a mount.',
        code: 'FROM golang:1.25 AS base\nFROM base AS build\nFROM node:24.9 AS web\nFROM alpine:3.24\nRUN --mount=type=bind,from=web,target=/w cp /w/a /a\nCOPY --from=build /out /\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    stage(stage) {
      const { name, image } = stage.from;
      if (stage.isUsed || image === null) return;
      const fixes = () => removal(model, stage);
      if (name === null) report('unnamed', { at: image.span, fixes });
      else report('named', { at: name.span, data: { name: name.value }, fixes });
    },
  }),
});
