// unconfined-run: a RUN that leaves the sandbox of the build.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { RunInstruction } from '../../model/dockerfile/model.ts';
import { remove } from '../../text/edit.ts';
import { span, spanText } from '../../text/span.ts';

export default dockerfileRule({
  id: 'unconfined-run',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A RUN that leaves the sandbox of the build',
  messages: {
    network: {
      text: '`{flag}` puts this RUN into the network of the machine that builds: it reaches every service that listens there for local programs alone. Remove it, or build with `--network`.',
      equivalents: ['sonar:S6431'],
    },
    security: {
      text: '`{flag}` takes the sandbox away: this RUN has all capabilities of root on the machine that builds. Remove it.',
      equivalents: ['sonar:S6502'],
    },
  },
  docs: {
    why: 'A build runs programs that it has just downloaded. `--network=host` lets them talk to databases, agents and metadata services that trust whoever is on the same machine; `--security=insecure` gives them the rights to take over that machine.',
    remedy:
      'Remove the flag. What a build needs from the network it gets through addresses, names and proxies; devices and kernel modules belong in tests that run the image. Both flags need an entitlement (`--allow`), which many builders refuse.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#run---network',
      'https://docs.docker.com/reference/dockerfile/#run---security',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'The command may have needed what it could reach.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1\nRUN «--network=host» curl -fsSLO https://example.com/a.tgz\n',
        fixed: 'FROM debian:13.1\nRUN curl -fsSLO https://example.com/a.tgz\n',
      },
      {
        code: 'FROM debian:13.1\nRUN --mount=type=cache,target=/c «--security=insecure» \\\n    make test\n',
        fixed: 'FROM debian:13.1\nRUN --mount=type=cache,target=/c \\\n    make test\n',
      },
    ],
    good: [
      { code: 'FROM debian:13.1\nRUN --network=none --security=sandbox make test\n' },
      { code: 'FROM debian:13.1\nRUN tool --network=host\n' },
    ],
  },
  check: ({ model, report }) => {
    const visit = (run: RunInstruction): void => {
      let end = run.keywordSpan.end;
      for (const flag of run.flags) {
        const gap = span(end, flag.span.start);
        end = flag.span.end;
        const isHost = flag.name === 'network' && flag.value === 'host';
        if (!isHost && !(flag.name === 'security' && flag.value === 'insecure')) continue;
        const own = spanText(model.text, gap).includes('#') ? flag.span : span(gap.start, flag.span.end);
        const fixes = [fix(`Remove ${flag.raw}`, 'unsafe', [remove(own)])];
        report(isHost ? 'network' : 'security', { at: flag.span, data: { flag: flag.raw }, fixes });
      }
    };
    return { instruction: { RUN: visit } };
  },
});
