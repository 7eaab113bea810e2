// development-dependencies: tools of those who write the software, installed where it is to run.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { laterRuns } from '../../insight/later-runs.ts';
import { type LanguageWork, onLanguageWork } from '../../insight/package-work.ts';
import { leavesOutDevelopment, projectInstallOf } from '../../insight/project-installs.ts';
import { isForDevelopment } from '../../insight/purpose.ts';
import { leavesLayer } from '../../insight/shipped.ts';
import { isYarnBerry } from '../../insight/yarn.ts';
import type { DockerfileModel, RunInstruction } from '../../model/dockerfile/model.ts';
import { rememberFor } from '../../model/remembered.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { addWords, removeArgument } from '../../repairs/commands.ts';
import { insertBefore, keywordLike } from '../../repairs/writing.ts';

const runners = new Set(['npm', 'yarn', 'pnpm', 'bun', 'npx', 'pnpx', 'bunx']);
const builders = new Set([
  'tsc',
  'webpack',
  'vite',
  'next',
  'ng',
  'gulp',
  'grunt',
  'rollup',
  'esbuild',
  'parcel',
  'nest',
]);

/** Builds or tests the project, for which it needs more than the project itself does, or takes the rest away later. */
function usesOrPrunes({ name, args }: ShellCommand): boolean {
  if (name === null || builders.has(name)) return true;
  const [verb] = args.filter(({ value }) => value?.startsWith('-') !== true);
  const isOther = /^(?:install|i|ci|clean-install|cache|config|add|set|global|--version)$/.test(
    verb?.value ?? 'install',
  );
  return runners.has(name) && !isOther;
}

/** Where the last command of a RUN stands that does. */
const lastUse = rememberFor(
  ({ script }: RunInstruction): number => script.commands.findLast(usesOrPrunes)?.span.start ?? -1,
);

const isUsedLater = laterRuns(run => lastUse(run) >= 0);

const isNeeded = (model: DockerfileModel, run: RunInstruction, { span }: LanguageWork): boolean =>
  lastUse(run) > span.start || isUsedLater(model, run);

/** Where only what is shipped counts, or where other stages copy from, too. */
const counts = (run: RunInstruction, builds: boolean): boolean =>
  leavesLayer(run) || (!builds && run.stage?.isUsed === true);

function repairs(
  model: DockerfileModel,
  run: RunInstruction,
  work: LanguageWork,
): { instead: string; fixes: Fix[] } | null {
  const repair = projectInstallOf(work)?.production?.repair;
  if (repair === undefined) return null;
  if ('option' in repair) {
    const edit = addWords(run, work.command, work.verb, repair.option);
    return { instead: repair.option, fixes: [fix(`Add ${repair.option}`, 'unsafe', [edit])] };
  }
  const line = `${keywordLike(model, 'ENV')} ${repair.variable}=${repair.value}`;
  const fixes = run.onbuild
    ? []
    : [fix(`Set ${repair.variable}`, 'unsafe', [insertBefore(model, run, [line])])];
  return { instead: `${repair.variable}=${repair.value}`, fixes };
}

const text =
  '`{command}` also installs what only developers need: a larger image, with more in it to attack and to keep up to date. Say `{instead}`.';

export default dockerfileRule({
  id: 'development-dependencies',
  category: 'size',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Dependencies for development in the image',
  messages: {
    installed: { text },
    composer: { text, equivalents: ['tally:php/composer-no-dev-in-production'] },
    bundle: { text, equivalents: ['tally:ruby/missing-bundle-without-development'] },
    asked: {
      text: '`{option}` installs what only developers need: a larger image, with more in it to attack and to keep up to date. Leave it out.',
    },
  },
  docs: {
    why: 'Test frameworks, debuggers and build tools are no part of a running service. In its image they cost space, turn up in every scan, and some of them, such as consoles in the browser, are a way in.',
    remedy:
      'Leave them out where the image is made: `npm ci --omit=dev`, `yarn install --production`, `pnpm install --prod`, `composer install --no-dev`, `poetry install --only main`, `uv sync --no-dev`, `BUNDLE_WITHOUT=development`. What a build needs belongs in a stage of its own. The repair adds the option, or the variable.',
    limits:
      'For npm and its kind only layers that are shipped count, and an install whose stage builds, tests or prunes afterwards is left alone. Stages for development and tests are, too, by their name or by what they start.',
    references: [
      'https://docs.npmjs.com/cli/commands/npm-ci#omit',
      'https://getcomposer.org/doc/03-cli.md#install-i',
      'https://bundler.io/man/bundle-config.1.html',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A service that wrongly lists what it needs among the tools stops working without them. What ONBUILD defers takes no line before it.',
  },
  examples: {
    bad: [
      {
        code: 'FROM node:24-slim\nCOPY package.json package-lock.json ./\nRUN «npm ci»\nCOPY . .\nCMD ["node", "server.js"]\n',
        fixed:
          'FROM node:24-slim\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\nCOPY . .\nCMD ["node", "server.js"]\n',
      },
      {
        code: 'FROM composer:2 AS vendor\nRUN «composer install» --no-interaction\nFROM php:8.4-apache\nCOPY --from=vendor /app/vendor ./vendor\n',
        fixed:
          'FROM composer:2 AS vendor\nRUN composer install --no-dev --no-interaction\nFROM php:8.4-apache\nCOPY --from=vendor /app/vendor ./vendor\n',
      },
      {
        code: 'FROM ruby:3.4-slim\nCOPY Gemfile Gemfile.lock ./\nRUN «bundle install»\n',
        fixed:
          'FROM ruby:3.4-slim\nCOPY Gemfile Gemfile.lock ./\nENV BUNDLE_WITHOUT=development\nRUN bundle install\n',
      },
      {
        code: 'FROM ruby:3.4-slim\nONBUILD RUN «bundle install»\n',
        fixed: 'FROM ruby:3.4-slim\nONBUILD RUN bundle install\n',
      },
      {
        code: 'FROM python:3.14-slim\nRUN pipenv install --deploy «--dev»\n',
        fixed: 'FROM python:3.14-slim\nRUN pipenv install --deploy\n',
      },
    ],
    good: [
      { code: 'FROM node:24-slim\nENV NODE_ENV=production\nRUN npm ci\n' },
      {
        note: 'The stage needs them to build, and takes them away.',
        code: 'FROM node:24-slim\nCOPY . .\nRUN npm ci && npm run build && npm prune --omit=dev\n',
      },
      { note: 'For development.', code: 'FROM node:24-slim\nRUN npm ci\nCMD ["npm", "run", "dev"]\n' },
    ],
  },
  check: ({ model, report }) => ({
    programs: [
      onLanguageWork(['install', 'restore'], (work, run) => {
        const install = projectInstallOf(work);
        if (install === null || (run.stage !== null && isForDevelopment(run.stage))) return;
        const asked = work.options.find(({ value }) => value === '--dev' || value === '-d');
        if (work.manager.name === 'pipenv' && asked && counts(run, false)) {
          const edit = removeArgument(model, work.command, asked);
          const fixes = [fix(`Leave out ${asked.value}`, 'unsafe', [edit])];
          return report('asked', { at: asked.span, data: { option: asked.value ?? '' }, fixes });
        }
        const { production } = install;
        if (production === null || !counts(run, production.builds)) return;
        if (leavesOutDevelopment(model, run, work) || isYarnBerry(run, work)) return;
        const repair = repairs(model, run, work);
        if (repair === null || (production.builds && isNeeded(model, run, work))) return;
        const { name, family } = work.manager;
        const message = name === 'composer' ? name : family === 'gem' ? 'bundle' : 'installed';
        const data = { command: work.title, instead: repair.instead };
        report(message, { at: work.span, data, fixes: repair.fixes });
      }),
    ],
  }),
});
