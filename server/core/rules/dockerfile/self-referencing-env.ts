// self-referencing-env: ENV A=1 B=$A.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { inheritsVariable } from '../../insight/environment.ts';
import { variableUses } from '../../insight/variable-uses.ts';
import type { DockerfileModel, KeyValue, VariablesInstruction } from '../../model/dockerfile/model.ts';
import { replace } from '../../text/edit.ts';
import { indentationAt } from '../../text/layout.ts';
import { contains, span, spanText } from '../../text/span.ts';

/** A new ENV begins at the pair; null where a comment stands in front of it. */
function split({ text, layout }: DockerfileModel, env: VariablesInstruction, pair: KeyValue): Fix[] {
  const previous = env.pairs[env.pairs.indexOf(pair) - 1];
  if (previous === undefined) return [];
  const gap = span(previous.span.end, pair.span.start);
  // At the beginning of an ENV it would be a flag.
  if (spanText(text, gap).includes('#') || pair.name.startsWith('--')) return [];
  const keyword = spanText(text, env.keywordSpan);
  const start = `${layout.eol}${indentationAt(text, env.span.start)}${keyword} `;
  return [fix('Begin a new ENV here', 'unsafe', [replace(gap, start)])];
}

export default dockerfileRule({
  id: 'self-referencing-env',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A variable used in the ENV that sets it',
  messages: {
    empty: {
      text: '{name} is set by this very ENV, which sees what was there before it: nothing. Set it in an ENV of its own, above.',
      equivalents: ['hadolint:DL3044', 'buildkit:UndefinedVar'],
    },
    inherited: {
      text: '{name} is set by this very ENV, which sees what was there before it: the value of the base image, if any. Set it in an ENV of its own, above.',
      equivalents: ['hadolint:DL3044'],
    },
    older: {
      text: '{name} is set by this very ENV, which sees what was there before it: the value set above. Set it in an ENV of its own, unless the old value is meant.',
      severity: 'info',
    },
  },
  docs: {
    why: 'All pairs of one `ENV` are filled in before any of them is set. `ENV HOME=/app BIN=$HOME/bin` gives BIN the old value of HOME, mostly nothing at all.',
    remedy:
      'Set what others refer to in an `ENV` of its own, above. The repair begins a new `ENV` at the pair that refers to the new value.',
    references: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'The value changes, to what was meant. Where the variable is set behind its use, somebody has to put the pairs in order.',
  },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\nENV APP=/srv/app \\\n    BIN=$«APP»/bin \\\n    LOG=/var/log\n',
        fixed: 'FROM alpine:3.24\nENV APP=/srv/app\nENV BIN=$APP/bin \\\n    LOG=/var/log\n',
      },
      {
        code: 'FROM alpine:3.24\nENV PATH=/a/bin:$PATH MANPATH=${«PATH»}/man\n',
        fixed: 'FROM alpine:3.24\nENV PATH=/a/bin:$PATH\nENV MANPATH=${PATH}/man\n',
      },
      {
        code: 'FROM alpine:3.24\nENV V=1\nENV V=2 W=$«V»\nENV X=$«Y» Y=1\n',
        fixed: 'FROM alpine:3.24\nENV V=1\nENV V=2\nENV W=$V\nENV X=$Y Y=1\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.24\nENV A=1\nENV B=$A C=${D:-$A}\n' },
      {
        note: 'What a variable was before, for itself.',
        code: 'FROM alpine:3.24\nENV PATH=/a/bin:$PATH A=1\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      ENV(env) {
        const { pairs, before, stage } = env;
        if (pairs.length < 2 || env.onbuild !== null) return;
        for (const { name, span: at } of variableUses(model, env)) {
          const using = pairs.findIndex(pair => contains(pair.span, at));
          const pair = pairs[using];
          // What a pair says of its own name concerns those in front of it alone.
          const others = pair?.name === name ? pairs.slice(0, using) : pairs;
          const setting = others.findIndex(other => other.name === name);
          if (pair === undefined || setting < 0) continue;
          const fixes = setting < using ? split(model, env, pair) : [];
          const isSet = before.variable(name) !== undefined;
          const inherits = stage === null ? 'unknown' : inheritsVariable(stage, name);
          const message = isSet ? 'older' : inherits === false ? 'empty' : 'inherited';
          report(message, { at, data: { name }, fixes });
        }
      },
    },
  }),
});
