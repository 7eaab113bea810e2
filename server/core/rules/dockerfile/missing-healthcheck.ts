// missing-healthcheck: a service that nobody asks whether it still answers.
import type { Equivalent, Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { healthcheckOf, listeningPorts } from '../../insight/health.ts';
import { asOfText, uncheckedText } from '../../insight/image-facts.ts';
import { inspectStage } from '../../insight/stage.ts';
import type { DockerfileModel, Stage } from '../../model/dockerfile/model.ts';
import type { HealthChoice } from '../../repairs/health-test.ts';
import { healthcheckLines, stageHealthTests } from '../../repairs/healthcheck.ts';
import { insertIntoRuntimePart, keywordLike } from '../../repairs/writing.ts';

const missing = [
  'hadolint:DL3057',
  'trivy:DS-0026',
  'checkov:CKV_DOCKER_2',
  'kics:healthcheck_instruction_missing',
] as const satisfies readonly Equivalent[];

export default dockerfileRule({
  id: 'missing-healthcheck',
  category: 'reliability',
  settledBy: ['healthcheck'],
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A service without a health check',
  messages: {
    missing: {
      text: 'The image listens on port {port} but has no HEALTHCHECK{nor}: a process that hangs counts as healthy. Add a check that asks the service itself.',
      equivalents: missing,
    },
    'no-tool': {
      text: 'The image listens on port {port} but has no HEALTHCHECK, and nothing in {base}{asOf} could make the request. Give the program a way to check itself and call it from HEALTHCHECK.',
      equivalents: missing,
    },
  },
  docs: {
    why: 'Docker restarts a process that ends, but not one that hangs. Without `HEALTHCHECK` nothing asks, so `docker ps`, Compose (`condition: service_healthy`) and Swarm take a service for ready before it is, and for alive after it is not.',
    remedy:
      'Add `HEALTHCHECK` with a command that the image really has: the check of the service itself (`pg_isready`, `redis-cli ping`), the language runtime (`node -e`, `python3 -c`), `curl` or `wget` where they are installed, or a plain connection. The repair asks on the first port that is made for requests; where it asks for the path `/`, change that to the path that tells your service is well.',
    limits:
      'Orchestrators such as Kubernetes use probes of their own and ignore HEALTHCHECK. What a base image outside the table listens on and checks cannot be seen.',
    references: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Which path tells that the service is well, only its author knows.',
  },
  examples: {
    bad: [
      {
        note: 'The runtime itself makes the request: the image has no curl.',
        code: 'FROM node:24-slim\nEXPOSE «3000»\nUSER node\nCMD ["node", "server.js"]\n',
        fixed:
          'FROM node:24-slim\nEXPOSE 3000\nUSER node\nHEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \\\n    CMD ["node", "-e", "require(\'http\').get(\'http://127.0.0.1:3000/\', r => process.exit(r.statusCode < 400 ? 0 : 1))"]\nCMD ["node", "server.js"]\n',
      },
      {
        note: 'BusyBox brings wget.',
        code: 'FROM alpine:3.22\nCOPY app /app\nEXPOSE «8080»\nCMD ["/app"]\n',
        fixed:
          'FROM alpine:3.22\nCOPY app /app\nEXPOSE 8080\nHEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \\\n    CMD wget -q -O /dev/null http://127.0.0.1:8080/ || exit 1\nCMD ["/app"]\n',
      },
      {
        note: 'A service that comes with a check of its own.',
        code: 'FROM «postgres:18»\nCOPY init.sql /docker-entrypoint-initdb.d/\n',
        fixed:
          'FROM postgres:18\nCOPY init.sql /docker-entrypoint-initdb.d/\nHEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \\\n    CMD pg_isready -U ${POSTGRES_USER:-postgres}\n',
      },
      {
        note: 'Of several ports the one for requests is asked.',
        code: 'FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl openssh-server\nEXPOSE 22 «8080/tcp»\nCMD ["/app"]\n',
        fixed:
          'FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl openssh-server\nEXPOSE 22 8080/tcp\nHEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \\\n    CMD curl -fsS -o /dev/null http://127.0.0.1:8080/ || exit 1\nCMD ["/app"]\n',
      },
      {
        note: 'Nothing there could ask.',
        code: 'FROM scratch\nCOPY app /app\nEXPOSE «8080»\nCMD ["/app"]\n',
        fixed: 'FROM scratch\nCOPY app /app\nEXPOSE 8080\nCMD ["/app"]\n',
      },
    ],
    good: [
      {
        code: 'FROM alpine:3.22\nEXPOSE 8080\nHEALTHCHECK CMD wget -q --spider http://127.0.0.1:8080/\nCMD ["/app"]\n',
      },
      { note: 'Nothing listens: a tool, not a service.', code: 'FROM alpine:3.22\nENTRYPOINT ["jq"]\n' },
      {
        note: 'Another program than the service of the base.',
        code: 'FROM postgres:18\nENTRYPOINT ["pg_dump", "--host=db"]\n',
      },
      {
        note: 'Switched off in so many words.',
        code: 'FROM alpine:3.22\nEXPOSE 8080\nHEALTHCHECK NONE\nCMD ["/app"]\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    stage(stage) {
      if (!stage.isFinal || healthcheckOf(stage)) return;
      const insight = inspectStage(stage);
      const [listening] = listeningPorts(insight);
      if (!listening || insight.facts?.healthcheck) return;
      const at = listening.at ?? stage.from.image?.span ?? stage.from.span;
      const port = listening.port ?? listening.written;
      const fixes = stageHealthTests(insight).flatMap(choice => healthcheckFix(model, stage, choice) ?? []);
      if (fixes.length > 0 || insight.system?.packageManager !== 'none') {
        return report('missing', {
          at,
          data: { port, nor: uncheckedText(insight.base, insight.facts) },
          fixes,
        });
      }
      return report('no-tool', {
        at,
        data: { port, base: insight.base ?? 'the image', asOf: asOfText(insight.facts) },
      });
    },
  }),
});

function healthcheckFix(
  model: DockerfileModel,
  stage: Stage,
  { test, asks, guessed }: HealthChoice,
): Fix | null {
  const lines = healthcheckLines(keywordLike(model, 'HEALTHCHECK'), model.escape, test);
  const edit = insertIntoRuntimePart(model, stage, lines);
  const title = `Add a HEALTHCHECK that uses ${asks}`;
  return (
    edit && fix(title, guessed ? 'suggestion' : 'unsafe', [edit], { group: `health of stage ${stage.index}` })
  );
}
