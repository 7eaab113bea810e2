// compose-schema-violation: a key or value that Compose refuses.
import { composeRule, type Message } from '../../engine/rule.ts';
import type { ComposeModel } from '../../model/compose/model.ts';
import { schemaProblems } from '../../model/compose/schema/check.ts';
import type { SchemaProblem } from '../../model/compose/schema/problem.ts';
import { type SchemaProblemCode, schemaTexts } from '../../model/compose/schema/problem-texts.ts';
import { schemaFixes } from '../../repairs/compose-schema.ts';
import { touches } from '../../text/span.ts';

const { 'missing-value': missing, 'unknown-key': unknown, 'wrong-type': wrong } = schemaTexts;
const unreadable = ['compose-lint:parse-error'] as const;

const messages = {
  ...(Object.fromEntries(
    Object.entries(schemaTexts).map(([code, text]) => [code, { text }]),
  ) as unknown as Readonly<Record<SchemaProblemCode, Message>>),
  'first-format': { text: schemaTexts['first-format'], equivalents: unreadable },
  // Where the file itself, its services or one of them is something else, other tools stop as well.
  'empty-service': { text: missing, equivalents: unreadable },
  'foreign-file': { text: unknown, equivalents: unreadable },
  'no-service': { text: wrong, equivalents: unreadable },
} satisfies Readonly<Record<string, Message>>;

function messageOf({ code, path }: SchemaProblem, { services }: ComposeModel): keyof typeof messages {
  if (code === 'unknown-key') return path.length === 0 && services.length === 0 ? 'foreign-file' : code;
  const isOutline = path.length === 0 || (path[0] === 'services' && path.length <= 2);
  if (!isOutline) return code;
  if (code === 'missing-value') return 'empty-service';
  return code === 'wrong-type' ? 'no-service' : code;
}

export default composeRule({
  id: 'compose-schema-violation',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A key or value that Compose refuses',
  messages,
  docs: {
    why: 'Compose compares the whole file with its schema before it does anything: one misspelt key, one number where text belongs, and no service starts. It tells one mistake at a time, and of a value in an alternative only that none of them fits.',
    remedy:
      'Write what the message names. All mistakes are shown at once, each at its own place. Where it can be told what was meant (a near name, quotes that are missing, a lone entry where a list belongs, a unit), the repair writes that.',
    limits:
      'A variable is taken to have a fitting value. What a service takes from another file by `extends`, and what another file adds, is not counted as missing. What people write under `x-` is theirs.',
    references: [
      'https://docs.docker.com/reference/compose-file/',
      'https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'The file cannot be run as it is: what was meant is a guess, however good. Missing quotes and brackets leave no choice.',
  },
  examples: {
    bad: [
      {
        note: 'Near names, and keys that belong elsewhere.',
        code: 'services:\n  web:\n    «imge»: nginx:1.30\n    «context»: ./web\n    healthcheck:\n      test: ["CMD", "true"]\n      «intervall»: 30s\n«network»:\n  front: {}\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    context: ./web\n    healthcheck:\n      test: ["CMD", "true"]\n      interval: 30s\nnetworks:\n  front: {}\n',
      },
      {
        note: 'Text that YAML reads as something else.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    user: «1000»\n    cpuset: «0»\n    command: [sleep, «10»]\n    environment:\n      «80»: http\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    user: "1000"\n    cpuset: "0"\n    command: [sleep, "10"]\n    environment:\n      "80": http\n',
      },
      {
        note: 'Another form than the key takes.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    cap_drop: «ALL»\n    environment:\n      - «MODE: fast»\n    labels: [«[a]»]\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    cap_drop: [ALL]\n    environment:\n      - MODE=fast\n    labels: [[a]]\n',
      },
      {
        note: 'Durations, sizes, switches, choices.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    read_only: «maybe»\n    stop_grace_period: «30»\n    mem_limit: «512Mi»\n    pull_policy: «allways»\n    oom_score_adj: «5000»\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    read_only: maybe\n    stop_grace_period: 30s\n    mem_limit: 512M\n    pull_policy: always\n    oom_score_adj: 5000\n',
      },
      {
        note: 'What is missing, and what is there twice.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    «ports»:\n    security_opt: [no-new-privileges:true, «no-new-privileges:true»]\n    depends_on:\n      «db»:\n        restart: true\n  db:\n    image: postgres:18.6\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    security_opt: [no-new-privileges:true]\n    depends_on:\n      db:\n        restart: true\n        condition: service_started\n  db:\n    image: postgres:18.6\n',
      },
      {
        note: 'A file of 2014.',
        code: '# The shop.\n«web»:\n  build: .\n\n  # kept\n  links:\n    - db\ndb:\n  image: example/db:1\n',
        fixed:
          '# The shop.\nservices:\n  web:\n    build: .\n\n    # kept\n    links:\n      - db\n  db:\n    image: example/db:1\n',
      },
      {
        note: 'No services at all, and services that are none.',
        code: '«tasks»: {}\n',
        fixed: 'tasks: {}\n',
      },
      {
        code: 'services:\n  «web»:\n  api: «true»\n',
        fixed: 'services:\n  web:\n  api: true\n',
      },
      {
        code: 'services:\n  «web app»:\n    image: nginx:1.30\n',
        fixed: 'services:\n  web app:\n    image: nginx:1.30\n',
      },
    ],
    good: [
      {
        note: 'Variables, casts, merges and extensions.',
        code: 'x-base: &base\n  anything: goes\n  restart: ${RESTART:-always}\nx-run: &run\n  init: "yes"\n  scale: ${SCALE}\nservices:\n  web:\n    <<: *run\n    image: nginx:1.30\n    x-note: [1, 2]\n    read_only: ${READ_ONLY:-true}\n    ports: !reset []\n',
      },
      {
        note: 'What the other service lends is not missing.',
        code: 'services:\n  web:\n    extends: {file: base.yaml, service: web}\n    depends_on:\n      db:\n        restart: true\n  db:\n    image: postgres:18.6\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    file() {
      for (const problem of schemaProblems(model)) {
        // What is no YAML there has been said.
        if (model.problems.some(({ span }) => touches(span, problem.span))) continue;
        const { code, data, span: at, path } = problem;
        // The name of a container has a rule of its own, which wants what the engine wants.
        if (code === 'invalid-name' && path.at(-1) === 'container_name') continue;
        report(messageOf(problem, model), { at, data, fixes: schemaFixes(model, problem) } as never);
      }
    },
  }),
});
