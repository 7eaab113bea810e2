// deprecated-bundler-option: options of `bundle install` that Bundler has given up for settings.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { packageWork } from '../../insight/package-work.ts';
import type { DockerfileModel, Instruction, RunInstruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand, ShellWord } from '../../model/shell/script.ts';
import { removeArgument } from '../../repairs/commands.ts';
import { insertBefore, keywordLike } from '../../repairs/writing.ts';

const settings: Readonly<Record<string, string>> = {
  '--without': 'BUNDLE_WITHOUT',
  '--with': 'BUNDLE_WITH',
  '--deployment': 'BUNDLE_DEPLOYMENT',
  '--frozen': 'BUNDLE_FROZEN',
  '--path': 'BUNDLE_PATH',
  '--clean': 'BUNDLE_CLEAN',
  '--no-prune': 'BUNDLE_NO_PRUNE',
  '--system': 'BUNDLE_PATH__SYSTEM',
};

const switches = /^--(?:deployment|frozen|clean|no-prune|system)$/;

interface OldOption {
  readonly name: string;
  readonly variable: string;
  /** Null where a variable hides it. */
  readonly value: string | null;
  readonly words: readonly ShellWord[];
}

/** Groups are parted by blanks, or by colons. */
function valuesBehind(args: readonly ShellWord[], index: number): readonly ShellWord[] {
  const behind = args.slice(index + 1);
  const end = behind.findIndex(({ value }) => value?.startsWith('-') === true);
  return end < 0 ? behind : behind.slice(0, end);
}

function oldOptions({ args }: ShellCommand): readonly OldOption[] {
  return args.flatMap((word, index): OldOption[] => {
    const [name = '', attached] = (word.value ?? '').split('=');
    const variable = Object.hasOwn(settings, name) ? settings[name] : undefined;
    if (variable === undefined) return [];
    if (switches.test(name)) return [{ name, variable, value: '1', words: [word] }];
    if (attached !== undefined)
      return [{ name, variable, value: attached.replaceAll(' ', ':'), words: [word] }];
    const all = valuesBehind(args, index);
    const values = name === '--path' ? all.slice(0, 1) : all;
    const isKnown = values.length > 0 && values.every(({ value }) => value !== null);
    const value = values.map(one => (one.value ?? '').replaceAll(' ', ':')).join(':');
    return [{ name, variable, value: isKnown ? value : null, words: [word, ...values] }];
  });
}

function asSetting(
  model: DockerfileModel,
  run: RunInstruction,
  command: ShellCommand,
  { variable, value, words }: OldOption,
): Fix[] {
  if (value === null || !/^[\w./:-]+$/.test(value) || run.onbuild) return [];
  const line = `${keywordLike(model, 'ENV')} ${variable}=${value}`;
  const removed = words.map(word => removeArgument(model, command, word));
  return [fix(`Set ${variable} instead`, 'unsafe', [insertBefore(model, run, [line]), ...removed])];
}

export default dockerfileRule({
  id: 'deprecated-bundler-option',
  category: 'correctness',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'An option that Bundler has given up',
  messages: {
    deprecated: {
      text: '`{option}` is on its way out, as Bundler says with every install: version 4 does not know it. Set `{variable}` instead, which holds for every later call, too.',
      equivalents: ['tally:ruby/deprecated-bundler-install-flags'],
    },
  },
  docs: {
    why: 'Bundler used to remember the options of one install for all later ones, in a file that is easily lost between layers. Version 2 warns of them, version 4 takes them no longer.',
    remedy:
      'Use the settings: `BUNDLE_WITHOUT=development:test`, `BUNDLE_DEPLOYMENT=1`, `BUNDLE_PATH=vendor/bundle`, as variables of the image or by `bundle config set --local`. The repair sets the variable before the RUN.',
    references: [
      'https://bundler.io/man/bundle-config.1.html',
      'https://bundler.io/guides/bundler_2_upgrade.html',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'The variable holds in the container, too. A value that a variable hides, and what ONBUILD defers, is left alone.',
  },
  examples: {
    bad: [
      {
        code: 'FROM ruby:3.4-slim\nRUN bundle install «--without» development test --jobs 4\n',
        fixed: 'FROM ruby:3.4-slim\nENV BUNDLE_WITHOUT=development:test\nRUN bundle install --jobs 4\n',
      },
      {
        note: 'Bundler installs where it is told nothing else.',
        code: 'FROM ruby:3.4-slim\nRUN bundle «--without=test»\nRUN bundle install «--clean»\n',
        fixed:
          'FROM ruby:3.4-slim\nENV BUNDLE_WITHOUT=test\nRUN bundle\nENV BUNDLE_CLEAN=1\nRUN bundle install\n',
      },
      {
        code: 'FROM ruby:3.4-slim\nARG DIR\nRUN bundle install «--path» $DIR\n',
        fixed: 'FROM ruby:3.4-slim\nARG DIR\nRUN bundle install --path $DIR\n',
      },
    ],
    good: [
      {
        code: 'FROM ruby:3.4-slim\nENV BUNDLE_WITHOUT=development:test BUNDLE_DEPLOYMENT=1\nRUN bundle install\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const visit = (command: ShellCommand, instruction: Instruction): void => {
      if (instruction.keyword !== 'RUN') return;
      if (packageWork(command)?.action !== 'restore') return;
      for (const option of oldOptions(command)) {
        const [word] = option.words;
        if (word === undefined) continue;
        const fixes = asSetting(model, instruction, command, option);
        report('deprecated', {
          at: word.span,
          data: { option: option.name, variable: option.variable },
          fixes,
        });
      }
    };
    return { command: { bundle: visit, bundler: visit } };
  },
});
