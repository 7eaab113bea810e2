// heavy-image: compilers and headers of the base in an image that compiles nothing.
import { dockerfileRule } from '../../engine/rule.ts';
import { compilesOnBase } from '../../insight/heavy-base.ts';
import { lighterImage } from '../../repairs/lighter-image.ts';
import { pinFromFixes } from '../../repairs/pin-from.ts';
import { heavyImage, heavyImageWhy } from '../../repairs/tag-texts.ts';

export default dockerfileRule({
  id: 'heavy-image',
  title: 'A heavier variant of the base image than needed',
  ...heavyImage,
  needs: ['registry'],
  docs: {
    why: heavyImageWhy,
    remedy:
      'Ship the slim variant, and compile in a stage before it where something has to be. The repair adds `slim` to the tag.',
    limits:
      'Only the stage that ships is looked at. Whether a package is compiled when it is installed cannot be seen; where a command needs a compiler or one of the other tools, nothing is said. Sizes are told where an engine has the image, or its registry has been asked.',
    references: [
      'https://hub.docker.com/_/buildpack-deps',
      'https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image',
    ],
  },
  examples: {
    bad: [
      {
        code: 'FROM node:24 AS build\nRUN npm ci && npm run build\n\nFROM «node:24»\nCOPY --from=build /app /app\nUSER node\nCMD ["node", "/app/server.js"]\n',
        fixed:
          'FROM node:24 AS build\nRUN npm ci && npm run build\n\nFROM node:24-slim\nCOPY --from=build /app /app\nUSER node\nCMD ["node", "/app/server.js"]\n',
      },
      {
        note: 'With what both weigh, where the registry has been asked.',
        code: 'FROM «node:22»\nUSER node\n',
        files: { 'size node:22': '391000000', 'size node:22-slim': '77000000' },
        fixed: 'FROM node:22-slim\nUSER node\n',
      },
      {
        note: 'The release of the system stays.',
        code: 'ARG TAG=3.14-trixie\nFROM «python:$TAG»\nUSER nobody\n',
        fixed: 'ARG TAG=3.14-slim-trixie\nFROM python:$TAG\nUSER nobody\n',
      },
      {
        note: 'A digest has to change with the tag.',
        code: 'FROM «node:24@sha256:1111111111111111111111111111111111111111111111111111111111111111»\nUSER node\n',
        fixed:
          'FROM node:24@sha256:1111111111111111111111111111111111111111111111111111111111111111\nUSER node\n',
      },
    ],
    good: [
      { code: 'FROM node:24-slim\nUSER node\n' },
      {
        note: 'It is needed here.',
        code: 'FROM python:3.14\nRUN gcc -o /usr/bin/tool tool.c\nUSER nobody\n',
      },
      { note: 'The plain tag is light already.', code: 'FROM nginx:1.30\nCOPY . /usr/share/nginx/html\n' },
    ],
  },
  check: ({ model, facts, report }) => ({
    stage(stage) {
      if (!stage.isFinal) return;
      const { from, base } = stage.chain.at(-1) ?? stage;
      const { reference, image } = from;
      if (!image || !reference.known || base.kind !== 'image') return;
      const lighter = compilesOnBase(stage) ? undefined : lighterImage(reference.value, base.local, facts);
      if (lighter === undefined) return;
      const { data, lookUp } = lighter;
      const fixes = pinFromFixes(model, from, reference.value, lighter.fixesFor);
      report('heavy', { at: image.span, data, lookUp, fixes });
    },
  }),
});
