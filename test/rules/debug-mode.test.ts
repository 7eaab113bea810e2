// debug-mode: names and values that count, and where.
import rule from '../../server/core/rules/dockerfile/debug-mode.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const env = (pair: string, message: string, instead?: string): Row => {
  const from = `FROM a\nENV B=1 ${message === '' ? pair : `«${pair}»`}\n`;
  if (message === '') return [pair, from, ''];
  return [pair, from, message, instead === undefined ? 'FROM a\nENV B=1\n' : `FROM a\nENV B=1 ${instead}\n`];
};

const cmd = (command: string, message = '', fixed?: string): Row => {
  const code = `FROM a\nCMD ${command}\n`;
  return fixed === undefined ? [command, code, message] : [command, code, message, `FROM a\nCMD ${fixed}\n`];
};

ruleTable(rule, [
  env('DEBUG=1', 'debug'),
  env('app_debug=Yes', 'debug'),
  env('DEBUG=0', ''),
  env('DEBUG=app:*', ''),
  env('DEBUGGER=1', ''),
  env('ENV=dev', 'environment', 'ENV=prod'),
  env('FLASK_ENV=dev', 'environment', 'FLASK_ENV=production'),
  env('DOTNET_ENVIRONMENT=Development', 'environment', 'DOTNET_ENVIRONMENT=Production'),
  env('APP_ENV=DEVEL', 'environment', 'APP_ENV=PRODUCTION'),
  env('NODE_ENV=test', ''),
  env('NODE_ENVIRONMENTS=dev', ''),
  env('XDEBUG_MODE=off', ''),
  env('XDEBUG_MODE=debug,develop', 'xdebug', 'XDEBUG_MODE=off'),
  [
    'by a variable',
    'FROM a\nARG MODE=development\nENV «NODE_ENV=$MODE»\n',
    'environment',
    'FROM a\nARG MODE=development\nENV NODE_ENV=production\n',
  ],
  ['the old form', 'FROM a\nENV «DEBUG true»\n', 'debug', 'FROM a\n'],
  [
    'not shipped',
    lines('FROM a AS build', 'ENV NODE_ENV=development', 'FROM b', 'COPY --from=build /a /a'),
    '',
  ],
  [
    'a base of what is',
    lines('FROM a AS base', 'ENV «DEBUG=1»', 'FROM base'),
    'debug',
    lines('FROM a AS base', 'FROM base'),
  ],
  ['named for tests', lines('FROM a AS run-tests', 'ENV NODE_ENV=development'), ''],
  cmd('["flask", "run", «"--debug"»]', 'option', '["flask", "run"]'),
  cmd('["node", "--inspector", "--env=b"]'),
  cmd('exec java «-agentlib:jdwp=transport=dt_socket,server=y» -jar a.jar', 'option', 'exec java -jar a.jar'),
  cmd('[«"npm", "run", "dev"»]', 'server'),
  cmd('npm start'),
  cmd('«vite» --host', 'server'),
  cmd('["vite", "preview"]'),
  cmd('«ng serve» --host 0.0.0.0', 'server'),
  cmd('python3 -m «debugpy» --listen 0.0.0.0:5678 a.py', 'server'),
  ['while it is built', 'FROM a\nRUN npm run dev && flask --debug\n', ''],
]);
