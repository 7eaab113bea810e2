// zero-health-setting: a zero in a HEALTHCHECK that Docker reads as "not said".
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { readDuration } from '../../model/dockerfile/durations.ts';
import { removeFlag } from '../../repairs/flags.ts';

/** What holds where a health check says nothing, or zero. */
const defaults: ReadonlyMap<string, string> = new Map([
  ['interval', '30s'],
  ['timeout', '30s'],
  ['start-interval', '5s'],
  ['retries', '3'],
]);

const isZeroCount = (value: string): boolean => /^[+-]?0+$/.test(value);
function isZeroDuration(value: string): boolean {
  const duration = readDuration(value);
  return duration.kind === 'duration' && duration.nanoseconds === 0;
}

export default dockerfileRule({
  id: 'zero-health-setting',
  category: 'correctness',
  settledBy: ['healthcheck'],
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A zero in a health check that means the default',
  messages: {
    duration: {
      text: '`--{name}={value}` does not mean none: Docker takes zero for "not said", and {held} holds. State a duration, or remove the flag.',
      equivalents: ['dockerfile-utils:FLAG_LESS_THAN_1MS'],
    },
    retries: {
      text: '`--retries={value}` does not mean none: Docker takes zero for "not said", and {held} holds. Write `--retries=1` to be unhealthy at the first failure, or remove the flag.',
      equivalents: ['dockerfile-utils:FLAG_AT_LEAST_ONE'],
    },
  },
  docs: {
    why: 'In the configuration of an image zero stands for "as the base image says, else the default". `--retries=0` so waits for three failures, and a check with `--timeout=0s` is given up after 30 seconds.',
    remedy:
      'State what is meant: `--retries=1`, `--timeout=5m`. The repair removes the flag, which changes nothing but what a reader believes.',
    references: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'Zero and nothing are the same to Docker.' },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nHEALTHCHECK --interval=1m «--timeout=0s» CMD ["/app", "check"]\n',
        fixed: 'FROM debian:13\nHEALTHCHECK --interval=1m CMD ["/app", "check"]\n',
      },
      {
        code: 'FROM debian:13\nHEALTHCHECK --interval=1m \\\n    «--retries=0» \\\n    CMD ["/app", "check"]\n',
        fixed: 'FROM debian:13\nHEALTHCHECK --interval=1m \\\n    CMD ["/app", "check"]\n',
      },
    ],
    good: [
      {
        note: 'No time to start is the default.',
        code: 'FROM debian:13\nHEALTHCHECK --start-period=0s --retries=1 CMD ["/app", "check"]\n',
      },
      { code: 'FROM debian:13\nHEALTHCHECK --interval=10s --timeout=500ms CMD ["/app", "check"]\n' },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      HEALTHCHECK({ flags }) {
        for (const flag of flags) {
          const { name, value, span: at } = flag;
          const held = defaults.get(name);
          if (held === undefined || value === null) continue;
          const fixes = [fix(`Remove --${name}`, 'safe', [removeFlag(model, flag)])];
          if (name === 'retries') {
            if (isZeroCount(value)) report('retries', { at, data: { value, held }, fixes });
          } else if (isZeroDuration(value)) {
            report('duration', { at, data: { name, value, held }, fixes });
          }
        }
      },
    },
  }),
});
