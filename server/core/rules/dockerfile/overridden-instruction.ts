// overridden-instruction: a CMD, ENTRYPOINT or HEALTHCHECK that a later one of its stage replaces.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { HealthcheckInstruction, ProcessInstruction } from '../../model/dockerfile/model.ts';
import { removeInstruction } from '../../repairs/removal.ts';

const overridden =
  'A stage has one {keyword}, the last one: this one has no effect, and who reads it is misled. Remove it.';
const last = 'Of the {keyword} instructions of this stage only this one has an effect.';

const everywhere = [
  'buildkit:MultipleInstructionsDisallowed',
  'dockerfile-utils:MULTIPLE_INSTRUCTIONS',
] as const;
const cmd = [
  ...everywhere,
  'hadolint:DL4003',
  'trivy:DS-0016',
  'semgrep:multiple-cmd-instructions',
  'sonar:S6589',
] as const;
const entrypoint = [
  ...everywhere,
  'hadolint:DL4004',
  'trivy:DS-0007',
  'semgrep:multiple-entrypoint-instructions',
  'sonar:S6589',
] as const;

type Setting = ProcessInstruction | HealthcheckInstruction;

/** In the stage that runs, in one that others are built from, and of the one that is in force. */
const messages = {
  CMD: { runs: 'cmd', built: 'cmd-below', last: 'last-cmd' },
  ENTRYPOINT: { runs: 'entrypoint', built: 'entrypoint-below', last: 'last-entrypoint' },
  HEALTHCHECK: { runs: 'healthcheck', built: 'healthcheck', last: 'last-healthcheck' },
} as const;

export default dockerfileRule({
  id: 'overridden-instruction',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'An instruction without effect, as it is given again',
  messages: {
    cmd: { text: overridden, equivalents: [...cmd, 'kics:multiple_cmd_instructions_listed'] },
    'cmd-below': { text: overridden, severity: 'hint', equivalents: cmd },
    entrypoint: {
      text: overridden,
      equivalents: [...entrypoint, 'kics:multiple_entrypoint_instructions_listed'],
    },
    'entrypoint-below': { text: overridden, severity: 'hint', equivalents: entrypoint },
    healthcheck: {
      text: overridden,
      equivalents: [...everywhere, 'hadolint:DL3012', 'trivy:DS-0023'],
    },
    'last-cmd': {
      text: last,
      severity: 'hint',
      equivalents: ['hadolint:DL4003', 'dockerfile-utils:MULTIPLE_INSTRUCTIONS'],
    },
    'last-entrypoint': {
      text: last,
      severity: 'hint',
      equivalents: ['hadolint:DL4004', 'dockerfile-utils:MULTIPLE_INSTRUCTIONS'],
    },
    'last-healthcheck': {
      text: last,
      severity: 'hint',
      equivalents: ['hadolint:DL3012', 'dockerfile-utils:MULTIPLE_INSTRUCTIONS'],
    },
  },
  docs: {
    why: '`CMD`, `ENTRYPOINT` and `HEALTHCHECK` are settings of the image and no steps: each one replaces the one before it. Two of them are mostly left over from an edit, or written by somebody who expects both to run.',
    remedy:
      'Keep the one that is meant; where two processes are to run, use two containers. The repair removes those without effect, so that the image stays what it is: look whether it is the last one that was meant.',
    references: [
      'https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/',
      'https://docs.docker.com/reference/dockerfile/#cmd',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'safe',
    why: 'What is removed has no effect on the image. The last one stays.',
  },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\n«CMD» ["a"]\nRUN make\n«CMD» ["b"]\n',
        fixed: 'FROM alpine:3.24\nRUN make\nCMD ["b"]\n',
      },
      {
        note: 'Both kinds, with the comments kept.',
        code: 'FROM alpine:3.24\n«ENTRYPOINT» ["a"]\n# The new one.\n«ENTRYPOINT» ["b"]\n«HEALTHCHECK» CMD ["a", "check"]\n«HEALTHCHECK» NONE\n',
        fixed: 'FROM alpine:3.24\n# The new one.\nENTRYPOINT ["b"]\nHEALTHCHECK NONE\n',
      },
      {
        note: 'A stage that does not run itself.',
        code: 'FROM alpine:3.24 AS build\n«CMD» ["a"]\n«CMD» ["b"]\n«ENTRYPOINT» ["a"]\n«ENTRYPOINT» ["b"]\nFROM scratch\nCOPY --from=build /a /\n',
        fixed:
          'FROM alpine:3.24 AS build\nCMD ["b"]\nENTRYPOINT ["b"]\nFROM scratch\nCOPY --from=build /a /\n',
      },
    ],
    good: [
      { note: 'One for each stage.', code: 'FROM alpine:3.24 AS a\nCMD ["a"]\nFROM a\nCMD ["b"]\n' },
      { code: 'FROM alpine:3.24\nENTRYPOINT ["a"]\nCMD ["b"]\nONBUILD CMD ["c"]\n' },
    ],
  },
  check: ({ model, report }) => {
    const given = new Map<string, Setting[]>();
    const visit = (setting: Setting): void => {
      if (setting.onbuild !== null) return;
      const key = `${setting.keyword} ${setting.stage?.index}`;
      const others = given.get(key);
      if (others) others.push(setting);
      else given.set(key, [setting]);
    };
    return {
      instruction: { CMD: visit, ENTRYPOINT: visit, HEALTHCHECK: visit },
      end() {
        for (const settings of given.values()) {
          const [inForce, ...replaced] = settings.reverse();
          if (inForce === undefined || replaced.length === 0) continue;
          const { keyword } = inForce;
          report(messages[keyword].last, { at: inForce.keywordSpan, data: { keyword } });
          for (const setting of replaced) {
            const fixes = [fix(`Remove this ${keyword}`, 'safe', [removeInstruction(model, setting)])];
            const runs = setting.stage?.isFinal ?? true;
            const message = runs ? messages[keyword].runs : messages[keyword].built;
            report(message, { at: setting.keywordSpan, data: { keyword }, fixes });
          }
        }
      },
    };
  },
});
