// telemetry-on: which programs report, once in a stage.
import rule from '../../server/core/rules/dockerfile/telemetry-on.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const row = (run: string, fixed?: string): Row => {
  const code = `FROM a\nRUN ${run}\n`;
  return fixed === undefined ? [run, code, ''] : [run, code, 'on', `FROM a\n${fixed}\n`];
};

ruleTable(rule, [
  row('«bun» install && bun run build', 'ENV DO_NOT_TRACK=1\nRUN bun install && bun run build'),
  row('DO_NOT_TRACK=1 bun install && export NEXT_TELEMETRY_DISABLED=1 && npx next build'),
  row('pnpm exec «turbo» run build', 'ENV TURBO_TELEMETRY_DISABLED=1\nRUN pnpm exec turbo run build'),
  row('npm run build && npm ci && yarn install'),
  row('«./node_modules/.bin/ng» build', 'ENV NG_CLI_ANALYTICS=false\nRUN ./node_modules/.bin/ng build'),
  ['when it runs', 'FROM a\nCMD ["next", "start"]\n', ''],
  ['set by a stage', lines('FROM a AS b', 'ENV DO_NOT_TRACK=1', 'FROM b', 'RUN bun install'), ''],
  [
    'each stage',
    lines('FROM a AS b', 'RUN «dotnet» restore', 'FROM c', 'RUN «dotnet» test'),
    'on on',
    lines(
      'FROM a AS b',
      'ENV DOTNET_CLI_TELEMETRY_OPTOUT=1',
      'RUN dotnet restore',
      'FROM c',
      'ENV DOTNET_CLI_TELEMETRY_OPTOUT=1',
      'RUN dotnet test',
    ),
  ],
]);
