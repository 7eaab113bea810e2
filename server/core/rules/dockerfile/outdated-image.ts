// outdated-image: a base pinned to a patch level that others have followed.
import { dockerfileRule } from '../../engine/rule.ts';
import { newerTag } from '../../knowledge/newer-tags.ts';
import { isRetired } from '../../knowledge/retired-images.ts';
import { tagsAsOf } from '../../knowledge/tags.ts';
import { familiarName } from '../../model/image-reference.ts';
import { moveTo } from '../../repairs/pin.ts';
import { pinFromFixes } from '../../repairs/pin-from.ts';
import { outdatedImage, outdatedImageWhy } from '../../repairs/tag-texts.ts';

export default dockerfileRule({
  id: 'outdated-image',
  title: 'A base image that misses the fixes of its own release',
  ...outdatedImage,
  docs: {
    why: outdatedImageWhy,
    remedy:
      'Move to the newest patch of the same release, in the same variant; a bot can do that as each of them comes out. The repair writes the tag.',
    limits: `The tags are those of the official images on ${tagsAsOf}: what came out later is not known. A release that has ended altogether is told by [end-of-life-image](end-of-life-image.md).`,
    references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
  },
  examples: {
    bad: [
      { code: 'FROM «node:24.1.0-slim»\nUSER node\n', fixed: 'FROM node:24.19.0-slim\nUSER node\n' },
      {
        note: 'By the day.',
        code: 'ARG TAG=bookworm-20240101-slim\nFROM «debian:$TAG»\nUSER nobody\n',
        fixed: 'ARG TAG=bookworm-20260803-slim\nFROM debian:$TAG\nUSER nobody\n',
      },
      {
        note: 'A digest holds the image, and has to go with the tag.',
        code: 'FROM «alpine:3.22.0@sha256:1111111111111111111111111111111111111111111111111111111111111111»\nUSER nobody\n',
        fixed:
          'FROM alpine:3.22.0@sha256:1111111111111111111111111111111111111111111111111111111111111111\nUSER nobody\n',
      },
    ],
    good: [
      { code: 'FROM node:24-slim\nUSER node\n' },
      { note: 'Newer than the table.', code: 'FROM node:24.99.0-slim\nUSER node\n' },
      {
        note: 'Nothing is known of other images.',
        code: 'FROM registry.example.com/node:24.1.0\nUSER node\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      FROM(from) {
        const { reference, image, stage } = from;
        if (!image || !reference.known || stage?.base.kind !== 'image') return;
        const { tag, text } = reference.value;
        const name = familiarName(reference.value);
        const newer = tag === null || isRetired(name) ? undefined : newerTag(name, tag);
        if (newer === undefined) return;
        const fixes = pinFromFixes(model, from, reference.value, moveTo(newer));
        report('outdated', { at: image.span, data: { image: text, newer, asOf: tagsAsOf }, fixes });
      },
    },
  }),
});
