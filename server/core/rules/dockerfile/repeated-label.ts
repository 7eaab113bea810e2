// repeated-label: a label that is set again further down in the same stage.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { KeyValue, VariablesInstruction } from '../../model/dockerfile/model.ts';
import { removePair } from '../../repairs/removal.ts';

interface Setting {
  readonly label: VariablesInstruction;
  readonly pair: KeyValue;
}

export default dockerfileRule({
  id: 'repeated-label',
  category: 'correctness',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A label that is set twice',
  messages: {
    overridden: {
      text: 'The label {key} is set again further down, and only that one counts. Remove this one.',
      equivalents: ['tally:labels/no-duplicate-keys'],
    },
  },
  docs: {
    why: 'Labels are a map: the last value of a key is the one of the image. The others only mislead who reads, or edits, the wrong line.',
    remedy: 'Keep the last one. The repair removes those before it, which changes nothing of the image.',
    references: ['https://docs.docker.com/reference/dockerfile/#label'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'The value is overwritten whatever it is.' },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\nLABEL org.opencontainers.image.title=app \\\n      «org.opencontainers.image.version»=1.0\nRUN make\nLABEL org.opencontainers.image.version=1.1\n',
        fixed:
          'FROM alpine:3.24\nLABEL org.opencontainers.image.title=app\nRUN make\nLABEL org.opencontainers.image.version=1.1\n',
      },
      {
        code: 'FROM alpine:3.24\nLABEL «team»=a "team"=b\n',
        fixed: 'FROM alpine:3.24\nLABEL "team"=b\n',
      },
    ],
    good: [
      {
        note: 'Stages have labels of their own, and may change those of the stage they begin with.',
        code: 'FROM alpine:3.24 AS base\nLABEL team=a\nFROM base\nLABEL team=b "$KEY"=1 "$KEY"=2\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const visit = (last: Map<string, Setting>, label: VariablesInstruction): void => {
      for (const pair of label.pairs) {
        const { name: key } = pair;
        const earlier = last.get(key);
        last.set(key, { label, pair });
        if (earlier === undefined || key.includes('$')) continue;
        const fixes = [fix('Remove it', 'safe', [removePair(model, earlier.label, earlier.pair)])];
        const related = [{ span: pair.nameSpan, message: 'This one counts.' }];
        report('overridden', { at: earlier.pair.nameSpan, data: { key }, fixes, related });
      }
    };
    return {
      stage({ instructions }) {
        const last = new Map<string, Setting>();
        for (const instruction of instructions) if (instruction.keyword === 'LABEL') visit(last, instruction);
      },
    };
  },
});
