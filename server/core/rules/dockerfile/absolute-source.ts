// absolute-source: COPY /x, which begins at the build context all the same.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { CopyInstruction } from '../../model/dockerfile/model.ts';
import { replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

export default dockerfileRule({
  id: 'absolute-source',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A source that looks absolute',
  messages: {
    absolute: {
      text: 'Sources begin at the build context: {source} is {read} there, not a path of the machine. Leave the slash out.',
    },
  },
  docs: {
    why: '`COPY /etc/app.conf .` reads as if it took a file of the machine. It takes `etc/app.conf` from the build context, and whoever looks for it looks in the wrong place.',
    remedy: 'Leave the slash out. The repair does so, and the build stays the same.',
    limits: 'Sources from a stage or an image do begin at its root, and are left alone.',
    references: ['https://docs.docker.com/reference/dockerfile/#copy'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'It names the same file.' },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nCOPY «/app/run.sh» /usr/local/bin/\nCOPY [«"/"», "/srv/"]\n',
        fixed: 'FROM debian:13\nCOPY app/run.sh /usr/local/bin/\nCOPY [".", "/srv/"]\n',
      },
    ],
    good: [{ code: 'FROM debian:13\nCOPY --from=build /out/app /usr/local/bin/\nCOPY ./app /srv/\n' }],
  },
  check: ({ report }) => {
    const visit = ({ sources, from }: CopyInstruction): void => {
      if (from !== null) return;
      for (const { value, raw, span: at } of sources) {
        const [, quote, slashes] = /^(["']?)(\/+)(?!\.\.)/.exec(raw) ?? [];
        if (quote === undefined || slashes === undefined) continue;
        const read = value.replace(/^\/+/, '') || '.';
        const start = at.start + quote.length;
        const edit = replace(span(start, start + slashes.length), read === '.' ? '.' : '');
        report('absolute', {
          at,
          data: { source: value, read },
          // It would be a heredoc, a flag or a list.
          fixes: /^(?:<<|--|\[)/.test(read) ? [] : [fix(`Write ${read}`, 'safe', [edit])],
        });
      }
    };
    return { instruction: { COPY: visit, ADD: visit } };
  },
});
