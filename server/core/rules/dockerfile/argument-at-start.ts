// argument-at-start: a build argument that is asked for when the container starts, and has no value any more.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { commandUses } from '../../insight/command-variables.ts';
import { inheritsVariable } from '../../insight/environment.ts';
import { secretName } from '../../knowledge/secret-names.ts';
import type {
  DockerfileModel,
  HealthcheckInstruction,
  ProcessInstruction,
  Stage,
} from '../../model/dockerfile/model.ts';
import { insertBefore, keywordLike } from '../../repairs/writing.ts';

type Started = ProcessInstruction | HealthcheckInstruction;

/** The engine, or the shell itself, gives them a value. */
const alwaysSet = new Set(
  'PATH HOME HOSTNAME TERM PWD OLDPWD SHELL SHLVL IFS UID EUID PPID RANDOM'.split(' '),
);

/** In the stage, or for FROM alone. */
type Scope = 'stage' | 'file' | null;

function scopeOf({ before }: Started, stage: Stage, name: string): Scope {
  const own = before.variable(name);
  if (own !== undefined) return own.kind === 'arg' ? 'stage' : null;
  return stage.from.before.variable(name)?.kind === 'arg' ? 'file' : null;
}

/** What is kept of a secret stays in the image: nothing is offered for it. */
function keep(model: DockerfileModel, started: Started, name: string, scope: Scope): Fix[] {
  if (secretName(name)) return [];
  const env = `${keywordLike(model, 'ENV')} ${name}=$${name}`;
  const lines = scope === 'file' ? [`${keywordLike(model, 'ARG')} ${name}`, env] : [env];
  const group = `ENV ${name} of stage ${started.stage?.index}`;
  return [fix(`Keep ${name} with ENV`, 'unsafe', [insertBefore(model, started, lines)], { group })];
}

export default dockerfileRule({
  id: 'argument-at-start',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A build argument is read when the container starts',
  messages: {
    gone: {
      text: '{keyword} runs when the container does, and the build argument {name} ends with the build: it is empty unless somebody passes it again. Keep it with `ENV {name}=${name}`.',
      equivalents: ['sonar:S6579'],
    },
  },
  docs: {
    why: '`ARG` holds while the image is built. What `CMD`, `ENTRYPOINT` and `HEALTHCHECK` run finds only `ENV`, and what `docker run --env` passes: `--port $PORT` becomes `--port`, without an error at the build.',
    remedy:
      'Hand the value on: `ENV PORT=$PORT`, which the repair writes in front of the instruction. Secrets do not belong there: pass them when the container starts.',
    limits:
      'Variables that the command sets itself, that have a default (`${PORT:-80}`), or that the base image is known to set are left alone.',
    references: ['https://docs.docker.com/build/building/variables/#env-usage-example'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'The process gets a value that it did not have, and the image keeps it. For secrets nothing is offered.',
  },
  examples: {
    bad: [
      {
        code: 'FROM node:24-slim\nARG PORT=8080\nUSER node\nCMD exec node server.js --port $«PORT»\n',
        fixed:
          'FROM node:24-slim\nARG PORT=8080\nUSER node\nENV PORT=$PORT\nCMD exec node server.js --port $PORT\n',
      },
      {
        code: 'ARG MODE=fast\nFROM debian:13\nENTRYPOINT ["sh", "-c", "exec /app --mode=${«MODE»}"]\n',
        fixed:
          'ARG MODE=fast\nFROM debian:13\nARG MODE\nENV MODE=$MODE\nENTRYPOINT ["sh", "-c", "exec /app --mode=${MODE}"]\n',
      },
      {
        code: 'FROM debian:13\nARG API_TOKEN\nHEALTHCHECK CMD check --token "$«API_TOKEN»"\n',
        fixed: 'FROM debian:13\nARG API_TOKEN\nHEALTHCHECK CMD check --token "$API_TOKEN"\n',
      },
    ],
    good: [
      { code: 'FROM node:24-slim\nARG PORT=8080\nENV PORT=$PORT\nCMD exec node server.js --port $PORT\n' },
      {
        note: 'A default, a variable of the command itself, and one that only `docker run` knows.',
        code: 'FROM debian:13\nARG A B\nCMD B=1; run "${A:-80}" "$B" "$C"\n',
      },
      { note: 'Set in every container.', code: 'FROM debian:13\nARG HOME=/srv\nCMD ls $HOME\n' },
      { note: 'No shell, no variable.', code: 'FROM debian:13\nARG A\nCMD ["echo", "$A"]\n' },
    ],
  },
  check: ({ model, report }) => {
    const visit = (started: Started): void => {
      const { stage, onbuild, keyword } = started;
      if (stage === null || onbuild !== null) return;
      const scoped = (name: string): boolean =>
        !alwaysSet.has(name) && scopeOf(started, stage, name) !== null;
      for (const { name, span: at } of commandUses(started, scoped)) {
        if (inheritsVariable(stage, name) === true) continue;
        const fixes = keep(model, started, name, scopeOf(started, stage, name));
        report('gone', { at, data: { keyword, name }, fixes });
      }
    };
    return { instruction: { CMD: visit, ENTRYPOINT: visit, HEALTHCHECK: visit } };
  },
});
