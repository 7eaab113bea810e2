// uppercase-stage-name: a stage name that looks case-sensitive and is not.
import { dockerfileRule } from '../../engine/rule.ts';
import { renameFixes } from '../../repairs/stage-name.ts';

export default dockerfileRule({
  id: 'uppercase-stage-name',
  category: 'style',
  severity: 'hint',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A stage name in capitals',
  messages: {
    capitals: {
      text: 'Stage names are compared without regard to letter case: {name} is {lower}. Write it in lower case, so that nobody takes them for two.',
      equivalents: ['buildkit:StageNameCasing'],
    },
  },
  docs: {
    why: 'BuildKit lowers every stage name before it compares. `Build` and `build` look like two stages and are one.',
    remedy:
      'Write stage names in lower case. The repair changes the name alone, in `FROM` and wherever it is used: flags, spacing and comments stay.',
    references: ['https://docs.docker.com/reference/build-checks/stage-name-casing/'],
  },
  fix: {
    availability: 'always',
    safety: 'safe',
    why: 'BuildKit compares the names in lower case, those of `--target` too.',
  },
  examples: {
    bad: [
      {
        note: 'Every place that uses it is renamed, in whatever case it is written.',
        code: 'FROM --platform=$BUILDPLATFORM  golang:1.25   AS «Build»\nRUN make\nFROM Build AS test\nRUN --mount=type=bind,from=BUILD,target=/src ls /src\nFROM scratch\nCOPY --from=Build --chown=1:1 /out /\n',
        fixed:
          'FROM --platform=$BUILDPLATFORM  golang:1.25   AS build\nRUN make\nFROM build AS test\nRUN --mount=type=bind,from=build,target=/src ls /src\nFROM scratch\nCOPY --from=build --chown=1:1 /out /\n',
      },
    ],
    good: [
      { code: 'FROM golang:1.25 AS build\nFROM scratch\nCOPY --from=build /out /\n' },
      {
        note: 'The name of an image is another matter.',
        code: 'ARG Image=alpine:3.24\nFROM $Image AS base\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    stage(stage) {
      const { name } = stage.from;
      if (name === null || stage.name === null || name.value === stage.name) return;
      const fixes = renameFixes(model, stage, stage.name, 'safe');
      report('capitals', { at: name.span, data: { name: name.value, lower: stage.name }, fixes });
    },
  }),
});
