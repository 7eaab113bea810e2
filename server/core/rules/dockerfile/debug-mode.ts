// debug-mode: software that is shipped in the mode for those who write it.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isNamedForDevelopment, startsDevelopmentServer } from '../../insight/purpose.ts';
import { leavesLayer } from '../../insight/shipped.ts';
import { type DebugVariable, debugVariable } from '../../knowledge/debug-variables.ts';
import { developmentPrograms, isDebugOption } from '../../knowledge/development-programs.ts';
import type {
  DockerfileModel,
  Instruction,
  KeyValue,
  VariablesInstruction,
} from '../../model/dockerfile/model.ts';
import type { ShellCommand, ShellWord } from '../../model/shell/script.ts';
import { removeArgument } from '../../repairs/commands.ts';
import { removePair } from '../../repairs/removal.ts';
import { replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

function repairs(
  model: DockerfileModel,
  env: VariablesInstruction,
  pair: KeyValue,
  { instead }: DebugVariable,
): Fix[] {
  if (instead === null || pair.value === null)
    return [fix(`Leave out ${pair.name}`, 'unsafe', [removePair(model, env, pair)])];
  return [fix(`Set ${pair.name} to ${instead}`, 'unsafe', [replace(pair.value.span, instead)])];
}

/** The first words behind the program, as far as they say what it does. */
function namingWords({ args }: ShellCommand): readonly ShellWord[] {
  const other = args.findIndex(({ value }) => !/^[a-z][\w./-]*$/i.test(value ?? ''));
  return args.slice(0, Math.min(other < 0 ? args.length : other, 2));
}

const isProcess = ({ keyword }: Instruction): boolean => keyword === 'CMD' || keyword === 'ENTRYPOINT';

export default dockerfileRule({
  id: 'debug-mode',
  category: 'security',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A debug mode is on in the image',
  messages: {
    debug: {
      text: '`{name}={value}` switches a debug mode on in every container: errors show code and settings to whoever causes them. Leave it out, and set it where somebody debugs.',
      equivalents: ['sonar:S4507'],
    },
    environment: {
      text: '`{name}={value}` makes the image one for development, with detailed errors and without what makes production fast. Set it to `{instead}`.',
      equivalents: ['sonar:S4507'],
    },
    xdebug: {
      text: '`{name}={value}` has Xdebug at work in every container: slow, and a door for whoever reaches it. Set it to `{instead}`.',
      equivalents: ['sonar:S4507'],
    },
    option: {
      text: '`{option}` starts `{program}` so that code can be changed or looked into while it runs, by whoever reaches it. Leave it out.',
    },
    server: {
      text: '`{program}` serves whoever writes the software: it is neither made for load nor for attackers. Start what serves in production, or name the stage `dev`.',
    },
  },
  docs: {
    why: 'In debug mode software shows stack traces, settings and sometimes a console to whoever makes it fail, reloads code, and waits for debuggers. What helps on a desk is a way in when it is shipped.',
    remedy:
      'Build images for production, and switch debugging on where it is needed: `docker run -e DEBUG=1`, an override file of Compose, or a stage named `dev` that starts from the other one. The repair takes the variable or the option out, or sets the value for production.',
    limits:
      'Only stages that are shipped count, and not those that are named for development or tests. For servers of development there is no repair: what serves in production, the file does not say.',
    references: [
      'https://cwe.mitre.org/data/definitions/489.html',
      'https://docs.docker.com/compose/how-tos/production/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'The software behaves differently, as it is meant to. Which server serves in production, the file does not say.',
  },
  examples: {
    bad: [
      {
        code: 'FROM python:3.14-slim\nENV «FLASK_DEBUG=1» \\\n    PYTHONUNBUFFERED=1\nENV «DEBUG=true»\n',
        fixed: 'FROM python:3.14-slim\nENV PYTHONUNBUFFERED=1\n',
      },
      {
        code: 'FROM node:24-slim\nENV «NODE_ENV=development»\nENV «APP_ENV=dev» «ASPNETCORE_ENVIRONMENT="Development"»\n',
        fixed:
          'FROM node:24-slim\nENV NODE_ENV=production\nENV APP_ENV=prod ASPNETCORE_ENVIRONMENT=Production\n',
      },
      {
        code: 'FROM php:8.4-fpm\nENV «XDEBUG_MODE=debug»\n',
        fixed: 'FROM php:8.4-fpm\nENV XDEBUG_MODE=off\n',
      },
      {
        code: 'FROM node:24-slim\nCMD ["node", «"--inspect=0.0.0.0:9229"», "server.js"]\n',
        fixed: 'FROM node:24-slim\nCMD ["node", "server.js"]\n',
      },
      {
        code: 'FROM python:3.14-slim\nENTRYPOINT exec uvicorn app:app «--reload» --host 0.0.0.0\n',
        fixed: 'FROM python:3.14-slim\nENTRYPOINT exec uvicorn app:app --host 0.0.0.0\n',
      },
      {
        code: 'FROM python:3.14-slim\nCMD [«"python", "manage.py", "runserver"», "0.0.0.0:8000"]\n',
        fixed: 'FROM python:3.14-slim\nCMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]\n',
      },
    ],
    good: [
      { code: 'FROM node:24-slim\nENV NODE_ENV=production DEBUG=\nCMD ["node", "server.js"]\n' },
      {
        note: 'The stage says what it is for.',
        code: 'FROM python:3.14-slim AS dev\nENV FLASK_DEBUG=1\nCMD ["flask", "run", "--debug"]\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const counts = (instruction: Instruction): boolean =>
      leavesLayer(instruction) && !(instruction.stage && isNamedForDevelopment(instruction.stage));

    const options = (command: ShellCommand): void => {
      for (const word of command.args) {
        if (!isDebugOption(command.name ?? '', word.value ?? '')) continue;
        const edit = removeArgument(model, command, word);
        report('option', {
          at: word.span,
          data: { option: word.value ?? '', program: command.name ?? '' },
          fixes: [fix(`Leave out ${word.value}`, 'unsafe', [edit])],
        });
      }
    };
    const server = (command: ShellCommand): void => {
      const words = namingWords(command);
      const program = [command.name, ...words.map(({ value }) => value)].join(' ');
      const start = command.nameWord?.span.start ?? command.span.start;
      const { end } = (words.at(-1) ?? command.nameWord ?? command).span;
      report('server', { at: span(start, end), data: { program } });
    };
    const started = (command: ShellCommand, instruction: Instruction): void => {
      if (!isProcess(instruction) || !counts(instruction)) return;
      options(command);
      if (startsDevelopmentServer(command)) server(command);
    };
    return {
      instruction: {
        ENV(env) {
          for (const pair of env.pairs) {
            const value = pair.resolved?.known ? pair.resolved.value : null;
            const found = value === null ? null : debugVariable(pair.name, value);
            if (found === null || value === null || !counts(env)) continue;
            const at = pair.span;
            const fixes = repairs(model, env, pair, found);
            if (found.kind === 'debug') report('debug', { at, data: { name: pair.name, value }, fixes });
            else
              report(found.kind, {
                at,
                data: { name: pair.name, value, instead: found.instead ?? '' },
                fixes,
              });
          }
        },
      },
      programs: [{ names: developmentPrograms, visit: started }],
    };
  },
});
