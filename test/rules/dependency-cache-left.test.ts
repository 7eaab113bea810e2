// dependency-cache-left: what is left, what keeps it away, and where it is needed.
import rule from '../../server/core/rules/dockerfile/dependency-cache-left.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const row = (name: string, run: string, messages = '', fixed?: string): Row => {
  const code = `FROM a\nRUN ${run}\n`;
  return fixed === undefined ? [name, code, messages] : [name, code, messages, `FROM a\nRUN ${fixed}\n`];
};

const options: readonly Row[] = [
  row('an option', 'pip install --no-cache-dir a && uv sync --no-cache && composer install --no-cache'),
  row('an option with a value', 'pip install --no-cache-dir=1 a'),
  row('a list', '[«"pip3", "install"», "a"]', 'pip', '["pip3", "install", "--no-cache-dir", "a"]'),
  row(
    'each call',
    '«pip install» a && «pip install» b',
    'pip pip',
    'pip install --no-cache-dir a && pip install --no-cache-dir b',
  ),
  row('poetry', '«poetry install» --only main', 'option', 'poetry install --no-cache --only main'),
  row(
    'an assignment',
    'PIP_NO_CACHE_DIR=1 pip install a && «pip install» b',
    'pip',
    'PIP_NO_CACHE_DIR=1 pip install a && pip install --no-cache-dir b',
  ),
  row('an export', 'export PIP_NO_CACHE_DIR=on && pip install a'),
  row(
    'an export behind it',
    '«pip install» a && export PIP_NO_CACHE_DIR=on',
    'pip',
    'pip install --no-cache-dir a && export PIP_NO_CACHE_DIR=on',
  ),
  row(
    'switched on by saying no',
    'PIP_NO_CACHE_DIR=off «pip install» a',
    'denied',
    'PIP_NO_CACHE_DIR=off pip install --no-cache-dir a',
  ),
  row(
    'an empty variable',
    'PIP_NO_CACHE_DIR= «pip install» a',
    'pip',
    'PIP_NO_CACHE_DIR= pip install --no-cache-dir a',
  ),
  row('an option cut short', 'pip install --no-cache a'),
  row('a folder that is mounted', '--mount=type=cache,target=/c npm ci --cache /c && npm ci --cache=/c/a'),
  row('a folder that nobody knows', '--mount=type=cache,target=/c pip install --cache-dir $C a'),
  row(
    'another folder',
    '--mount=type=cache,target=/c «pip install» --cache-dir=/d a',
    'pip',
    '--mount=type=cache,target=/c pip install --no-cache-dir --cache-dir=/d a',
  ),
  row('an unknown value', 'PIP_NO_CACHE_DIR=$A pip install a'),
  row('removed', 'pip install a && rm -rf /root/.cache'),
  row('removed by the home', 'pip install a && rm -rf ~/.cache/pip && npm ci && rm -rf "$HOME/.npm"'),
  row('purged', 'pip3 install a && pip cache purge'),
  row('another folder', '--mount=type=cache,target=/c PIP_CACHE_DIR=/c pip install a'),
  row('another home', '--mount=type=cache,target=/home/a/.cache pip install a'),
  row('its own folder removed', 'poetry install && rm -rf $POETRY_CACHE_DIR'),
  row('nothing is installed', 'pip list && pip install --dry-run a && pip install --help'),
];

const cleaned: readonly Row[] = [
  row('once for all', '«npm ci» && npm i -g a', 'cleaned', 'npm ci && npm i -g a && npm cache clean --force'),
  row(
    'too early',
    'npm cache clean --force && «npm ci»',
    'cleaned',
    'npm cache clean --force && npm ci && npm cache clean --force',
  ),
  row('without a verb', '«yarn» && yarn --version', 'yarn', 'yarn && yarn --version && yarn cache clean'),
  row('Yarn 2', 'yarn install --immutable'),
  ['Yarn 2 by its files', 'FROM a\nCOPY package.json .yarnrc.yml ./\nRUN yarn install\n', ''],
  row('links', 'pnpm install && bun install'),
  row('conda', '«conda install» -y a', 'cleaned', 'conda install -y a && conda clean -afy'),
  row('the program goes', 'apk add -t .b npm && «npm i» -g a && apk del .b', 'cleaned'),
  row(
    'another one goes',
    'apk add -t .b gcc && «npm i» -g a && apk del .b',
    'cleaned',
    'apk add -t .b gcc && npm i -g a && apk del .b && npm cache clean --force',
  ),
  row('one store', 'mamba install a && conda clean -a'),
  row('gems', 'bundle install && rm -rf ~/.bundle "${BUNDLE_PATH}"/ruby/*/cache'),
  row('with sudo', 'sudo «npm i» -g a', 'cleaned', 'sudo npm i -g a && sudo npm cache clean --force'),
  row('a tool of Go', '«go install» a.b/c@v1', 'cleaned', 'go install a.b/c@v1 && go clean -cache -modcache'),
  row('a program of Go', 'go install ./... && go get -d ./... && go mod download'),
  ['Go goes on', lines('FROM a', 'RUN go install a.b/c@v1', 'RUN go build .'), ''],
];

ruleTable(rule, [
  ...options,
  ...cleaned,
  ['set before', lines('FROM a AS b', 'ENV UV_NO_CACHE=1', 'FROM b', 'RUN uv sync'), ''],
  [
    'set elsewhere',
    lines('FROM a AS b', 'ENV UV_NO_CACHE=1', 'FROM a', 'RUN «uv sync»'),
    'option',
    lines('FROM a AS b', 'ENV UV_NO_CACHE=1', 'FROM a', 'RUN uv sync --no-cache'),
  ],
  ['a build stage', lines('FROM a AS b', 'RUN npm ci', 'FROM c', 'COPY --from=b /x /x'), ''],
]);
