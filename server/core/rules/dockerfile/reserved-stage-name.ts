// reserved-stage-name: a stage that takes a name with a meaning of its own.
import { dockerfileRule } from '../../engine/rule.ts';
import { renameFixes } from '../../repairs/stage-name.ts';

const meanings: Readonly<Record<string, string>> = {
  scratch: 'the empty image',
  context: 'the build context',
};

export default dockerfileRule({
  id: 'reserved-stage-name',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A stage with a reserved name',
  messages: {
    reserved: {
      text: 'The name {name} stands for {meaning}: a stage of that name makes every use of it ambiguous. Choose another one.',
      equivalents: ['buildkit:ReservedStageName', 'hadolint:DL3063'],
    },
  },
  docs: {
    why: 'BuildKit gives two names a meaning of its own: `scratch` is the empty image and `context` the build context. Whether `FROM scratch` behind a stage of that name means the stage is a matter of its version.',
    remedy:
      'Choose another name. The repair appends one word to it, in `FROM` and wherever the stage is used.',
    limits:
      'A name that a build passes with `--target` stands in no Dockerfile: look for it in scripts and Compose files.',
    references: ['https://docs.docker.com/reference/build-checks/reserved-stage-name/'],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'A build that asks for the stage with `--target` no longer finds it.',
  },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24 AS «scratch»\nRUN make\nFROM debian:13\nCOPY --from=scratch /out /\n',
        fixed:
          'FROM alpine:3.24 AS scratch-stage\nRUN make\nFROM debian:13\nCOPY --from=scratch-stage /out /\n',
      },
      {
        code: 'FROM --platform=$BUILDPLATFORM alpine:3.24 AS «Context»\nFROM context\n',
        fixed: 'FROM --platform=$BUILDPLATFORM alpine:3.24 AS context-stage\nFROM context-stage\n',
      },
    ],
    good: [{ code: 'FROM alpine:3.24 AS build-context\nFROM scratch\nCOPY --from=build-context / /\n' }],
  },
  check: ({ model, report }) => ({
    stage(stage) {
      const { name } = stage.from;
      const meaning = meanings[stage.name ?? ''];
      if (name === null || meaning === undefined) return;
      const fixes = renameFixes(model, stage, `${stage.name}-stage`, 'unsafe');
      report('reserved', { at: name.span, data: { name: name.value, meaning }, fixes });
    },
  }),
});
