// xdebug-in-image: a debugger of PHP in the image that is shipped.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { onPackageWork } from '../../insight/package-work.ts';
import { isNamedForDevelopment } from '../../insight/purpose.ts';
import { leavesLayer } from '../../insight/shipped.ts';
import type { DockerfileModel, Instruction, RunInstruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand, ShellWord } from '../../model/shell/script.ts';
import { removeArgument, removeCommand } from '../../repairs/commands.ts';

const installers = ['docker-php-ext-install', 'docker-php-ext-enable', 'install-php-extensions', 'phpenmod'];

/** `xdebug`, `xdebug-3.4.0`, `xdebug/xdebug`. */
const isXdebug = ({ value }: ShellWord): boolean => /^xdebug(?:[-^@/].*)?$/.test(value ?? '');
/** `php8.4-xdebug`, `php84-pecl-xdebug`, with or without a version. */
const isPackage = ({ value }: ShellWord): boolean =>
  /^php[\d.]*-(?:pecl-)?xdebug\d?(?:[=<>~].*)?$/.test(value ?? '');

/** The word, or the command where it asks for nothing else. */
function leftOut(
  model: DockerfileModel,
  run: RunInstruction,
  command: ShellCommand,
  word: ShellWord,
  operands: readonly ShellWord[],
): Fix[] {
  const edit =
    operands.length > 1 ? removeArgument(model, command, word) : removeCommand(model, run, command);
  return edit === null ? [] : [fix('Leave Xdebug out', 'unsafe', [edit])];
}

export default dockerfileRule({
  id: 'xdebug-in-image',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A debugger of PHP is part of the image',
  messages: {
    xdebug: {
      text: '`{word}` makes a debugger part of the image: every request is slower, and whoever reaches it can run code. Put it into a stage for development, `FROM` this one.',
      equivalents: ['tally:php/no-xdebug-in-final-image'],
    },
  },
  docs: {
    why: 'Xdebug hooks into every call of PHP. Switched on it lets a debugger in, which means running any code; switched off it still slows requests down.',
    remedy:
      'Leave it out of the stage that is shipped, and make another one from that for development: `FROM app AS dev`, with Xdebug in it. The repair leaves it out.',
    limits: 'Only what is shipped counts, and no stage that is named for development or tests.',
    references: ['https://xdebug.org/docs/install', 'https://docs.docker.com/build/building/multi-stage/'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Settings of Xdebug in files that are copied stay behind. A command that others depend on is left alone.',
  },
  examples: {
    bad: [
      {
        code: 'FROM php:8.4-fpm\nRUN pecl install «xdebug-3.4.0» && docker-php-ext-enable opcache «xdebug»\n',
        fixed: 'FROM php:8.4-fpm\nRUN docker-php-ext-enable opcache\n',
      },
      {
        code: 'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y php8.4-fpm «php8.4-xdebug» && rm -rf /var/lib/apt/lists/*\n',
        fixed:
          'FROM debian:13.1-slim\nRUN apt-get update && apt-get install -y php8.4-fpm && rm -rf /var/lib/apt/lists/*\n',
      },
      {
        code: 'FROM php:8.4-fpm\nRUN if true; then pecl install «xdebug»; fi\n',
        fixed: 'FROM php:8.4-fpm\nRUN if true; then pecl install xdebug; fi\n',
      },
    ],
    good: [
      {
        code: 'FROM php:8.4-fpm AS app\nFROM app AS dev\nRUN pecl install xdebug && docker-php-ext-enable xdebug\n',
      },
      { code: 'FROM php:8.4-fpm\nRUN docker-php-ext-install gd intl\n' },
    ],
  },
  check: ({ model, report }) => {
    const look = (
      run: RunInstruction,
      command: ShellCommand,
      operands: readonly ShellWord[],
      isMeant: (word: ShellWord) => boolean,
    ): void => {
      const meant = operands.filter(isMeant);
      if (meant.length === 0 || !leavesLayer(run)) return;
      if (run.stage !== null && isNamedForDevelopment(run.stage)) return;
      for (const word of meant) {
        const fixes = leftOut(model, run, command, word, operands);
        report('xdebug', { at: word.span, data: { word: word.value ?? '' }, fixes });
      }
    };
    const extension = (command: ShellCommand, instruction: Instruction): void => {
      if (instruction.keyword !== 'RUN') return;
      const operands = command.args.filter(({ value }) => value?.startsWith('-') !== true);
      look(instruction, command, operands, isXdebug);
    };
    const pecl = (command: ShellCommand, instruction: Instruction): void => {
      if (instruction.keyword !== 'RUN') return;
      const [verb, ...operands] = command.args.filter(({ value }) => value?.startsWith('-') !== true);
      if (verb?.value === 'install') look(instruction, command, operands, isXdebug);
    };
    return {
      command: { pecl, pie: pecl },
      programs: [
        onPackageWork(['install'], (work, run) => look(run, work.command, work.operands, isPackage)),
        { names: installers, visit: extension },
      ],
    };
  },
});
