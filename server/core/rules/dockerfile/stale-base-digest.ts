// stale-base-digest: a label that states another base than FROM does.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { pinOffer, pinQuestion, pulledByFrom } from '../../repairs/image-pins.ts';
import { removePair } from '../../repairs/removal.ts';
import { type Edit, replace } from '../../text/edit.ts';

const label = 'org.opencontainers.image.base.digest';

export default dockerfileRule({
  id: 'stale-base-digest',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A base digest that nothing backs',
  needs: ['registry'],
  messages: {
    unpinned: {
      text: 'The label states the digest of the base image, but FROM pins none: with the next release of the base it is wrong. Pin FROM to the digest, or remove the label.',
      equivalents: ['tally:labels/no-stale-base-digest'],
    },
    mismatch: {
      text: 'The label states another digest than FROM pins: scanners look at the wrong base. State the digest of FROM.',
      equivalents: ['tally:labels/no-stale-base-digest'],
    },
  },
  docs: {
    why: `\`${label}\` tells scanners and update bots which image this one is built on. Written by hand beside a \`FROM\` that goes by tag, it is right until the tag moves, and nobody notices.`,
    remedy:
      'Pin `FROM` to the digest, which its registry is asked for when a person wants it, and state the same in the label; or leave the label to the tool that builds.',
    references: ['https://github.com/opencontainers/image-spec/blob/main/annotations.md'],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'The label changes, or goes.',
  },
  examples: {
    bad: [
      {
        note: 'Looked up in the registry.',
        code: 'FROM alpine:3.24\nLABEL «org.opencontainers.image.base.digest="sha256:1111111111111111111111111111111111111111111111111111111111111111"»\n',
        files: {
          'digest alpine:3.24': 'sha256:2222222222222222222222222222222222222222222222222222222222222222',
        },
        fixed:
          'FROM alpine:3.24@sha256:2222222222222222222222222222222222222222222222222222222222222222\nLABEL org.opencontainers.image.base.digest="sha256:2222222222222222222222222222222222222222222222222222222222222222"\n',
        variants: { 'Remove the label': 'FROM alpine:3.24\n' },
      },
      {
        code: 'FROM alpine:3.24\nLABEL a=1 «org.opencontainers.image.base.digest="sha256:1111111111111111111111111111111111111111111111111111111111111111"» \\\n  b=2\n',
        fixed: 'FROM alpine:3.24\nLABEL a=1 \\\n  b=2\n',
      },
      {
        code: 'FROM alpine@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS base\nFROM base\nLABEL «org.opencontainers.image.base.digest="sha256:2222222222222222222222222222222222222222222222222222222222222222"»\n',
        fixed:
          'FROM alpine@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS base\nFROM base\nLABEL org.opencontainers.image.base.digest="sha256:1111111111111111111111111111111111111111111111111111111111111111"\n',
        variants: {
          'Remove the label':
            'FROM alpine@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS base\nFROM base\n',
        },
      },
    ],
    good: [
      {
        code: 'ARG DIGEST=sha256:1111111111111111111111111111111111111111111111111111111111111111\nFROM alpine@$DIGEST\nARG DIGEST\nLABEL org.opencontainers.image.base.digest=$DIGEST\n',
      },
      {
        note: 'What the build is told.',
        code: 'FROM alpine:3.24\nARG DIGEST\nLABEL org.opencontainers.image.base.digest=$DIGEST\n',
      },
      {
        note: 'A stage that does not ship.',
        code: 'FROM alpine:3.24 AS build\nLABEL org.opencontainers.image.base.digest="sha256:1111111111111111111111111111111111111111111111111111111111111111"\nFROM scratch\nCOPY --from=build /a /a\n',
      },
    ],
  },
  check: ({ model, facts, report }) => ({
    instruction: {
      LABEL(instruction) {
        const { stage, pairs } = instruction;
        if (!pairs.some(({ name }) => name === label)) return;
        const shipped = model.finalStage?.chain ?? [];
        if (stage === null || !shipped.includes(stage) || stage.root.kind === 'unknown') return;
        const digest = stage.root.kind === 'image' ? stage.root.reference.digest : null;
        for (const pair of pairs) {
          const { name, value, resolved, span: at } = pair;
          if (name !== label || value === null || !resolved?.known || resolved.value === digest) continue;
          const removal = fix('Remove the label', 'unsafe', [removePair(model, instruction, pair)]);
          const quote = /^["']/.exec(value.raw)?.[0] ?? '';
          const state = (stated: string): Edit => replace(value.span, `${quote}${stated}${quote}`);
          if (digest !== null) {
            const fixes = [fix('State the digest of FROM', 'unsafe', [state(digest)]), removal];
            report('mismatch', { at, fixes });
            continue;
          }
          const from = stage.chain.at(-1)?.from;
          const pulled = from ? pulledByFrom(model, from) : null;
          const pin = pulled ? pinOffer(model.text, pulled, 'digest', facts) : { fixes: [] };
          const known = pulled && facts.get('registry', pinQuestion(pulled, 'digest') ?? '');
          const pins = pin.fixes.map(({ title, edits }) =>
            fix(`${title}, and state it`, 'unsafe', [...edits, state(known ?? '')]),
          );
          report('unpinned', { at, ...pin, fixes: [...pins, removal] });
        }
      },
    },
  }),
});
