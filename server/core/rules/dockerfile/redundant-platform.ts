// redundant-platform: FROM --platform=$TARGETPLATFORM.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { removeFlag } from '../../repairs/flags.ts';

export default dockerfileRule({
  id: 'redundant-platform',
  category: 'style',
  severity: 'hint',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'The default platform written out',
  messages: {
    target: {
      text: '{platform} is what FROM takes anyway. Remove the flag.',
      equivalents: [
        'buildkit:RedundantTargetPlatform',
        'hadolint:DL3065',
        'semgrep:avoid-platform-with-from',
      ],
    },
  },
  docs: {
    why: 'Without `--platform` a stage is built for the platform that the build is for, which is `$TARGETPLATFORM`. Written out it makes readers look for a reason.',
    remedy: 'Remove the flag.',
    references: ['https://docs.docker.com/reference/build-checks/redundant-target-platform/'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'It is the default.' },
  examples: {
    bad: [
      {
        code: 'FROM --platform=«$TARGETPLATFORM» debian:13 AS base\nFROM \\\n  --platform=«${TARGETPLATFORM}» \\\n  base\n',
        fixed: 'FROM debian:13 AS base\nFROM \\\n  base\n',
      },
    ],
    good: [
      { code: 'FROM --platform=$BUILDPLATFORM debian:13\n' },
      {
        note: 'Another variable, and a default for old builders.',
        code: 'ARG TARGETPLATFORM=linux/arm64\nFROM --platform=$TARGETPLATFORM debian:13\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      FROM({ platform, before }) {
        const { value = null, valueSpan = null } = platform ?? {};
        if (platform === null || value === null || valueSpan === null) return;
        if (value !== '$TARGETPLATFORM' && value !== '${TARGETPLATFORM}') return;
        if (before.variable('TARGETPLATFORM')?.value.known) return;
        const fixes = [fix('Remove the flag', 'safe', [removeFlag(model, platform)])];
        report('target', { at: valueSpan, data: { platform: value }, fixes });
      },
    },
  }),
});
