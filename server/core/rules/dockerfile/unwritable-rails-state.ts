// unwritable-rails-state: a Rails application of root, started by an account that has to write into it.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { destinationOf } from '../../insight/copy-target.ts';
import { isWithin } from '../../insight/folders.ts';
import { isGivenAwayLater } from '../../insight/ownership-changes.ts';
import { processOf } from '../../insight/process.ts';
import { builtFrom, commandsOf, commandsWith } from '../../insight/run-effects.ts';
import { isRoot, runsAs } from '../../insight/runs-as.ts';
import { inspectStage } from '../../insight/stage.ts';
import type { CopyInstruction, DockerfileModel, Instruction, Stage } from '../../model/dockerfile/model.ts';
import { insertBefore, keywordLike } from '../../repairs/writing.ts';

const folders = ['log', 'storage', 'tmp'];

/** Something of Rails is called in the build, or is the process; Puma alone serves others as well. */
const isRails = (stage: Stage): boolean =>
  [
    ...commandsWith(builtFrom(stage), /rails|assets:precompile/),
    ...(processOf(stage, 'ENTRYPOINT')?.script.commands ?? []),
    ...(processOf(stage, 'CMD')?.script.commands ?? []),
  ].some(({ nameWord, args }) =>
    [nameWord, ...args].some(word => /^(?:\S*\/)?rails$|^assets:precompile$/.test(word?.value ?? '')),
  );

/** Copies all of the application to where the process starts, for root. */
function isOfRoot(copy: CopyInstruction, home: string): boolean {
  const { sources, from, flags, before, onbuild } = copy;
  const [source, ...others] = sources;
  const isWhole =
    /^\.?\/?$/.test(source?.value ?? '/x') || (from !== null && source?.value.replace(/\/\.?$/, '') === home);
  const isForRoot = !before.user.known || isRoot(before.user.value);
  const isOwned = flags.some(({ name }) => name === 'chown');
  return (
    isWhole &&
    others.length === 0 &&
    isForRoot &&
    !isOwned &&
    onbuild === null &&
    destinationOf(copy) === home
  );
}

/** What else lets an account write below a folder: a mode, `install -o`, a copy for it. */
const opensFolder = (instruction: Instruction, home: string): boolean => {
  if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD')
    return (
      instruction.flags.some(({ name }) => name === 'chown') &&
      isWithin(destinationOf(instruction) ?? home, home)
    );
  return commandsOf([instruction]).some(({ name }) =>
    /^(?:chmod|install|setfacl|chown|chgrp)$/.test(name ?? ''),
  );
};

/** In front of the USER, as long as the build works as root. */
function giveFolders(model: DockerfileModel, copy: CopyInstruction, stage: Stage, home: string): Fix[] {
  const user = stage.instructions.findLast(({ keyword }) => keyword === 'USER');
  const account = user?.words[0]?.value ?? '';
  const isMeant = user !== undefined && user.index > copy.index && /^[\w.-]+(?::[\w.-]+)?$/.test(account);
  if (!isMeant || !isRoot(user.before.user.known ? user.before.user.value : 'root')) return [];
  const paths = folders.map(folder => `${home}/${folder}`).join(' ');
  const line = `${keywordLike(model, 'RUN')} mkdir -p ${paths} && chown -R ${account} ${paths}`;
  return [fix(`Give log, storage and tmp to ${account}`, 'unsafe', [insertBefore(model, user, [line])])];
}

export default dockerfileRule({
  id: 'unwritable-rails-state',
  category: 'reliability',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Rails cannot write its log, its storage and its temporary files',
  messages: {
    unwritable: {
      text: 'What is copied to {home} is of root, and Rails runs as {user}: it cannot write log, storage and tmp, and its server stops at `tmp/pids`. Give these folders to {user}, and leave the rest to root.',
      equivalents: ['tally:ruby/state-paths-not-writable-as-non-root'],
    },
  },
  docs: {
    why: 'COPY makes files of root, those of another stage included, whoever owned them there. Rails writes below its own folder: the number of its process, caches, logs, uploads. Started as another account it fails, often with the first request only.',
    remedy:
      'Make `log`, `storage` and `tmp` and give them to the account before `USER`, as the Dockerfile of `rails new` does. With SQLite below `db`, that folder as well. Code of root cannot be changed by whoever breaks in.',
    limits:
      'Only where all of the application is copied to the folder that the process starts in. Any later `chown`, `chmod` or `install` in the stage is taken for the answer.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#copy---chown---chmod',
      'https://github.com/rails/rails/blob/main/railties/lib/rails/generators/rails/app/templates/Dockerfile.tt',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'The account can write there afterwards. Where it is set in another stage, or by a variable, the place is left to a person.',
  },
  examples: {
    bad: [
      {
        note: 'An owner in the stage before does not come along.',
        code: 'FROM ruby:3.4-slim AS build\nWORKDIR /rails\nCOPY . .\nRUN bundle exec rails assets:precompile && chown -R 1000 /rails\nFROM ruby:3.4-slim\nWORKDIR /rails\nCOPY --from=build /rails «/rails»\nUSER 1000:1000\nCMD ["./bin/rails", "server"]\n',
        fixed:
          'FROM ruby:3.4-slim AS build\nWORKDIR /rails\nCOPY . .\nRUN bundle exec rails assets:precompile && chown -R 1000 /rails\nFROM ruby:3.4-slim\nWORKDIR /rails\nCOPY --from=build /rails /rails\nRUN mkdir -p /rails/log /rails/storage /rails/tmp && chown -R 1000:1000 /rails/log /rails/storage /rails/tmp\nUSER 1000:1000\nCMD ["./bin/rails", "server"]\n',
      },
      {
        note: 'An account that only the build knows.',
        code: 'FROM ruby:3.4-slim\nARG ACCOUNT=app\nWORKDIR /app\nCOPY . «.»\nRUN bin/rails assets:precompile\nUSER $ACCOUNT\nCMD ["bundle", "exec", "puma"]\n',
        fixed:
          'FROM ruby:3.4-slim\nARG ACCOUNT=app\nWORKDIR /app\nCOPY . .\nRUN bin/rails assets:precompile\nUSER $ACCOUNT\nCMD ["bundle", "exec", "puma"]\n',
      },
    ],
    good: [
      {
        note: 'As `rails new` writes it.',
        code: 'FROM ruby:3.4-slim\nWORKDIR /rails\nCOPY --from=build /rails /rails\nRUN useradd rails && chown -R rails:rails db log storage tmp\nUSER rails\nCMD ["./bin/rails", "server"]\n',
      },
      {
        code: 'FROM ruby:3.4-slim\nWORKDIR /rails\nCOPY --chown=1000 . .\nUSER 1000\nCMD ["./bin/rails", "server"]\n',
      },
      {
        note: 'Another application of Ruby.',
        code: 'FROM ruby:3.4-slim\nWORKDIR /app\nCOPY . .\nUSER 1000\nCMD ["bundle", "exec", "puma"]\n',
      },
      {
        note: 'Root may write, and a part of the application is no application.',
        code: 'FROM ruby:3.4-slim\nWORKDIR /app\nCOPY . .\nCMD ["bin/rails", "server"]\nFROM ruby:3.4-slim\nWORKDIR /app\nCOPY config config\nUSER 1000\nCMD ["bin/rails", "console"]\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    stage(stage) {
      if (!stage.isFinal || !isRails(stage)) return;
      const { workdir } = stage.final;
      if (!workdir.known) return;
      const home = workdir.value;
      const process = runsAs(inspectStage(stage));
      const copy = stage.instructions.find(
        (other): other is CopyInstruction => other.keyword === 'COPY' && isOfRoot(other, home),
      );
      if (process.kind !== 'other' || !copy?.destination || isGivenAwayLater(stage, copy)) return;
      const later = stage.instructions.filter(({ index }) => index > copy.index);
      if (later.some(instruction => opensFolder(instruction, home))) return;
      const fixes = giveFolders(model, copy, stage, home);
      report('unwritable', { at: copy.destination.span, data: { home, user: process.user }, fixes });
    },
  }),
});
