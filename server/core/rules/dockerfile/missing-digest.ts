// missing-digest: a base that is named by its tag alone.
import { dockerfileRule } from '../../engine/rule.ts';

export default dockerfileRule({
  id: 'missing-digest',
  category: 'reproducibility',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A base image without a digest',
  messages: {
    tagged: {
      text: '{image} is whatever carries that tag on the day of the build. Add the digest of the image that you have tested: `{image}@sha256:...`.',
      equivalents: ['sonar:S7023', 'semgrep:dockerfile-source-not-pinned'],
    },
    moving: {
      text: '{image} says neither version nor digest: it is another image tomorrow. Name the version, and add the digest of the image that you have tested.',
      equivalents: ['semgrep:dockerfile-source-not-pinned'],
    },
  },
  docs: {
    why: 'A tag is a name that its publisher, or whoever takes over his account, may give to another image at any time. A digest is the image itself: the same bytes on every machine, or an error.',
    remedy:
      'Write `name:tag@sha256:...` with the digest that `docker buildx imagetools inspect name:tag` prints, and let a bot such as Renovate or Dependabot move both together, so that fixes still arrive.',
    limits: 'Without asking a registry nobody knows the digest, so none is proposed.',
    references: [
      'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
      'https://docs.docker.com/dhi/core-concepts/digests/',
    ],
  },
  fix: {
    availability: 'never',
    why: 'The digest is known to the registry alone; one that is made up is worse than none.',
  },
  examples: {
    bad: [
      {
        code: 'ARG V=13.1\nFROM «debian:13.1» AS build\nFROM --platform=$BUILDPLATFORM «debian:$V»\nUSER nobody\n',
      },
      { code: 'FROM «debian» AS build\nFROM «example/tool:latest»\nUSER nobody\n' },
    ],
    good: [
      {
        code: 'FROM debian:13.1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS base\nFROM base\nFROM scratch\nFROM $IMAGE\n',
      },
    ],
  },
  check: ({ report }) => ({
    instruction: {
      FROM({ reference, image, stage }) {
        if (!image || !reference.known || stage?.base.kind !== 'image') return;
        const { text, tag, digest } = reference.value;
        if (digest !== null) return;
        const isMoving = tag === null || tag === '' || tag === 'latest';
        report(isMoving ? 'moving' : 'tagged', { at: image.span, data: { image: text } });
      },
    },
  }),
});
