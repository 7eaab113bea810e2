// unlocked-install: which forms keep to the lock file, and where there is one.
import rule from '../../server/core/rules/dockerfile/unlocked-install.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

/** A RUN behind the lock file of its program; the one found below it in `fixed`. */
const row = (file: string, run: string, fixed?: string): Row => {
  const stage = (text: string): string => lines('FROM a', `COPY x ${file} ./`, `RUN ${text}`);
  return fixed === undefined ? [run, stage(run), ''] : [run, stage(run), 'unlocked', stage(fixed)];
};

const update = (run: string, fixed: string): Row => [
  run,
  `FROM a\nRUN ${run}\n`,
  'update',
  `FROM a\nRUN ${fixed}\n`,
];
const bundle = (name: string, ...all: readonly string[]): Row => [name, lines('FROM a', ...all), ''];

ruleTable(rule, [
  row('package-lock.json', 'npm «i»', 'npm ci'),
  row('package*.json', '["npm", «"install"»]', '["npm", "ci"]'),
  row('package-lock.json', 'npm ci'),
  row('package-lock.json', 'npm install express@5 && npm install -g && npm install --no-package-lock'),
  row('package.json', 'npm install'),
  row('.', 'npm install'),
  row('*', 'npm install'),
  row('yarn.lock', 'yarn «install» --production', 'yarn install --frozen-lockfile --production'),
  row('yarn.lock', 'yarn --frozen-lockfile && yarn --version && yarn build'),
  row('yarn.lock .yarnrc.yml', 'yarn «install»', 'yarn install --immutable'),
  row('pnpm-lock.yaml', 'pnpm «i» --prod', 'pnpm i --frozen-lockfile --prod'),
  row('bun.lock', 'bun «install»', 'bun install --frozen-lockfile'),
  row('bun.lockb', 'bun ci && bun install --frozen-lockfile'),
  row('uv.lock', 'uv «sync» --no-dev', 'uv sync --locked --no-dev'),
  row('uv.lock', 'uv sync --frozen && uv pip install -r a'),
  row('Pipfile.lock', 'pipenv «install»', 'pipenv install --deploy'),
  row('Pipfile.lock', 'pipenv sync && pipenv install --deploy'),
  row('Cargo.lock', 'cargo «build» --release', 'cargo build --locked --release'),
  row('composer.lock', 'composer install && poetry install'),
  [
    'mounted',
    'FROM a\nRUN --mount=type=bind,source=package-lock.json,target=package-lock.json npm «i»\n',
    'unlocked',
    'FROM a\nRUN --mount=type=bind,source=package-lock.json,target=package-lock.json npm ci\n',
  ],
  ['for tests', lines('FROM a AS test', 'COPY package-lock.json .', 'RUN npm i'), ''],
  ['copied later', lines('FROM a', 'RUN npm i', 'COPY package-lock.json .'), ''],
  update('npm «update»', 'npm ci'),
  update('poetry «update» --no-root', 'poetry install --no-root'),
  [
    'another update',
    'FROM a\nRUN npm update -g npm && npm update express && gem update --system && uv lock\n',
    '',
  ],
  [
    'Bundler',
    lines('FROM a', 'RUN «bundle»'),
    'bundle',
    lines('FROM a', 'ENV BUNDLE_FROZEN=1', 'RUN bundle'),
  ],
  bundle('Bundler by a variable', 'ENV BUNDLE_DEPLOYMENT=true', 'RUN bundle install'),
  bundle('Bundler by an option', 'RUN bundle install --deployment'),
  bundle('Bundler by its configuration', 'RUN bundle config set --local deployment true && bundle install'),
  bundle(
    'Bundler by the configuration of before',
    'RUN bundle config --global frozen 1',
    'RUN bundle install',
  ),
  bundle('Bundler in development', 'ENV RAILS_ENV=development', 'RUN bundle install'),
]);

ruleTable(
  rule,
  [
    [
      'in the folder',
      lines('FROM a', 'COPY . .', 'RUN npm «i»'),
      'unlocked',
      lines('FROM a', 'COPY . .', 'RUN npm ci'),
    ],
  ],
  { 'package-lock.json': '' },
);
