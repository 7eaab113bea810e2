// precompile-without-dummy-key: assets of Rails compiled in a way that asks for the real key.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { environmentValue } from '../../insight/command-environment.ts';
import { isForDevelopment } from '../../insight/purpose.ts';
import type { Instruction, RunInstruction } from '../../model/dockerfile/model.ts';
import { posixShells } from '../../model/shell/interpreter.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { insert } from '../../text/edit.ts';

const keys = ['SECRET_KEY_BASE_DUMMY', 'SECRET_KEY_BASE', 'RAILS_MASTER_KEY'];

/** A key is given, by a variable or as a secret of the build, or there is no need of one. */
const hasKey = (run: RunInstruction, command: ShellCommand): boolean =>
  run.mounts.some(({ type }) => type === 'secret') ||
  keys.some(name => environmentValue(run, command, name) !== undefined) ||
  /^(?:dev|test)/.test(environmentValue(run, command, 'RAILS_ENV') ?? '');

const passing = new Set(['sudo', 'env', ...posixShells]);

/** A variable can stand in front of the command. */
const takesVariable = ({ script }: RunInstruction, { wrappers }: ShellCommand): boolean =>
  (script.kind === 'posix' || wrappers.some(({ name }) => posixShells.includes(name ?? ''))) &&
  wrappers.every(({ name }) => passing.has(name ?? ''));

export default dockerfileRule({
  id: 'precompile-without-dummy-key',
  category: 'security',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Assets of Rails are compiled without a stand-in for the key',
  messages: {
    missing: {
      text: '`{task}` starts Rails, which asks for its key: sooner or later the real one is handed to the build, and stays in its history. Set `SECRET_KEY_BASE_DUMMY=1` for this command.',
      equivalents: ['tally:ruby/asset-precompile-without-dummy-key'],
    },
  },
  docs: {
    why: 'To compile assets, Rails is started in production, and does not start without a secret key. Whoever then passes the real one as a build argument has it in the history of the image, for all who can pull it.',
    remedy:
      'From 7.1 on Rails takes a key made up for the occasion: `SECRET_KEY_BASE_DUMMY=1 ./bin/rails assets:precompile`. Where assets need a real secret, mount it: `--mount=type=secret,id=rails_master_key,env=RAILS_MASTER_KEY`. The repair sets the variable.',
    references: [
      'https://guides.rubyonrails.org/7_1_release_notes.html',
      'https://docs.docker.com/build/building/secrets/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Rails before 7.1 does not know the variable. A list without a shell, and some wrappers, take none.',
  },
  examples: {
    bad: [
      {
        code: 'FROM ruby:3.4-slim\nRUN ./bin/rails «assets:precompile»\nRUN RAILS_ENV=production bundle exec rake «assets:precompile»\n',
        fixed:
          'FROM ruby:3.4-slim\nRUN SECRET_KEY_BASE_DUMMY=1 ./bin/rails assets:precompile\nRUN RAILS_ENV=production SECRET_KEY_BASE_DUMMY=1 bundle exec rake assets:precompile\n',
      },
      {
        code: 'FROM ruby:3.4-slim\nRUN ["bin/rails", «"assets:precompile"»]\n',
        fixed: 'FROM ruby:3.4-slim\nRUN ["bin/rails", "assets:precompile"]\n',
      },
    ],
    good: [
      { code: 'FROM ruby:3.4-slim\nRUN SECRET_KEY_BASE_DUMMY=1 ./bin/rails assets:precompile\n' },
      {
        code: 'FROM ruby:3.4-slim\nRUN --mount=type=secret,id=rails_master_key,env=RAILS_MASTER_KEY \\\n    bin/rails assets:precompile\n',
      },
    ],
  },
  check: ({ report }) => {
    const visit = (command: ShellCommand, instruction: Instruction): void => {
      if (instruction.keyword !== 'RUN') return;
      const task = command.args.find(({ value }) => value === 'assets:precompile');
      if (task === undefined || command.nameWord === null || hasKey(instruction, command)) return;
      if (instruction.stage !== null && isForDevelopment(instruction.stage)) return;
      const edit = insert(command.nameWord.span.start, 'SECRET_KEY_BASE_DUMMY=1 ');
      report('missing', {
        at: task.span,
        data: { task: 'assets:precompile' },
        fixes: takesVariable(instruction, command)
          ? [fix('Set SECRET_KEY_BASE_DUMMY', 'unsafe', [edit])]
          : [],
      });
    };
    return { command: { rails: visit, rake: visit, bundle: visit } };
  },
});
