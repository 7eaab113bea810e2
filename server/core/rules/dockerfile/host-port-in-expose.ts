// host-port-in-expose: EXPOSE with an address or a port of the host.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { Word } from '../../model/dockerfile/model.ts';
import { remove, replace } from '../../text/edit.ts';
import { type Span, span } from '../../text/span.ts';

export default dockerfileRule({
  id: 'host-port-in-expose',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'EXPOSE as if it published a port',
  messages: {
    host: {
      text: 'EXPOSE takes ports of the container alone: "{host}" is ignored, and publishes nothing. Publish with `docker run -p` or `ports:`, and write {port} here.',
      equivalents: ['buildkit:ExposeInvalidFormat'],
    },
  },
  docs: {
    why: '`EXPOSE 8080:80` looks like `docker run -p 8080:80`, but an image cannot publish ports: the address and the port of the host are dropped, with a warning of BuildKit at best. Who relies on `127.0.0.1:` there is not protected by it.',
    remedy:
      'Write the port that the service listens on in the container. The repair removes what is ignored. To publish it, use `docker run -p 127.0.0.1:8080:80` or `ports:` in a Compose file.',
    references: [
      'https://docs.docker.com/reference/build-checks/expose-invalid-format/',
      'https://docs.docker.com/reference/dockerfile/#expose',
    ],
  },
  fix: { availability: 'always', safety: 'safe', why: 'What is removed is ignored by the build.' },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\nEXPOSE «127.0.0.1:80:»80 «[::1]:8080:»8080/tcp «5000:»5000 \\\n  "«81:»80" 8000\n',
        fixed: 'FROM alpine:3.24\nEXPOSE 80 8080/tcp 5000 \\\n  "80" 8000\n',
      },
    ],
    good: [{ code: 'FROM alpine:3.24\nARG PORTS=80:80\nEXPOSE 80 8000-8010/udp ${PORT:-8080} $PORTS\n' }],
  },
  check: ({ report }) => ({
    instruction: {
      EXPOSE({ words }) {
        for (const word of words) {
          const [, host, port] = /^([^$]*:)(\d+(?:-\d+)?(?:\/\w+)?)$/.exec(word.value) ?? [];
          if (host === undefined || port === undefined) continue;
          const place = hostSpan(word, host);
          const edit = place === null ? replace(word.span, port) : remove(place);
          const fixes = [fix(`Write ${port}`, 'safe', [edit])];
          report('host', { at: place ?? word.span, data: { host, port }, fixes });
        }
      },
    },
  }),
});

/** Its place in the word; null where quotes or escapes take it apart. */
function hostSpan({ raw, span: { start } }: Word, host: string): Span | null {
  const at = raw.indexOf(host);
  return at < 0 ? null : span(start + at, start + at + host.length);
}
