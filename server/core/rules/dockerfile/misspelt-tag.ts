// misspelt-tag: a base image with a tag that there is not.
import { dockerfileRule } from '../../engine/rule.ts';
import { misspelling } from '../../insight/misspelt-tags.ts';
import { isRetired } from '../../knowledge/retired-images.ts';
import { tagsAsOf } from '../../knowledge/tags.ts';
import { familiarName } from '../../model/image-reference.ts';
import { moveTo } from '../../repairs/pin.ts';
import { pinFromFixes } from '../../repairs/pin-from.ts';
import { misspeltTag } from '../../repairs/tag-texts.ts';

export default dockerfileRule({
  id: 'misspelt-tag',
  title: 'A tag that the base image does not have',
  ...misspeltTag,
  examples: {
    bad: [
      { code: 'FROM «node:24-slm»\nUSER node\n', fixed: 'FROM node:24-slim\nUSER node\n' },
      {
        note: 'In the default of an argument, and a release of the system below.',
        code: 'ARG TAG=3.13-slim-bookwrom\nFROM «python:${TAG}»\nUSER nobody\n',
        fixed: 'ARG TAG=3.13-slim-bookworm\nFROM python:${TAG}\nUSER nobody\n',
      },
      {
        note: 'The dot.',
        code: 'FROM «alpine:324»\nUSER nobody\n',
        fixed: 'FROM alpine:3.24\nUSER nobody\n',
      },
      {
        note: 'Nobody can tell what was meant.',
        code: 'FROM «node:99»\nUSER node\n',
        fixed: 'FROM node:99\nUSER node\n',
      },
    ],
    good: [
      { note: 'Old, and there.', code: 'FROM node:6-wheezy\nUSER node\n' },
      { note: 'Perhaps it has come out.', code: 'FROM python:3.17-slim\nUSER nobody\n' },
      {
        note: 'Nothing is known of other images.',
        code: 'FROM registry.example.com/node:24-slm\nUSER node\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      FROM(from) {
        const { reference, image, stage } = from;
        if (!image || !reference.known || stage?.base.kind !== 'image') return;
        const { tag, digest } = reference.value;
        const name = familiarName(reference.value);
        const wrong = tag === null || digest !== null || isRetired(name) ? undefined : misspelling(name, tag);
        if (wrong === undefined) return;
        const fixes = pinFromFixes(model, from, reference.value, moveTo(wrong.tag));
        const known = { name, asOf: tagsAsOf };
        const at = image.span;
        if (wrong.kind === 'release')
          report('release', { at, data: { ...known, newest: wrong.newest }, fixes });
        else report('word', { at, data: { ...known, word: wrong.word, near: wrong.near }, fixes });
      },
    },
  }),
});
