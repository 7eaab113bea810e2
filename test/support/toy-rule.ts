// A small rule that keeps the contract: stages named in capitals. Tests of the engine and of the contract run it.
import { dockerfileRule, fix } from '../../server/core/engine/rule.ts';
import { replace } from '../../server/core/text/edit.ts';

export const toyRule = dockerfileRule({
  id: 'shouted-stage',
  category: 'style',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A stage has a name in capitals',
  messages: {
    shouted: { text: 'The stage {name} is named in capitals: write {quiet}.', equivalents: ['toy:SHOUT'] },
  },
  docs: {
    why: 'Capitals tire the eye.',
    remedy: 'Write the name in small letters.',
    references: ['https://docs.docker.com/build/building/multi-stage/'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'Names of stages compare without case.' },
  examples: {
    bad: [
      {
        code: '# The base.\nFROM alpine:3.22 AS «BASE»\nRUN true\nFROM base AS «APP»\n',
        fixed: '# The base.\nFROM alpine:3.22 AS base\nRUN true\nFROM base AS app\n',
      },
    ],
    good: [{ code: 'FROM alpine:3.22 AS base\n' }],
  },
  check: ({ report }) => ({
    stage({ from }) {
      if (!from.name) return;
      const { value, span } = from.name;
      const quiet = value.toLowerCase();
      if (value === quiet) return;
      report('shouted', {
        at: span,
        data: { name: value, quiet },
        fixes: [fix(`Write ${quiet}`, 'safe', [replace(span, quiet)])],
      });
    },
  }),
});
