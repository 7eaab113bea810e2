// missing-digest: a base that is named by its tag alone.
import { dockerfileRule } from '../../engine/rule.ts';
import { pinOffer, pulledByFrom } from '../../repairs/image-pins.ts';

export default dockerfileRule({
  id: 'missing-digest',
  category: 'reproducibility',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A base image without a digest',
  needs: ['registry'],
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
      'Write `name:tag@sha256:...` with the digest that the registry has for the tag: the action "Pin to digest" asks for it and keeps the tag, `bulkhead pin --digest` does so for all files. Let `bulkhead pin --update`, or a bot such as Renovate or Dependabot, renew it, so that fixes still arrive.',
    limits:
      'A digest is looked up only when a person asks for it: without a registry nobody knows it, and none is made up. Where the tag comes out of several variables there is no place for it.',
    references: [
      'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
      'https://docs.docker.com/dhi/core-concepts/digests/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'The digest is known to the registry alone, which is asked when a person wants it. Who pins takes no fixes until the digest is renewed.',
  },
  examples: {
    bad: [
      {
        note: 'Looked up.',
        code: 'FROM «node:24-slim»\nUSER node\n',
        files: {
          'digest node:24-slim': 'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
        },
        fixed:
          'FROM node:24-slim@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\nUSER node\n',
      },
      {
        code: 'ARG V=13.1\nFROM «debian:13.1» AS build\nFROM --platform=$BUILDPLATFORM «debian:$V»\nUSER nobody\n',
        fixed:
          'ARG V=13.1\nFROM debian:13.1 AS build\nFROM --platform=$BUILDPLATFORM debian:$V\nUSER nobody\n',
      },
      {
        code: 'FROM «debian» AS build\nFROM «example/tool:latest»\nUSER nobody\n',
        fixed: 'FROM debian AS build\nFROM example/tool:latest\nUSER nobody\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13.1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS base\nFROM base\nFROM scratch\nFROM $IMAGE\n',
      },
    ],
  },
  check: ({ model, facts, report }) => ({
    instruction: {
      FROM(from) {
        const pulled = pulledByFrom(model, from);
        if (pulled === null || pulled.reference.digest !== null) return;
        const { text, tag } = pulled.reference;
        const isMoving = tag === null || tag === '' || tag === 'latest';
        report(isMoving ? 'moving' : 'tagged', {
          at: pulled.at,
          data: { image: text },
          ...pinOffer(model.text, pulled, 'digest', facts),
        });
      },
    },
  }),
});
