// lowercase-instruction: a file whose instructions are written in lower case.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { casingOf, usualCasing, writtenKeyword } from '../../insight/keyword-casing.ts';
import { replace } from '../../text/edit.ts';

export default dockerfileRule({
  id: 'lowercase-instruction',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'Instructions in lower case',
  messages: {
    lower: {
      text: '{keyword} is in lower case: capitals tell instructions from their arguments. Write {wanted}.',
      equivalents: ['dockerfile-utils:CASING_INSTRUCTION', 'sonar:S6476'],
    },
  },
  docs: {
    why: 'Nearly all Dockerfiles have their instructions in capitals, as the reference does. Written like that they stand out from arguments and from the shell code of a `RUN`.',
    remedy: 'Write the instructions in capitals. The repair changes the keywords alone.',
    limits:
      'One that differs from the rest of its file is told of by `mixed-instruction-casing`, and not a second time here.',
    references: ['https://docs.docker.com/reference/dockerfile/#format'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'Letter case of keywords means nothing.' },
  examples: {
    bad: [
      {
        code: '«from» alpine:3.24\n«run» make\n«cmd» ["app", "a b"]\n',
        fixed: 'FROM alpine:3.24\nRUN make\nCMD ["app", "a b"]\n',
      },
    ],
    good: [
      {
        note: 'One that differs is a matter of its own.',
        code: 'FROM alpine:3.24\nRUN make\nrun make install\n',
      },
    ],
  },
  check: ({ report }) => ({
    file(model) {
      if (usualCasing(model) === 'upper') return;
      for (const instruction of model.instructions) {
        const keyword = writtenKeyword(model, instruction);
        if (casingOf(keyword) !== 'lower' || instruction.keyword === 'UNKNOWN') continue;
        const at = instruction.keywordSpan;
        const wanted = keyword.toUpperCase();
        const fixes = [fix(`Write ${wanted}`, 'safe', [replace(at, wanted)])];
        report('lower', { at, data: { keyword, wanted }, fixes });
      }
    },
  }),
});
