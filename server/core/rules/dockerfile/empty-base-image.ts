// empty-base-image: a FROM that names no image unless a build argument is passed.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { defaultImage } from '../../insight/default-image.ts';
import { suggestTags } from '../../knowledge/tags.ts';
import type { DockerfileModel, FromInstruction } from '../../model/dockerfile/model.ts';
import { familiarName, isImageReference, parseImageReference } from '../../model/image-reference.ts';
import { insert } from '../../text/edit.ts';

/** `FROM node:$VERSION` with `ARG VERSION`: the tags that the image carries, as defaults to choose from. */
function defaults({ instructions }: DockerfileModel, { image }: FromInstruction): Fix[] {
  const written = /^([^$]+):\$(?:(\w+)|\{(\w+)\})(-[\w.-]+)?$/.exec(image?.raw ?? '');
  const [, name, plain, braced, suffix = ''] = written ?? [];
  if (name === undefined) return [];
  const argument = instructions
    .filter(({ stage }) => stage === null)
    .flatMap(instruction => (instruction.keyword === 'ARG' ? instruction.pairs : []))
    .find(pair => pair.name === (plain ?? braced) && pair.value === null);
  if (argument === undefined) return [];
  const variant = suffix === '' ? null : suffix.slice(1);
  return suggestTags(familiarName(parseImageReference(name, 0)), variant).flatMap(({ tag }) => {
    if (!tag.endsWith(suffix) || tag.length === suffix.length) return [];
    const value = tag.slice(0, tag.length - suffix.length);
    const title = `Give ${argument.name} the default ${value}`;
    return [fix(title, 'suggestion', [insert(argument.span.end, `=${value}`)])];
  });
}

export default dockerfileRule({
  id: 'empty-base-image',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A FROM without an image',
  messages: {
    blank: {
      text: 'FROM names no image, and the build fails. Name one.',
      severity: 'error',
      equivalents: ['dockerfile-utils:BASE_NAME_EMPTY', 'buildkit:build-error'],
    },
    empty: {
      text: '{written} is empty unless the build is passed a value: a plain `docker build` fails. Give the ARG a default.',
      equivalents: [
        'buildkit:InvalidDefaultArgInFrom',
        'dockerfile-utils:BASE_NAME_EMPTY',
        'buildkit:build-error',
      ],
    },
    invalid: {
      text: 'Without build arguments {written} is "{image}", which no image can be called: a plain `docker build` fails. Give each ARG a default.',
      equivalents: ['buildkit:InvalidDefaultArgInFrom'],
    },
  },
  docs: {
    why: 'An `ARG` without a default is empty until somebody passes it. Where the image depends on it, `docker build .` fails, and so do editors, scanners and bots that read the Dockerfile and know nothing of your build script.',
    remedy:
      'Give the `ARG` a default that works. For a tag of an official image the repair offers those that the image carries today.',
    references: ['https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Which image a build without arguments starts from is a choice; only for tags of official images there is a list to choose from.',
  },
  examples: {
    bad: [
      {
        code: 'ARG VERSION\nFROM «python:${VERSION}-slim»\nUSER nobody\n',
        fixed: 'ARG VERSION=3.14.7\nFROM python:${VERSION}-slim\nUSER nobody\n',
        variants: {
          'Give VERSION the default 3.14': 'ARG VERSION=3.14\nFROM python:${VERSION}-slim\nUSER nobody\n',
        },
      },
      {
        code: 'ARG BASE\nFROM «$BASE»\nFROM «""» AS none\n',
        fixed: 'ARG BASE\nFROM $BASE\nFROM "" AS none\n',
      },
    ],
    good: [
      { code: 'ARG VERSION=3.14\nFROM python:${VERSION}-slim\nFROM ${BASE:-alpine:3.24}\n' },
      { note: 'Known in every build.', code: 'FROM tool-$TARGETARCH\n' },
      {
        note: 'The name of a stage, or of an image that is wrong without any variable.',
        code: 'FROM alpine:3.24 AS A\nFROM A\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      FROM(from) {
        const { image } = from;
        if (image === null || !/[$"']/.test(image.raw)) return;
        const text = defaultImage(model, from);
        if (text === null || isImageReference(text)) return;
        const at = image.span;
        if (text === '' && !image.raw.includes('$')) return report('blank', { at });
        const fixes = defaults(model, from);
        const data = { written: image.raw, image: text };
        if (text === '') report('empty', { at, data: { written: image.raw }, fixes });
        else if (image.raw.includes('$')) report('invalid', { at, data, fixes });
      },
    },
  }),
});
