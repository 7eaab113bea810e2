// unmounted-package-cache: where languages keep what they download, and for whom.
import rule from '../../server/core/rules/dockerfile/unmounted-package-cache.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const silent = (name: string, ...all: readonly string[]): Row => [name, lines('FROM a', ...all), ''];

ruleTable(rule, [
  [
    'two folders',
    'FROM a\nRUN «go build» .\n',
    'unmounted',
    'FROM a\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    go build .\n',
  ],
  [
    'once',
    'FROM a\nRUN --mount=type=bind,target=/a «pip install» a && pip install b\n',
    'unmounted',
    'FROM a\nRUN --mount=type=bind,target=/a --mount=type=cache,target=/root/.cache/pip \\\n    pip install a && pip install b\n',
  ],
  [
    'what uv does not build it downloads',
    'FROM a\nRUN «uv pip install» --no-build flask\n',
    'unmounted',
    'FROM a\nRUN --mount=type=cache,target=/root/.cache/uv \\\n    uv pip install --no-build flask\n',
  ],
  silent('mounted', 'RUN --mount=type=cache,target=/root/.cache pip install a && uv sync && poetry install'),
  silent('a part of it', 'RUN --mount=type=cache,target=/root/.npm/_cacache npm ci'),
  silent('moved', 'ENV UV_CACHE_DIR=/c', 'RUN --mount=type=cache,target=/c uv sync'),
  silent('moved to where nobody knows', 'RUN --mount=type=cache,target=/c UV_CACHE_DIR=$C uv sync'),
  silent('of another account', 'USER node', 'RUN npm ci'),
  silent(
    'mounted for another account',
    'USER node',
    'RUN --mount=type=cache,target=/home/node/.npm,uid=1000 npm ci',
  ),
  [
    'in the RUN, and in those of stages below that use what it restored',
    lines(
      'FROM a AS build',
      'RUN «dotnet restore» -r linux-x64',
      'FROM b',
      'RUN dotnet publish --no-restore',
      'FROM build',
      'RUN --mount=type=cache,target=/root/.nuget dotnet test --no-build',
      'RUN dotnet build --no-restore && dotnet publish --no-build',
    ),
    'unmounted',
    lines(
      'FROM a AS build',
      'RUN --mount=type=cache,target=/root/.nuget/packages \\',
      '    dotnet restore -r linux-x64',
      'FROM b',
      'RUN dotnet publish --no-restore',
      'FROM build',
      'RUN --mount=type=cache,target=/root/.nuget dotnet test --no-build',
      'RUN --mount=type=cache,target=/root/.nuget/packages \\',
      '    dotnet build --no-restore && dotnet publish --no-build',
    ),
  ],
  silent(
    'nothing to restore',
    'RUN dotnet new console && dotnet workload install wasm-tools && dotnet --info',
  ),
  silent('nothing is downloaded', 'RUN npm run build && pip list && go vet ./...'),
]);
