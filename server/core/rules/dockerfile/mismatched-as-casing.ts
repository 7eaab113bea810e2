// mismatched-as-casing: `FROM ... as` and `from ... AS`.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { replace } from '../../text/edit.ts';
import { spanText } from '../../text/span.ts';

export default dockerfileRule({
  id: 'mismatched-as-casing',
  category: 'style',
  severity: 'hint',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'FROM and AS in different letter case',
  messages: {
    mismatch: {
      text: '{as} is written otherwise than {from}: keywords of one instruction read best in one letter case.',
      equivalents: ['buildkit:FromAsCasing'],
    },
  },
  docs: {
    why: 'Keywords may be written in capitals or not. Mixed within one line they are harder to tell from names, and BuildKit warns of it at each build.',
    remedy: 'Write `AS` as `FROM` is written.',
    references: ['https://docs.docker.com/reference/build-checks/from-as-casing/'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'Letter case of keywords means nothing.' },
  examples: {
    bad: [
      { code: 'FROM golang:1.25 «as» build\n', fixed: 'FROM golang:1.25 AS build\n' },
      {
        code: 'FROM --platform=$BUILDPLATFORM golang:1.25 \\\n  «As» build\n',
        fixed: 'FROM --platform=$BUILDPLATFORM golang:1.25 \\\n  AS build\n',
      },
    ],
    good: [
      { code: 'FROM golang:1.25 AS build\n' },
      { code: 'from golang:1.25 as build\n' },
      { note: 'What to follow is not clear.', code: 'From golang:1.25 as build\n' },
    ],
  },
  check: ({ model: { text }, report }) => ({
    instruction: {
      FROM({ keywordSpan, asSpan }) {
        if (asSpan === null) return;
        const from = spanText(text, keywordSpan);
        const as = spanText(text, asSpan);
        const wanted = from === 'FROM' ? 'AS' : from === 'from' ? 'as' : as;
        if (as === wanted) return;
        const fixes = [fix(`Write ${wanted}`, 'safe', [replace(asSpan, wanted)])];
        report('mismatch', { at: asSpan, data: { as, from }, fixes });
      },
    },
  }),
});
