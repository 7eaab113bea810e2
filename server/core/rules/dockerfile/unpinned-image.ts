// unpinned-image: a base image that may be another one tomorrow.
import { dockerfileRule } from '../../engine/rule.ts';
import { parseImageReference } from '../../model/image-reference.ts';
import { pinOffer, pulledByFrom } from '../../repairs/image-pins.ts';
import { loosenessOf, pinFixes } from '../../repairs/pin.ts';
import { certainReference, pinFromFixes } from '../../repairs/pin-from.ts';
import { type Span, span } from '../../text/span.ts';

export default dockerfileRule({
  id: 'unpinned-image',
  category: 'reproducibility',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A base image without a fixed version',
  needs: ['registry'],
  messages: {
    untagged: {
      text: '{image} has no tag and so means `latest`: the next build may start from another release. Name the version.',
      equivalents: [
        'hadolint:DL3006',
        'trivy:DS-0001',
        'checkov:CKV_DOCKER_7',
        'kics:image_version_not_explicit',
        'semgrep:missing-image-version',
        'sonar:S6596',
      ],
    },
    latest: {
      text: '{image} is whatever was published last: the next build may start from another release. Name the version.',
      equivalents: [
        'hadolint:DL3007',
        'trivy:DS-0001',
        'checkov:CKV_DOCKER_7',
        'kics:image_version_using_latest',
        'semgrep:avoid-latest-version',
        'sonar:S6596',
      ],
    },
    moving: {
      text: '{image} names no version: the next build may start from another release. Name the version too.',
      severity: 'info',
    },
    'no-stage': {
      text: 'No stage is named {image}: unless the build is given a context of that name, this is an image, in whatever release was published last. Name the version.',
      equivalents: ['hadolint:DL3022'],
    },
    'copied-untagged': {
      text: '{image} has no tag and so means `latest`: the next build may take its files from another release. Name the version.',
      equivalents: ['hadolint:DL3022'],
    },
    copied: {
      text: '{image} has no fixed version: the next build may take its files from another release. Name the version.',
    },
  },
  docs: {
    why: 'A tag such as `latest`, or none at all, moves with every release of the image. The same Dockerfile then builds something else on another day or machine, breaks without a change, and nobody can say which version runs.',
    remedy:
      'Name the version: `node:24.9-slim` takes fixes, `node:24.9.0-slim` is one release, and a digest (`node:24.9-slim@sha256:...`) is one image. The repair offers the tags that the image carries today in the same variant, the most specific first.',
    limits:
      'The tags come from a table of the official images that is shipped with the product; of other images the registry is asked, when a person wants to know.',
    references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'How far an image may move is a choice between getting fixes and building the same again.',
  },
  examples: {
    bad: [
      {
        note: 'The variant stays, the version is added.',
        code: 'FROM «python:slim»\nUSER nobody\n',
        fixed: 'FROM python:3.14.7-slim\nUSER nobody\n',
      },
      {
        note: 'The tag is the default of an argument.',
        code: 'ARG TAG=latest\nFROM «debian:${TAG}»\nUSER nobody\n',
        fixed: 'ARG TAG=trixie-20260803\nFROM debian:${TAG}\nUSER nobody\n',
      },
      {
        note: 'An image outside the table, looked up in its registry.',
        code: 'FROM «registry.example.com/team/base»\nUSER app\n',
        files: { 'exact registry.example.com/team/base': '4.2.1' },
        fixed: 'FROM registry.example.com/team/base:4.2.1\nUSER app\n',
      },
      { code: 'FROM «example/tool:latest»\nUSER app\n', fixed: 'FROM example/tool:latest\nUSER app\n' },
      { code: 'FROM «example/tool:stable»\nUSER app\n', fixed: 'FROM example/tool:stable\nUSER app\n' },
      {
        code: 'FROM scratch\nCOPY --from=«example/tool» /bin/tool /bin/tool\n',
        fixed: 'FROM scratch\nCOPY --from=example/tool /bin/tool /bin/tool\n',
      },
      {
        code: 'FROM scratch\nCOPY --from=«tool» /bin/a /bin/a\nCOPY --from=«example/tool:latest» /bin/b /bin/b\n',
        fixed:
          'FROM scratch\nCOPY --from=tool /bin/a /bin/a\nCOPY --from=example/tool:latest /bin/b /bin/b\n',
      },
      {
        note: 'Whatever the registry is: the image has no tag.',
        code: 'ARG REGISTRY\nFROM «${REGISTRY}/team/base»\nUSER app\n',
        fixed: 'ARG REGISTRY\nFROM ${REGISTRY}/team/base\nUSER app\n',
      },
    ],
    good: [
      { code: 'FROM debian:13.1-slim\n' },
      {
        note: 'A digest holds whatever the tag says.',
        code: 'FROM debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n',
      },
      {
        note: 'Stages and scratch are no images.',
        code: 'FROM scratch AS base\nFROM base\nCOPY --from=base /a /b\n',
      },
      {
        note: 'A release by its name.',
        code: 'FROM debian:trixie-slim\nRUN --mount=from=alpine:3.22,target=/alpine ls /alpine\n',
      },
      { note: 'The default names a version.', code: 'ARG VERSION=13.1\nFROM debian:${VERSION}-slim\n' },
    ],
  },
  check: ({ model, facts, report }) => {
    /** An image that files are taken from, where it is not a stage. */
    const copied = (image: string, at: Span): void => {
      const reference = parseImageReference(image, at.start);
      const looseness = image.includes('$') ? null : loosenessOf(reference);
      if (!looseness) return;
      const untagged = image.includes('/') ? 'copied-untagged' : 'no-stage';
      report(looseness === 'untagged' ? untagged : 'copied', {
        at,
        data: { image },
        fixes: pinFixes(reference, null),
      });
    };
    return {
      instruction: {
        FROM(from) {
          const { reference, image, stage } = from;
          const isKnown = reference.known && stage?.base.kind === 'image';
          const named = isKnown ? reference.value : reference.known ? null : certainReference(from);
          const looseness = named && loosenessOf(named);
          if (!image || !named || !looseness) return;
          const pulled = pulledByFrom(model, from);
          const asked = pulled ? pinOffer(model.text, pulled, 'exact', facts) : { fixes: [] };
          const fixes = [...asked.fixes, ...(isKnown ? pinFromFixes(model, from, named) : [])];
          report(looseness, { at: image.span, data: { image: named.text }, ...asked, fixes });
        },
        COPY({ from }) {
          const { value = null, valueSpan = null } = from?.flag ?? {};
          if (value === null || valueSpan === null || from?.stage || /^\d+$/.test(value)) return;
          copied(value, valueSpan);
        },
        RUN({ mounts }) {
          for (const { options } of mounts) {
            const from = options.get('from');
            if (from && !model.stages.some(({ name }) => name === from.value.toLowerCase()))
              copied(from.value, span(from.span.end - from.value.length, from.span.end));
          }
        },
      },
    };
  },
});
