// unlocked-install: an install that is free to leave the versions of the lock file.
import type { BuildContext } from '../../engine/facts.ts';
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { findsFile } from '../../insight/copied-files.ts';
import { hasOption, type LanguageWork, onLanguageWork } from '../../insight/package-work.ts';
import { keepsToLock, projectInstallOf } from '../../insight/project-installs.ts';
import { isForDevelopment } from '../../insight/purpose.ts';
import { isYarnBerry } from '../../insight/yarn.ts';
import { projectInstall } from '../../knowledge/project-installs.ts';
import type { DockerfileModel, RunInstruction } from '../../model/dockerfile/model.ts';
import { addWords, replaceWord } from '../../repairs/commands.ts';
import { insertBefore, keywordLike } from '../../repairs/writing.ts';

/** The lock file that the RUN finds: copied under its name, or along with a folder of the context that holds it. */
const lockFileOf = (
  run: RunInstruction,
  files: readonly string[],
  context: BuildContext | undefined | null,
): string | undefined =>
  files.find(file => {
    const found = findsFile(run, file);
    return found === 'named' || (found === 'perhaps' && context?.files.includes(file) === true);
  });

interface Repair {
  /** What to write instead, for people. */
  readonly instead: string;
  readonly fixes: readonly Fix[];
}

function lockingRepair(model: DockerfileModel, run: RunInstruction, work: LanguageWork): Repair | null {
  const repair = projectInstall(work.manager.name)?.locking?.repair;
  if (repair === undefined) return null;
  const { command, verb, manager, title } = work;
  if ('verb' in repair) {
    const instead = `${manager.name} ${repair.verb}`;
    const edit = replaceWord(run, command, verb, repair.verb);
    return { instead, fixes: [fix(`Use ${instead}`, 'unsafe', [edit])] };
  }
  if ('option' in repair) {
    const option = isYarnBerry(run, work) ? '--immutable' : repair.option;
    const edit = addWords(run, command, verb, option);
    return { instead: `${title} ${option}`, fixes: [fix(`Add ${option}`, 'unsafe', [edit])] };
  }
  const instead = `${keywordLike(model, 'ENV')} ${repair.variable}=${repair.value}`;
  const fixes = run.onbuild
    ? []
    : [fix(`Set ${repair.variable}`, 'unsafe', [insertBefore(model, run, [instead])])];
  return { instead, fixes };
}

/** `npm ci`, `bun ci`, `pipenv sync`: there is no other way for them. */
const isLockedVerb = ({ manager, verb }: LanguageWork): boolean =>
  /^(?:ci|clean-install|install-clean|fetch)$/.test(verb.value ?? '') ||
  (manager.name === 'pipenv' && verb.value === 'sync');

const isUpdate = (work: LanguageWork): boolean =>
  work.action === 'upgrade' &&
  work.operands.length === 0 &&
  work.prefix === null &&
  !hasOption(work, /^(?:-g|--global|--lock|--dry-run)$/);

export default dockerfileRule({
  id: 'unlocked-install',
  category: 'reproducibility',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'An install that may leave the versions of the lock file',
  messages: {
    unlocked: {
      text: '`{command}` takes other versions than {file} says where the two do not fit, and nobody notices. `{instead}` installs exactly those, or fails.',
    },
    bundle: {
      text: '`{command}` takes other versions than Gemfile.lock says where the two do not fit, and nobody notices. With `{instead}` it installs exactly those, or fails.',
      equivalents: ['tally:ruby/missing-bundle-deployment'],
    },
    update: {
      text: '`{command}` takes the newest versions, whatever the lock file says: another day, another build. Use `{instead}`, and update where the change can be tested.',
    },
  },
  docs: {
    why: 'A lock file says which versions were tested, down to the last dependency of a dependency. An install that is free to change it makes an image that nobody has tested, and a bad release of somebody else goes straight into it.',
    remedy:
      'Use the form that keeps to the lock file and fails where it does not fit: `npm ci`, `yarn install --frozen-lockfile` (`--immutable` from version 2 on), `pnpm install --frozen-lockfile`, `bun install --frozen-lockfile`, `uv sync --locked`, `pipenv install --deploy`, `cargo build --locked`, and for Bundler `BUNDLE_DEPLOYMENT=1` or `BUNDLE_FROZEN=1`. The repair writes it.',
    limits:
      'Reported where the lock file is copied, or lies in a folder of the build context that is; for Bundler in any case. Stages for development and tests are left alone.',
    references: [
      'https://docs.npmjs.com/cli/commands/npm-ci',
      'https://bundler.io/man/bundle-config.1.html',
      'https://docs.astral.sh/uv/concepts/projects/sync/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A build whose lock file is out of date fails from then on, as it is meant to. What ONBUILD defers takes no line before it.',
  },
  needs: ['context'],
  examples: {
    bad: [
      {
        code: 'FROM node:24-slim\nCOPY package.json package-lock.json ./\nRUN npm «install» --omit=dev && npm cache clean --force\n',
        fixed:
          'FROM node:24-slim\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && npm cache clean --force\n',
      },
      {
        note: 'The lock file comes along with the folder.',
        code: 'FROM node:24-slim AS build\nCOPY . .\nRUN «yarn» && yarn build\nFROM nginx:1.29\nCOPY --from=build /dist /usr/share/nginx/html\n',
        fixed:
          'FROM node:24-slim AS build\nCOPY . .\nRUN yarn --frozen-lockfile && yarn build\nFROM nginx:1.29\nCOPY --from=build /dist /usr/share/nginx/html\n',
        files: { 'yarn.lock': '' },
      },
      {
        code: 'FROM ruby:3.4-slim\nCOPY Gemfile Gemfile.lock ./\nRUN bundle «install»\n',
        fixed: 'FROM ruby:3.4-slim\nCOPY Gemfile Gemfile.lock ./\nENV BUNDLE_FROZEN=1\nRUN bundle install\n',
      },
      {
        code: 'FROM ruby:3.4-slim\nONBUILD RUN bundle «install»\n',
        fixed: 'FROM ruby:3.4-slim\nONBUILD RUN bundle install\n',
      },
      {
        code: 'FROM composer:2\nCOPY composer.json composer.lock ./\nRUN composer «update» --no-dev\n',
        fixed: 'FROM composer:2\nCOPY composer.json composer.lock ./\nRUN composer install --no-dev\n',
      },
    ],
    good: [
      { code: 'FROM node:24-slim\nCOPY package*.json ./\nRUN npm ci\n' },
      {
        note: 'Where there is no lock file, `npm ci` fails.',
        code: 'FROM node:24-slim\nCOPY package.json ./\nRUN npm install\n',
      },
      {
        code: 'FROM ruby:3.4-slim\nENV BUNDLE_DEPLOYMENT=1 BUNDLE_PATH=/usr/local/bundle\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\n',
      },
    ],
  },
  check: ({ model, facts, report }) => ({
    programs: [
      onLanguageWork(['install', 'restore', 'upgrade'], (work, run) => {
        const { manager, verb } = work;
        if (run.stage !== null && isForDevelopment(run.stage)) return;
        const known = projectInstall(manager.name);
        if (known !== undefined && isUpdate(work)) {
          const instead = `${manager.name} ${known.restore}`;
          const edit = replaceWord(run, work.command, verb, known.restore);
          const fixes = [fix(`Use ${instead}`, 'unsafe', [edit])];
          return report('update', { at: verb.span, data: { command: work.title, instead }, fixes });
        }
        const { locking = null } = projectInstallOf(work) ?? {};
        const repair = locking && lockingRepair(model, run, work);
        if (!locking || !repair || keepsToLock(model, run, work) || isLockedVerb(work)) return;
        const data = { command: work.title, instead: repair.instead };
        if (manager.family === 'gem') return report('bundle', { at: verb.span, data, fixes: repair.fixes });
        const file = lockFileOf(run, locking.files, facts.get('context', '.'));
        if (file !== undefined)
          report('unlocked', { at: verb.span, data: { ...data, file }, fixes: repair.fixes });
      }),
    ],
  }),
});
