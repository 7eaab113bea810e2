// vex-in-image: statements about vulnerabilities copied to where no scanner looks for them.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { CopyInstruction } from '../../model/dockerfile/model.ts';
import { removeSource } from '../../repairs/removal.ts';

export default dockerfileRule({
  id: 'vex-in-image',
  category: 'security',
  severity: 'info',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A VEX document copied into the image',
  messages: {
    copied: {
      text: 'Scanners look for VEX documents beside the image, and one inside changes with every new judgement about it. Attach it: `docker scout attestation add --file {name} --predicate-type https://openvex.dev/ns/v0.2.0 IMAGE`.',
      equivalents: ['tally:prefer-vex-attestation'],
    },
  },
  docs: {
    why: 'A VEX document says which known vulnerabilities matter for an image. That judgement changes while the image does not: inside it cannot be changed without a new build, and the new image has a new digest to make statements about.',
    remedy:
      'Attach it to the image as an attestation, with `docker scout attestation add`, `cosign attest` or `vexctl attest`. The repair takes it out of the `COPY`.',
    references: ['https://docs.docker.com/scout/how-tos/create-exceptions-vex/'],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'The document has to be attached afterwards, and something in the image may read it.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nCOPY app «app.vex.json» /srv/\nADD «openvex.json» /\n',
        fixed: 'FROM debian:13\nCOPY app /srv/\n',
      },
    ],
    good: [{ code: 'FROM debian:13\nCOPY vex.md invoices.json /srv/\n' }],
  },
  check: ({ model, report }) => {
    const visit = (copy: CopyInstruction): void => {
      for (const source of copy.sources) {
        if (!/(?:^|[./])(?:open)?vex\.json$/i.test(source.value)) continue;
        const fixes =
          copy.onbuild === null
            ? [fix('Leave it out of the image', 'suggestion', [removeSource(model, copy, source)])]
            : [];
        report('copied', { at: source.span, data: { name: source.value }, fixes });
      }
    };
    return { instruction: { COPY: visit, ADD: visit } };
  },
});
