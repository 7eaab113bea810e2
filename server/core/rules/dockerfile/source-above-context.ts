// source-above-context: COPY ../x, which no build can see.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isRemote } from '../../insight/context-files.ts';
import type { CopyInstruction } from '../../model/dockerfile/model.ts';
import { replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

const leading = /^["']?\/?(?:\.\/)*(?:\.\.\/)+/;

export default dockerfileRule({
  id: 'source-above-context',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A source above the build context',
  messages: {
    above: {
      text: 'Nothing above the build context is sent to the builder: BuildKit reads {source} as {read}, other builders refuse. Build from the folder above (`docker build -f app/Dockerfile ..`), or name another context.',
    },
  },
  docs: {
    why: 'A build sees its context and nothing else. `COPY ../lib .` does not leave it: BuildKit takes the dots away and looks for `lib` in the context, finds nothing, or, worse, another `lib`.',
    remedy:
      'Make the folder above the context and name the Dockerfile with `-f`, which changes all other sources too. Or pass the other folder as a context of its own: `docker build --build-context lib=../lib .` and `COPY --from=lib . lib/`. The repair writes down what BuildKit reads.',
    references: [
      'https://docs.docker.com/build/concepts/context/',
      'https://docs.docker.com/reference/cli/docker/buildx/build/#build-context',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'What was meant is a file that this build cannot have. Where nothing but dots is written there is nothing to keep.',
  },
  examples: {
    bad: [
      {
        code: 'FROM node:24.9-slim\nCOPY «../shared/lib» /srv/lib\nUSER node\n',
        fixed: 'FROM node:24.9-slim\nCOPY shared/lib /srv/lib\nUSER node\n',
      },
      {
        code: 'FROM node:24.9-slim\nCOPY «..» /srv/\nUSER node\n',
        fixed: 'FROM node:24.9-slim\nCOPY .. /srv/\nUSER node\n',
      },
    ],
    good: [{ code: 'FROM node:24.9-slim\nCOPY a/../b ..a /srv/\nCOPY --from=lib ../x /srv/\nUSER node\n' }],
  },
  check: ({ report }) => {
    const visit = ({ sources, from }: CopyInstruction): void => {
      if (from !== null) return;
      for (const { value, raw, span: at } of sources) {
        if (isRemote(value) || !/^\/?(?:\.\/)*\.\.(?:\/|$)/.test(value)) continue;
        const read = value.replace(/^(?:\.{0,2}\/)+/, '').replace(/^\.\.$/, '');
        const [dots = ''] = leading.exec(raw) ?? [];
        const quote = /^["']/.test(raw) ? 1 : 0;
        const edit = replace(span(at.start + quote, at.start + dots.length), '');
        const fixes = read === '' ? [] : [fix(`Write ${read}`, 'suggestion', [edit])];
        report('above', { at, data: { source: value, read: read || '.' }, fixes });
      }
    };
    return { instruction: { COPY: visit, ADD: visit } };
  },
});
