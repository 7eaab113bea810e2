// readable-secret-mount: a secret that every account of the build may read.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { remove } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

const forOthers = /^0?[0-7]?[0-7]?[0-7][1-7]$/;

export default dockerfileRule({
  id: 'readable-secret-mount',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A mounted secret that everybody may read',
  messages: {
    mode: {
      text: '`mode={mode}` lets every account read this {type} mount, and with it every program that the build starts. Remove it, and name the account with `uid`.',
      equivalents: ['sonar:S6469'],
    },
  },
  docs: {
    why: 'Secrets and keys are mounted for their owner alone (`0400` and `0600`). With more rights the scripts of packages that drop their rights on purpose can read them too.',
    remedy:
      'Remove the mode, and give the account that needs the secret: `uid=1000`. The repair removes the mode.',
    references: ['https://docs.docker.com/reference/dockerfile/#run---mounttypesecret'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A command that runs as another account cannot read the secret any more, until `uid` names it.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1\nRUN --mount=type=secret,id=key,«mode=0444» ./fetch\n',
        fixed: 'FROM debian:13.1\nRUN --mount=type=secret,id=key ./fetch\n',
      },
      {
        code: 'FROM debian:13.1\nRUN --mount=type=ssh,«mode=777»,id=git ./fetch\n',
        fixed: 'FROM debian:13.1\nRUN --mount=type=ssh,id=git ./fetch\n',
      },
      {
        code: 'FROM debian:13.1\nRUN --mount=«mode=0644»,type=secret,id=key ./fetch\n',
        fixed: 'FROM debian:13.1\nRUN --mount=type=secret,id=key ./fetch\n',
      },
      { code: "FROM debian:13.1\nRUN --mount=«mode=064»',type=secret,id=key' ./fetch\n" },
    ],
    good: [
      { code: 'FROM debian:13.1\nRUN --mount=type=secret,id=key,uid=1000,mode=0400 ./fetch\n' },
      { code: 'FROM debian:13.1\nRUN --mount=type=cache,target=/c,mode=0777 ./fetch\n' },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      RUN({ mounts }) {
        for (const { type, options } of mounts) {
          const mode = type === 'secret' || type === 'ssh' ? options.get('mode') : undefined;
          if (!mode || !forOthers.test(mode.value)) continue;
          const { start, end } = mode.span;
          const around = { before: model.text[start - 1], behind: model.text[end] };
          const own = around.before === ',' ? span(start - 1, end) : span(start, end + 1);
          // Quotes that reach over several options are left to a person.
          const isPlain = around.before === ',' || around.behind === ',';
          const fixes = isPlain ? [fix('Remove the mode', 'unsafe', [remove(own)])] : [];
          report('mode', { at: mode.span, data: { mode: mode.value, type }, fixes });
        }
      },
    },
  }),
});
