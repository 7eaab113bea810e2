// fixed-platform: FROM --platform with a platform that is written down.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { removeFlag } from '../../repairs/flags.ts';
import { replace } from '../../text/edit.ts';

const otherNames: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  armhf: 'arm',
  armel: 'arm',
  i386: '386',
};

/** A stage such as `build-arm64` is for one platform on purpose. */
function saysSo(stage: string | null, platform: string): boolean {
  const [system = '', machine = ''] = platform.toLowerCase().split('/');
  return [system, machine, otherNames[machine] ?? ''].some(part => part !== '' && stage?.includes(part));
}

export default dockerfileRule({
  id: 'fixed-platform',
  category: 'correctness',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A platform written into FROM',
  messages: {
    constant: {
      text: 'This stage is {platform} wherever it is built: on other machines it runs under emulation, and an image for several platforms gets the wrong one. Leave the platform to `docker build --platform`.',
      equivalents: [
        'buildkit:FromPlatformFlagConstDisallowed',
        'hadolint:DL3029',
        'kics:using_platform_with_from',
        'semgrep:avoid-platform-with-from',
      ],
    },
  },
  docs: {
    why: '`FROM --platform=linux/amd64` takes the choice from whoever builds. On an ARM machine every command of the stage is emulated, and a build for several platforms puts programs of one platform into the images of all.',
    remedy:
      'Leave the flag out and build with `docker build --platform linux/amd64` where that is wanted. A stage that only makes files for another platform runs on the machine that builds: `--platform=$BUILDPLATFORM`. A stage whose name names the platform, such as `build-arm64`, is taken to be meant so.',
    references: [
      'https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/',
      'https://docs.docker.com/build/building/multi-platform/#cross-compilation',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'The stage is built for another platform afterwards, where nobody asks for this one.',
  },
  examples: {
    bad: [
      {
        code: 'FROM --platform=«linux/amd64» golang:1.25 AS build\nRUN make\nFROM --platform=«linux/amd64» \\\n  debian:13\nCOPY --from=build /out /\n',
        fixed: 'FROM golang:1.25 AS build\nRUN make\nFROM \\\n  debian:13\nCOPY --from=build /out /\n',
        variants: {
          'Build it on the machine that builds':
            'FROM --platform=$BUILDPLATFORM golang:1.25 AS build\nRUN make\nFROM --platform=linux/amd64 \\\n  debian:13\nCOPY --from=build /out /\n',
        },
      },
    ],
    good: [
      { code: 'FROM --platform=$BUILDPLATFORM golang:1.25 AS build\nFROM debian:13\n' },
      {
        note: 'The name says that it is meant so.',
        code: 'FROM --platform=linux/arm64 debian:13 AS build-arm64\n',
      },
      {
        note: 'A default that the build may change.',
        code: 'ARG P=linux/amd64\nFROM --platform=${P} debian:13\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      FROM({ platform, stage }) {
        const { value = null, valueSpan = null } = platform ?? {};
        if (platform === null || !value || valueSpan === null || stage === null) return;
        if (value.includes('$') || saysSo(stage.name, value)) return;
        const { isFinal } = stage;
        const fixes = [
          fix('Leave the platform to the build', 'unsafe', [removeFlag(model, platform)]),
          ...(isFinal
            ? []
            : [
                fix('Build it on the machine that builds', 'suggestion', [
                  replace(valueSpan, '$BUILDPLATFORM'),
                ]),
              ]),
        ];
        report('constant', { at: valueSpan, data: { platform: value }, fixes });
      },
    },
  }),
});
