// numbered-stage-reference: `COPY --from=0`.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule } from '../../engine/rule.ts';
import { useNameFixes } from '../../repairs/stage-name.ts';

export default dockerfileRule({
  id: 'numbered-stage-reference',
  category: 'reliability',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A stage meant by its number',
  messages: {
    unnamed: {
      text: '{number} is whichever stage stands at that place: a stage added or moved changes what is copied. Name the stage and copy by its name.',
      equivalents: ['kics:using_unnamed_build_stages'],
    },
    named: {
      text: '{number} is the stage {name} as long as no stage is added or moved. Copy by its name.',
    },
  },
  docs: {
    why: 'Stages are counted from the top. Insert one and each number below means another stage; the build goes on, and copies from the wrong place.',
    remedy:
      'Name the stage with `FROM ... AS name` and write `COPY --from=name`. The repair takes the name that the stage has, else gives it one.',
    references: ['https://docs.docker.com/build/building/multi-stage/#name-your-build-stages'],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'A name that the stage has already is used safely; a new one is a proposal.',
  },
  examples: {
    bad: [
      {
        code: 'FROM golang:1.25\nRUN make\n\nFROM scratch\nCOPY --from=«0» /out /\n',
        fixed: 'FROM golang:1.25 AS build\nRUN make\n\nFROM scratch\nCOPY --from=build /out /\n',
      },
      {
        note: 'The name is there, and not used.',
        code: 'FROM golang:1.25 AS tools\nRUN make\nFROM scratch\nCOPY --chown=1:1 --from=«0» /a /\nCOPY --from=«0» /b /\n',
        fixed:
          'FROM golang:1.25 AS tools\nRUN make\nFROM scratch\nCOPY --chown=1:1 --from=tools /a /\nCOPY --from=tools /b /\n',
      },
      {
        note: 'A second stage gets a name of its own.',
        code: 'FROM golang:1.25 AS build\nFROM node:24.9\nFROM scratch\nCOPY --from=build /a /\nCOPY --from=«1» /b /\n',
        fixed:
          'FROM golang:1.25 AS build\nFROM node:24.9 AS build-2\nFROM scratch\nCOPY --from=build /a /\nCOPY --from=build-2 /b /\n',
      },
    ],
    good: [{ code: 'FROM golang:1.25 AS build\nFROM scratch\nCOPY --from=build /out /\n' }],
  },
  check: ({ model, report }) => ({
    instruction: {
      COPY({ from, stage: own }) {
        const { value, valueSpan } = from?.flag ?? {};
        if (!from?.stage || !value || !valueSpan || !/^\d+$/.test(value)) return;
        // A stage that is not there yet is another mistake.
        if (own === null || from.stage.index >= own.index) return;
        const fixes: Fix[] = useNameFixes(model, from.stage);
        const name = from.stage.from.name;
        if (name === null) report('unnamed', { at: valueSpan, data: { number: value }, fixes });
        else report('named', { at: valueSpan, data: { number: value, name: name.value }, fixes });
      },
    },
  }),
});
