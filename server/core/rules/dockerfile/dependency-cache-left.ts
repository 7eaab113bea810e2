// dependency-cache-left: what pip, npm and their like download and leave in the image.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { environmentValue } from '../../insight/command-environment.ts';
import { laterRuns } from '../../insight/later-runs.ts';
import { cacheFolders, fillsStore, sharesStore } from '../../insight/package-stores.ts';
import { type LanguageWork, onLanguageWork, packageWorkOf } from '../../insight/package-work.ts';
import { leavesLayer } from '../../insight/shipped.ts';
import { isYarnBerry } from '../../insight/yarn.ts';
import { installedPackages, packageChange } from '../../knowledge/package-calls.ts';
import type { DockerfileModel, RunInstruction } from '../../model/dockerfile/model.ts';
import { appendCommand } from '../../repairs/append-command.ts';
import { rightsOf } from '../../repairs/commands.ts';
import { addLeanOption } from '../../repairs/lean-install.ts';

const isVersioned = ({ raw }: { readonly raw: string }): boolean => raw.includes('@');

const isRunLater = {
  go: laterRuns(({ script }) => script.commands.some(({ name }) => name === 'go')),
  cargo: laterRuns(({ script }) => script.commands.some(({ name }) => name === 'cargo')),
};

/** Go and Cargo build from what they have downloaded: only tools of their own are done with it. */
const isStillNeeded = (
  model: DockerfileModel,
  run: RunInstruction,
  { manager: { family }, operands }: LanguageWork,
): boolean => {
  if (family !== 'go' && family !== 'cargo') return false;
  const isTool = operands.length > 0 && (family === 'cargo' || operands.every(isVersioned));
  return !isTool || isRunLater[family](model, run);
};

/** One clean-up serves all calls of a RUN: the first one speaks for them. */
const isFirstLeft = (run: RunInstruction, work: LanguageWork): boolean =>
  packageWorkOf(run).find(other => sharesStore(other, work) && fillsStore(run, other))?.span.start ===
  work.span.start;

/** The packages of a system that bring the program of a clean-up. */
const providers: Readonly<Record<string, RegExp>> = {
  npm: /^(?:npm|nodejs.*)$/,
  node: /^(?:yarn|yarnpkg|nodejs.*)$/,
  gem: /^ruby/,
  go: /^go(?:lang.*)?$/,
};

/** The RUN takes the program away again, so that nothing of it can be called at the end. */
function isRemovedAgain({ script }: RunInstruction, { manager }: LanguageWork): boolean {
  const provider = providers[manager.family];
  if (provider === undefined) return false;
  const changes = script.commands.flatMap(command => packageChange(command) ?? []);
  const kept = installedPackages(script.commands);
  const named = changes.flatMap(({ installs, removes }) => [...installs, ...removes]);
  return named.some(name => provider.test(name) && !kept.has(name));
}

function cleanUp(model: DockerfileModel, run: RunInstruction, work: LanguageWork): Fix[] {
  const { clean } = work.manager.store;
  if (isRemovedAgain(run, work)) return [];
  const edit = appendCommand(model, run, `${rightsOf(work.command)}${clean}`);
  return edit === null ? [] : [fix(`Add ${clean}`, work.manager.name === 'yarn' ? 'unsafe' : 'safe', [edit])];
}

const withOption = (run: RunInstruction, work: LanguageWork, option: string): Fix[] => [
  fix(`Add ${option}`, 'safe', [addLeanOption(run, work, option)]),
];

function messageOf({ manager: { name, family, store }, action }: LanguageWork) {
  if (family === 'pip' && action === 'install') return family;
  if (store.option !== null) return 'option';
  return name === 'yarn' || name === 'bundle' ? name : 'cleaned';
}

const text =
  '`{command}` leaves what it has downloaded in the image, which nobody needs once it is built. End the RUN with `{remedy}`, or mount a cache at {folder}.';
const optionText =
  '`{command}` leaves what it has downloaded in the image, which nobody needs once it is built. Add `{remedy}`, or mount a cache at {folder}.';

export default dockerfileRule({
  id: 'dependency-cache-left',
  category: 'size',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Downloads of pip, npm and the like stay in the image',
  messages: {
    pip: {
      text: optionText,
      equivalents: [
        'hadolint:DL3042',
        'kics:pip_install_keeping_cached_packages',
        'semgrep:missing-pip-no-cache-dir',
      ],
    },
    denied: {
      text: 'To pip any value of PIP_NO_CACHE_DIR means no cache: `{value}` reads like the opposite of what `{command}` does. Write 1.',
      severity: 'hint',
      equivalents: ['hadolint:DL3042'],
    },
    yarn: { text, equivalents: ['hadolint:DL3060'] },
    bundle: { text, equivalents: ['tally:ruby/leftover-bundler-cache'] },
    option: { text: optionText },
    cleaned: { text },
  },
  docs: {
    why: 'Package managers of languages keep what they download, so that the next install is faster. In an image there is no next install: the files double what a dependency costs, in every pull.',
    remedy:
      'Give pip `--no-cache-dir`, uv, poetry and composer `--no-cache`; for the others clean up in the same RUN; or mount a cache where it lies (`--mount=type=cache,target=/root/.cache/pip`), which also makes the next build faster. The repair adds the option, or the command at the end of the RUN. `PIP_NO_CACHE_DIR=1`, `UV_NO_CACHE=1` and caches moved by a variable are seen.',
    limits:
      'Only layers of the image count, not those of build stages. pnpm and bun link what they install to their store, so that it costs nothing there. Yarn from version 2 on keeps packages in the project and is left alone where it can be told from version 1.',
    references: [
      'https://pip.pypa.io/en/stable/topics/caching/',
      'https://docs.docker.com/build/cache/optimize/#use-cache-mounts',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Only the downloads are missing from the image; Yarn alone, from version 2 on, may run programs from its cache. A RUN in JSON form takes no further command, and one that removes the program none of it.',
  },
  examples: {
    bad: [
      {
        code: 'FROM python:3.14-slim\nENV PIP_NO_CACHE_DIR=off\nRUN «pip install» -r requirements.txt\n',
        fixed:
          'FROM python:3.14-slim\nENV PIP_NO_CACHE_DIR=off\nRUN pip install --no-cache-dir -r requirements.txt\n',
      },
      {
        code: 'FROM python:3.14-slim\nRUN «pip install» -r requirements.txt && python3 -m «pip install» gunicorn==23.0.0\n',
        fixed:
          'FROM python:3.14-slim\nRUN pip install --no-cache-dir -r requirements.txt && python3 -m pip install --no-cache-dir gunicorn==23.0.0\n',
      },
      {
        code: 'FROM python:3.14-slim\nRUN «uv pip install» --system -r requirements.txt\n',
        fixed: 'FROM python:3.14-slim\nRUN uv pip install --no-cache --system -r requirements.txt\n',
      },
      {
        code: 'FROM node:24-slim\nCOPY package.json yarn.lock ./\nRUN «yarn install» --frozen-lockfile\n',
        fixed:
          'FROM node:24-slim\nCOPY package.json yarn.lock ./\nRUN yarn install --frozen-lockfile && yarn cache clean\n',
      },
      {
        code: 'FROM node:24-slim\nRUN set -eux; \\\n    «npm ci» --omit=dev; \\\n    npm run build\n',
        fixed:
          'FROM node:24-slim\nRUN set -eux; \\\n    npm ci --omit=dev; \\\n    npm run build; \\\n    npm cache clean --force\n',
      },
      {
        code: 'FROM ruby:3.4-slim\nRUN «bundle install»\n',
        fixed: 'FROM ruby:3.4-slim\nRUN bundle install && rm -rf "$(bundle exec gem env gemdir)/cache"\n',
      },
      {
        code: 'FROM node:24-slim\nRUN [«"npm", "ci"»]\n',
        fixed: 'FROM node:24-slim\nRUN ["npm", "ci"]\n',
      },
    ],
    good: [
      {
        note: 'What is mounted is no part of the image.',
        code: 'FROM python:3.14-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt\n',
      },
      {
        note: 'A variable says it for all.',
        code: 'FROM python:3.14-slim\nENV PIP_NO_CACHE_DIR=1\nRUN pip install -r requirements.txt\n',
      },
      {
        note: 'Layers of a build stage are not shipped.',
        code: 'FROM node:24 AS build\nRUN npm ci && npm run build\nFROM nginx:1.29\nCOPY --from=build /app/dist /usr/share/nginx/html\n',
      },
    ],
  },
  check: ({ model, report }) => ({
    programs: [
      onLanguageWork(['install', 'restore', 'upgrade', 'run'], (work, run) => {
        if (!leavesLayer(run) || !fillsStore(run, work)) return;
        if (isYarnBerry(run, work) || isStillNeeded(model, run, work)) return;
        const { option, clean } = work.manager.store;
        if (option === null && !isFirstLeft(run, work)) return;
        const message = messageOf(work);
        const fixes = option === null ? cleanUp(model, run, work) : withOption(run, work, option);
        const { span: at, title: command } = work;
        const value = message === 'pip' && environmentValue(run, work.command, 'PIP_NO_CACHE_DIR');
        if (value) report('denied', { at, data: { command, value }, fixes });
        else
          report(message, {
            at,
            data: { command, remedy: option ?? clean, folder: cacheFolders(run, work.manager)[0] ?? '' },
            fixes,
          });
      }),
    ],
  }),
});
