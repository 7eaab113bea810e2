// unknown-trigger: ONBUILD with an instruction that does not exist.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { keywords } from '../../model/dockerfile/arguments.ts';
import { hint, likeWritten, nearest } from '../../model/dockerfile/meant.ts';
import type { DockerfileModel } from '../../model/dockerfile/model.ts';
import { parseDockerfile } from '../../model/dockerfile/parse.ts';
import { applyEdits, type Edit, replace } from '../../text/edit.ts';

/** What may stand behind ONBUILD. */
const triggers = keywords.filter(name => !['ONBUILD', 'FROM', 'MAINTAINER'].includes(name));

export default dockerfileRule({
  id: 'unknown-trigger',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'ONBUILD with an instruction that does not exist',
  messages: {
    unknown: {
      text: 'There is no instruction "{written}": this image builds, and every build that starts from it fails.{hint}',
      equivalents: ['tally:invalid-onbuild-trigger', 'dockerfile-utils:UNKNOWN_INSTRUCTION'],
    },
  },
  docs: {
    why: 'What stands behind `ONBUILD` is kept as a text and read by the builds that start from the image. A mistake in it is seen by other people, later.',
    remedy: 'Write the name of an instruction. The repair takes the one that is spelt most alike.',
    references: ['https://docs.docker.com/reference/dockerfile/#onbuild'],
  },
  fix: { availability: 'sometimes', safety: 'suggestion', why: 'Which instruction was meant is a guess.' },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\nONBUILD «RNU» make\nONBUILD «cpoy» a /b\nONBUILD «install» make\n',
        fixed: 'FROM alpine:3.24\nONBUILD RUN make\nONBUILD copy a /b\nONBUILD install make\n',
      },
    ],
    good: [{ code: 'FROM alpine:3.24\nONBUILD RUN make\nONBUILD copy a b\n' }],
  },
  check: ({ model, report }) => ({
    instruction: {
      ONBUILD({ trigger }) {
        if (trigger?.keyword !== 'UNKNOWN') return;
        const { written, keywordSpan: at } = trigger;
        const name = nearest(written, triggers);
        const wanted = name && likeWritten(written, name);
        const edit = wanted === null ? null : replace(at, wanted);
        const fixes = edit && isReadable(model, edit) ? [fix(`Write ${wanted}`, 'suggestion', [edit])] : [];
        report('unknown', { at, data: { written, hint: hint(name) }, fixes });
      },
    },
  }),
});

/** The arguments fit the instruction that was most likely meant. */
const isReadable = ({ text, problems }: DockerfileModel, edit: Edit): boolean =>
  parseDockerfile(applyEdits(text, [edit])).problems.length <= problems.length;
