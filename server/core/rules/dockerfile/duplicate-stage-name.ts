// duplicate-stage-name: two stages of one name.
import { dockerfileRule } from '../../engine/rule.ts';
import type { Stage } from '../../model/dockerfile/model.ts';
import { freeStageName, renameFixes } from '../../repairs/stage-name.ts';

export default dockerfileRule({
  id: 'duplicate-stage-name',
  linked: true,
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Two stages with one name',
  messages: {
    taken: {
      text: 'A stage above is named {name} too: what stands between them means that one, everything else means this one. Give each stage a name of its own.',
      equivalents: [
        'buildkit:DuplicateStageName',
        'hadolint:DL3024',
        'trivy:DS-0012',
        'checkov:CKV_DOCKER_11',
        'kics:same_alias_in_different_froms',
        'semgrep:alias-must-be-unique',
        'dockerfile-utils:DUPLICATE_BUILD_STAGE_NAME',
      ],
    },
    hidden: {
      text: 'A stage below takes the name {name} as well: from there on, and with `--target {name}`, this one is out of reach.',
      severity: 'hint',
      equivalents: ['kics:same_alias_in_different_froms', 'dockerfile-utils:DUPLICATE_BUILD_STAGE_NAME'],
    },
  },
  docs: {
    why: 'A `FROM` means the last stage of that name above it, `COPY --from`, a mount and `--target` mean the last one of the file. So one name means two things, and a stage moved or copied changes what is built without an error. Letter case does not tell names apart.',
    remedy:
      'Give each stage a name of its own. The repair renames the later stage, and with it everything that means it today, so that the same image is built.',
    limits:
      'A name that a build passes with `--target` stands in no Dockerfile: look for it in scripts and Compose files.',
    references: [
      'https://docs.docker.com/reference/build-checks/duplicate-stage-name/',
      'https://docs.docker.com/build/building/multi-stage/#name-your-build-stages',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A build that asks for the stage with `--target` gets the other one afterwards. The stage above keeps its name.',
  },
  examples: {
    bad: [
      {
        code: 'FROM node:24.9-slim AS «build»\nRUN npm ci\nFROM golang:1.25 AS «build»\nRUN make\nFROM scratch\nCOPY --from=build /out /\n',
        fixed:
          'FROM node:24.9-slim AS build\nRUN npm ci\nFROM golang:1.25 AS build-2\nRUN make\nFROM scratch\nCOPY --from=build-2 /out /\n',
      },
      {
        note: 'What means the first one goes on meaning it.',
        code: 'FROM alpine:3.24 AS «base»\nFROM base AS test\nFROM --platform=$BUILDPLATFORM debian:13 AS «Base»\nFROM test\nRUN --mount=type=bind,from=base,target=/base ls /base\n',
        fixed:
          'FROM alpine:3.24 AS base\nFROM base AS test\nFROM --platform=$BUILDPLATFORM debian:13 AS base-2\nFROM test\nRUN --mount=type=bind,from=base-2,target=/base ls /base\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.24 AS build\nFROM alpine:3.24 AS builder\nCOPY --from=build /a /a\n' },
      { note: 'Stages without a name.', code: 'FROM alpine:3.24\nFROM alpine:3.24\nCOPY --from=0 /a /a\n' },
    ],
  },
  check: ({ model, report }) => {
    const seen = new Map<string, Stage>();
    const reported = new Set<Stage>();
    return {
      stage(stage) {
        const { name } = stage.from;
        if (stage.name === null || name === null) return;
        const earlier = seen.get(stage.name);
        seen.set(stage.name, stage);
        if (earlier === undefined) return;
        const data = { name: name.value };
        const first = earlier.from.name;
        if (first !== null && !reported.has(earlier)) report('hidden', { at: first.span, data });
        reported.add(stage);
        const fixes = renameFixes(model, stage, freeStageName(model, stage.name), 'unsafe');
        report('taken', { at: name.span, data, fixes });
      },
    };
  },
});
