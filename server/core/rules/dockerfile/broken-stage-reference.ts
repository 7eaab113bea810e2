// broken-stage-reference: FROM, COPY --from or a mount that names a stage which cannot be had there.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { dependsOn, type Source, sourcesOf } from '../../insight/sources.ts';
import { tagsOf } from '../../knowledge/tags.ts';
import type { DockerfileModel, Instruction, Stage } from '../../model/dockerfile/model.ts';
import { stageFromVariable } from '../../repairs/stage-name.ts';
import { replace } from '../../text/edit.ts';
import { nearestName } from '../../text/nearest.ts';

const isNumber = (written: string): boolean => /^\d+$/.test(written);

/** A name that could be a stage's, and that no official image has. */
const soundsLikeStage = (written: string): boolean =>
  /^[a-z][\w.-]*$/i.test(written) && written !== 'scratch' && tagsOf(written) === undefined;

/** Nothing has put a file into it. */
const isEmpty = (stage: Stage): boolean =>
  stage.root.kind === 'scratch' &&
  !stage.chain.some(({ instructions }) =>
    instructions.some(({ keyword }) => /^(?:ADD|COPY|RUN)$/.test(keyword)),
  );

type Verdict = 'own' | 'later' | 'circular' | 'empty' | 'number' | 'missing' | 'variable' | 'base-below';

function judgeStage(model: DockerfileModel, { kind, stage }: Source, own: Stage | null): Verdict | null {
  if (stage === null) return null;
  if (own !== null && stage.index >= own.index) {
    if (stage === own) return 'own';
    return dependsOn(model, stage, own) ? 'circular' : 'later';
  }
  return kind === 'COPY' && isEmpty(stage) ? 'empty' : null;
}

function judge(model: DockerfileModel, source: Source, own: Stage | null): Verdict | null {
  const { kind, written, stage } = source;
  if (kind === 'FROM') {
    const isBelow = stage === null && model.stages.some(({ name }) => name === written.toLowerCase());
    return isBelow && own?.base.kind === 'image' && soundsLikeStage(written) ? 'base-below' : null;
  }
  if (stage !== null) return judgeStage(model, source, own);
  if (kind === 'COPY' && isNumber(written)) return 'number';
  if (kind === 'COPY' && /\$./.test(written)) return 'variable';
  return soundsLikeStage(written) ? 'missing' : null;
}

function fixesFor(model: DockerfileModel, source: Source, verdict: Verdict, own: Stage | null): Fix[] {
  if (verdict === 'variable') return own === null ? [] : stageFromVariable(model, source, own);
  if (verdict !== 'missing') return [];
  const above = model.stages.slice(0, own?.index ?? 0).flatMap(({ from }) => from.name?.value ?? []);
  const meant = nearestName(source.written, above);
  return meant === undefined ? [] : [fix(`Use ${meant}`, 'suggestion', [replace(source.span, meant)])];
}

export default dockerfileRule({
  id: 'broken-stage-reference',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A stage that cannot be used where it is named',
  messages: {
    own: {
      text: '{name} is the stage that this instruction stands in: it cannot copy from itself, and the build fails. Name an earlier stage, or use RUN.',
      equivalents: [
        'hadolint:DL3023',
        'trivy:DS-0006',
        'kics:copy_from_references_current_from_alias',
        'semgrep:copy-from-own-alias',
        'buildkit:build-error',
      ],
    },
    later: {
      text: '{name} stands below: a stage can use those above it only, and the build fails. Move it up.',
      equivalents: ['hadolint:DL3022', 'buildkit:build-error'],
    },
    circular: {
      text: '{name} is itself made from this stage: neither can be built first, and the build fails. Break the circle.',
      equivalents: ['tally:circular-stage-deps', 'hadolint:DL3022', 'buildkit:build-error'],
    },
    empty: {
      text: 'The stage {name} is empty: it begins with scratch and nothing is put into it, so that the copy fails. Copy from the stage that makes the files.',
      equivalents: ['tally:copy-from-empty-scratch-stage'],
    },
    number: {
      text: 'There is no stage {name}: they are counted from 0. The build fails.',
      equivalents: ['hadolint:DL3022', 'buildkit:build-error'],
    },
    missing: {
      text: 'No stage above is named {name}: it is taken for an image of Docker Hub, or for a build context of that name. Name a stage, or the image with its tag.',
      severity: 'warning',
      equivalents: ['hadolint:DL3022'],
    },
    variable: {
      text: '--from takes no variables, and the build fails. Give {name} a stage of its own and copy from that.',
      equivalents: ['buildkit:build-error'],
    },
    'base-below': {
      text: 'The stage {name} stands below: here the name means an image of Docker Hub. Move the stage up.',
      severity: 'warning',
    },
  },
  docs: {
    why: 'A stage may use the files of the stages above it. One that names itself, a later one, or one that needs it in turn, does not build. A name that is no stage at all is taken for an image: at best the build fails, at worst it copies from what a stranger has published under that name.',
    remedy:
      'Name a stage above, or an image with its tag. The repair corrects a misspelt name, and gives an image in a variable a stage of its own, which is the place where variables work.',
    limits:
      'Names that a build defines with `--build-context`, or Compose with `additional_contexts`, stand in no Dockerfile: silence the finding there.',
    references: [
      'https://docs.docker.com/build/building/multi-stage/',
      'https://docs.docker.com/reference/dockerfile/#copy---from',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Which stage was meant is known only where a name is nearly right.',
  },
  examples: {
    bad: [
      {
        code: 'FROM golang:1.25 AS build\nCOPY --from=«build» /src /src\n',
        fixed: 'FROM golang:1.25 AS build\nCOPY --from=build /src /src\n',
      },
      {
        code: 'FROM golang:1.25 AS build\nFROM scratch\nCOPY --from=«biuld» /out /\nCOPY --from=«tools» /a /\nCOPY --from=«3» /b /\n',
        fixed:
          'FROM golang:1.25 AS build\nFROM scratch\nCOPY --from=build /out /\nCOPY --from=tools /a /\nCOPY --from=3 /b /\n',
      },
      {
        code: 'FROM golang:1.25 AS build\nRUN --mount=type=bind,from=«assets»,target=/a make\nCOPY --from=«web» /a /a\nFROM node:24.9 AS assets\nFROM nginx:1.29 AS web\nCOPY --from=build /out /\nFROM web\n',
        fixed:
          'FROM golang:1.25 AS build\nRUN --mount=type=bind,from=assets,target=/a make\nCOPY --from=web /a /a\nFROM node:24.9 AS assets\nFROM nginx:1.29 AS web\nCOPY --from=build /out /\nFROM web\n',
      },
      {
        code: 'FROM scratch AS files\nENV A=1\nFROM alpine:3.24\nCOPY --from=«files» /out /\n',
        fixed: 'FROM scratch AS files\nENV A=1\nFROM alpine:3.24\nCOPY --from=files /out /\n',
      },
      {
        code: 'ARG TOOLS=alpine:3.24\nFROM debian:13\nCOPY --from=«${TOOLS}» /bin/busybox /bin/\n',
        fixed:
          'ARG TOOLS=alpine:3.24\nFROM ${TOOLS} AS tools\nFROM debian:13\nCOPY --from=tools /bin/busybox /bin/\n',
      },
      {
        code: 'FROM «runtime» AS test\nFROM debian:13 AS runtime\nFROM test\n',
        fixed: 'FROM runtime AS test\nFROM debian:13 AS runtime\nFROM test\n',
      },
    ],
    good: [
      {
        note: 'A stage above, an image, and one of the official images.',
        code: 'FROM golang:1.25 AS build\nFROM scratch\nCOPY --from=Build /out /\nCOPY --from=example/tools:1.2 /a /\nCOPY --from=busybox:1.37 /bin/sh /bin/\n',
      },
      {
        note: 'Triggers run in another file, with stages of its own.',
        code: 'FROM golang:1.25 AS build\nONBUILD COPY --from=build /a /\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const visit = (instruction: Instruction): void => {
      if (instruction.onbuild !== null) return;
      const own = instruction.stage;
      for (const source of sourcesOf(model, instruction)) {
        const verdict = judge(model, source, own);
        if (verdict === null) continue;
        const fixes = fixesFor(model, source, verdict, own);
        report(verdict, { at: source.span, data: { name: source.written }, fixes });
      }
    };
    return { instruction: { FROM: visit, COPY: visit, RUN: visit } };
  },
});
