// mixed-instruction-casing: instructions in capitals and in lower case within one file.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { casingOf, isPlainly, usualCasing, writtenKeyword } from '../../insight/keyword-casing.ts';
import { replace } from '../../text/edit.ts';

export default dockerfileRule({
  id: 'mixed-instruction-casing',
  category: 'style',
  severity: 'hint',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Instructions in different letter case',
  messages: {
    'not-upper': {
      text: '{keyword} is not written as the instructions around it: write {wanted}.',
      equivalents: [
        'buildkit:ConsistentInstructionCasing',
        'dockerfile-utils:CASING_INSTRUCTION',
        'sonar:S6476',
      ],
    },
    'not-lower': {
      text: '{keyword} is not written as the instructions around it, which are in lower case: write {wanted}.',
      equivalents: ['buildkit:ConsistentInstructionCasing'],
    },
    trigger: {
      text: '{keyword} behind ONBUILD is not written as the instructions around it: write {wanted}.',
      equivalents: ['dockerfile-utils:CASING_INSTRUCTION', 'sonar:S6476'],
    },
  },
  docs: {
    why: 'Letter case means nothing in an instruction. In a file that mixes it, instructions are harder to tell from arguments, and BuildKit warns of it at each build.',
    remedy:
      'Write all as most of the file are written. The repair changes the keyword alone: arguments, comments and continuations stay as they are.',
    references: ['https://docs.docker.com/reference/build-checks/consistent-instruction-casing/'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'Letter case of keywords means nothing.' },
  examples: {
    bad: [
      {
        note: 'The arguments stay as they are, a JSON list above all.',
        code: 'FROM alpine:3.24\n«run» apk add --no-cache curl \\\n  # for the health check\n  jq\nCOPY a b\n«Cmd» ["node", "a b.js"]\n',
        fixed:
          'FROM alpine:3.24\nRUN apk add --no-cache curl \\\n  # for the health check\n  jq\nCOPY a b\nCMD ["node", "a b.js"]\n',
      },
      {
        code: 'from alpine:3.24\nrun make\n«COPY» a b\nonbuild «RUN» make\n',
        fixed: 'from alpine:3.24\nrun make\ncopy a b\nonbuild run make\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.24\nRUN make\n' },
      { note: 'Lower case throughout.', code: 'from alpine:3.24\nrun make\n' },
    ],
  },
  check: ({ report }) => ({
    file(model) {
      const usual = usualCasing(model);
      for (const instruction of model.instructions) {
        if (instruction.keyword !== 'ONBUILD' && isPlainly(model, instruction, usual)) continue;
        const trigger = instruction.keyword === 'ONBUILD' ? instruction.trigger : null;
        for (const written of trigger === null ? [instruction] : [instruction, trigger]) {
          const keyword = writtenKeyword(model, written);
          const casing = casingOf(keyword);
          if (casing === usual || written.keyword === 'UNKNOWN') continue;
          const wanted = usual === 'upper' ? keyword.toUpperCase() : keyword.toLowerCase();
          const message = written === trigger ? 'trigger' : casing === 'upper' ? 'not-lower' : 'not-upper';
          const at = written.keywordSpan;
          const fixes = [fix(`Write ${wanted}`, 'safe', [replace(at, wanted)])];
          report(message, { at, data: { keyword, wanted }, fixes });
        }
      }
    },
  }),
});
