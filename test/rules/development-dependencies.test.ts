// development-dependencies: what leaves them out, and where they are needed.
import rule from '../../server/core/rules/dockerfile/development-dependencies.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const row = (run: string, message = '', fixed?: string): Row => {
  const code = `FROM a\nRUN ${run}\n`;
  return fixed === undefined ? [run, code, message] : [run, code, message, `FROM a\nRUN ${fixed}\n`];
};

const silent = (name: string, ...all: readonly string[]): Row => [name, lines(...all), ''];

ruleTable(rule, [
  row('«npm install»', 'installed', 'npm install --omit=dev'),
  row('npm ci --omit=dev && npm ci --omit dev && npm i --production && npm ci --only=production'),
  row('NODE_ENV=production npm ci && npm i -g a && npm i a'),
  row('«npm ci» && npm cache clean --force', 'installed', 'npm ci --omit=dev && npm cache clean --force'),
  row('npm ci && npm run build'),
  row('npm ci && npx tsc'),
  row('«yarn» --frozen-lockfile', 'installed', 'yarn --production --frozen-lockfile'),
  row('yarn install --production && pnpm i -P && bun install --production'),
  row('yarn install --immutable'),
  row('«pnpm install» --frozen-lockfile', 'installed', 'pnpm install --prod --frozen-lockfile'),
  row('«uv sync» --locked', 'installed', 'uv sync --no-dev --locked'),
  row('UV_NO_DEV=1 uv sync && uv sync --no-default-groups'),
  row('«poetry install» --no-root', 'installed', 'poetry install --only main --no-root'),
  row('poetry install --without dev && poetry install --only=main'),
  row('pipenv install --deploy && pipenv sync'),
  row('pipenv sync «--dev»', 'asked', 'pipenv sync'),
  row('«composer install» -o', 'composer', 'composer install --no-dev -o'),
  row('COMPOSER_NO_DEV=1 composer install && composer install --no-dev && composer global require a/b'),
  row('bundle install --without development test'),
  row('bundle config set --local without "development test" && bundle install'),
  [
    'Bundler',
    lines('FROM a', 'RUN «bundle install»'),
    'bundle',
    lines('FROM a', 'ENV BUNDLE_WITHOUT=development', 'RUN bundle install'),
  ],
  silent('Bundler by a variable', 'FROM a', 'ENV BUNDLE_WITHOUT="test:development"', 'RUN bundle install'),
  silent('a build stage', 'FROM a AS b', 'RUN npm ci', 'FROM c', 'COPY --from=b /x /x'),
  silent('built later', 'FROM a', 'RUN npm ci', 'COPY . .', 'RUN npm run build'),
  [
    'what others copy',
    lines('FROM a AS b', 'RUN «uv sync»', 'FROM c', 'COPY --from=b /x /x'),
    'installed',
    lines('FROM a AS b', 'RUN uv sync --no-dev', 'FROM c', 'COPY --from=b /x /x'),
  ],
  silent('what nobody copies', 'FROM a AS b', 'RUN uv sync', 'FROM c'),
  silent('by its name', 'FROM a AS dev', 'RUN npm ci'),
  silent('by what it starts', 'FROM a', 'RUN npm ci', 'CMD ["nodemon", "a.js"]'),
  silent('by its environment', 'FROM a', 'RUN npm ci', 'ENV NODE_ENV=development'),
]);
