// uppercase-port-protocol: EXPOSE 80/TCP.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { replace } from '../../text/edit.ts';
import { span, spanText } from '../../text/span.ts';

export default dockerfileRule({
  id: 'uppercase-port-protocol',
  category: 'style',
  severity: 'hint',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A protocol of EXPOSE in capitals',
  messages: {
    upper: {
      text: 'The protocol {written} is in capitals: tools that compare ports as texts look for {protocol}. Write it in lower case.',
      equivalents: ['buildkit:ExposeProtoCasing'],
    },
  },
  docs: {
    why: 'The build writes `80/TCP` as `80/tcp` into the image. Whatever reads the Dockerfile itself, or compares the two, sees different ports; BuildKit warns of it at each build.',
    remedy: 'Write `tcp`, `udp` or `sctp`.',
    references: ['https://docs.docker.com/reference/build-checks/expose-proto-casing/'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'The build makes lower case of it anyway.' },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\nEXPOSE 80/«TcP» 8080/«TCP» ${PORT}/«UDP» 53/udp\n',
        fixed: 'FROM alpine:3.24\nEXPOSE 80/tcp 8080/tcp ${PORT}/udp 53/udp\n',
      },
      {
        note: 'Over two lines.',
        code: 'FROM alpine:3.24\nEXPOSE «80/T\\\nCP» 53/udp\n',
        fixed: 'FROM alpine:3.24\nEXPOSE 80/tcp 53/udp\n',
      },
    ],
    good: [{ code: 'FROM alpine:3.24\nEXPOSE 80 53/udp $PORT/$PROTOCOL\n' }],
  },
  check: ({ model, report }) => ({
    instruction: {
      EXPOSE({ words }) {
        for (const { raw, span: word } of words) {
          const [, before = '', written = ''] = /^(.*\/)(tcp|udp|sctp)["']?$/i.exec(raw) ?? [];
          const protocol = written.toLowerCase();
          if (written === protocol) continue;
          const start = word.start + before.length;
          const isOnOneLine = spanText(model.text, word) === raw;
          const at = isOnOneLine ? span(start, start + written.length) : word;
          const meant = isOnOneLine
            ? protocol
            : before + protocol + raw.slice(before.length + written.length);
          const fixes = [fix(`Write ${protocol}`, 'safe', [replace(at, meant)])];
          report('upper', { at, data: { written, protocol }, fixes });
        }
      },
    },
  }),
});
