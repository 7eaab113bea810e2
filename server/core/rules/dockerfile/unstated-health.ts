// unstated-health: an image that says neither how it is found healthy, nor that it is not to be asked.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { healthcheckOf, listeningPorts } from '../../insight/health.ts';
import { startsOwnProcess } from '../../insight/process.ts';
import { inspectStage } from '../../insight/stage.ts';
import type { Stage } from '../../model/dockerfile/model.ts';
import { insertIntoRuntimePart, keywordLike } from '../../repairs/writing.ts';

/** Files in an image of nothing are there to be taken out of it: no container ever starts. */
const isForItsFiles = (stage: Stage): boolean => stage.root.kind === 'scratch' && !startsOwnProcess(stage);

export default dockerfileRule({
  id: 'unstated-health',
  category: 'reliability',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'No word about the health of the container',
  messages: {
    unstated: {
      text: 'Nothing says whether a container of this image is well, or that nobody is to ask. Add HEALTHCHECK for a service, and `HEALTHCHECK NONE` where the program runs to its end.',
      equivalents: [
        'hadolint:DL3057',
        'trivy:DS-0026',
        'checkov:CKV_DOCKER_2',
        'kics:healthcheck_instruction_missing',
      ],
    },
  },
  docs: {
    why: 'The CIS Docker Benchmark (4.6) wants a HEALTHCHECK in every image, and an auditor cannot tell a service that was forgotten from a tool that needs none. Where the image listens on a port, missing-healthcheck says so and offers the check.',
    remedy:
      'Add the check of the service. For an image whose program runs to its end, write `HEALTHCHECK NONE`, as the repair does: it is then said, not forgotten.',
    limits:
      'Images that listen on a port are left to missing-healthcheck. An image made from `scratch` that starts nothing is left alone.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#healthcheck',
      'https://www.cisecurity.org/benchmark/docker',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Whether the program serves anybody is known to its author. A stage that ends in half a line takes no further one.',
  },
  examples: {
    bad: [
      {
        code: 'FROM «alpine:3.22»\nENTRYPOINT ["jq"]\n',
        fixed: 'FROM alpine:3.22\nHEALTHCHECK NONE\nENTRYPOINT ["jq"]\n',
      },
      {
        note: 'What nobody asked in a stage before counts for the image.',
        code: 'FROM debian:13 AS base\nRUN make\nFROM «base»\nUSER nobody\n',
        fixed: 'FROM debian:13 AS base\nRUN make\nFROM base\nUSER nobody\nHEALTHCHECK NONE\n',
      },
      {
        code: 'FROM «alpine:3.22»\nCOPY a /a \\\n',
        fixed: 'FROM alpine:3.22\nCOPY a /a \\\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nHEALTHCHECK NONE\nENTRYPOINT ["jq"]\n' },
      { code: 'FROM debian:13 AS base\nHEALTHCHECK CMD ["/check"]\nFROM base\nCMD ["/app"]\n' },
      { note: 'Nothing is started.', code: 'FROM scratch\nCOPY out /\n' },
      { note: 'missing-healthcheck has more to say.', code: 'FROM alpine:3.22\nEXPOSE 80\nCMD ["/app"]\n' },
    ],
  },
  check: ({ model, report }) => ({
    stage(stage) {
      if (!stage.isFinal || healthcheckOf(stage) || isForItsFiles(stage)) return;
      const insight = inspectStage(stage);
      if (insight.facts?.healthcheck || listeningPorts(insight).length > 0) return;
      const edit = insertIntoRuntimePart(model, stage, [`${keywordLike(model, 'HEALTHCHECK')} NONE`]);
      report('unstated', {
        at: stage.from.image?.span ?? stage.from.span,
        fixes: edit ? [fix('Add HEALTHCHECK NONE', 'suggestion', [edit])] : [],
      });
    },
  }),
});
