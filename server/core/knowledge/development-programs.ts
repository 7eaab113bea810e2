// Programs that serve whoever writes the software: servers for development, and options that let a debugger in.

interface DebugOption {
  readonly programs: readonly string[];
  readonly option: RegExp;
}

const debugOptions: readonly DebugOption[] = [
  { programs: ['flask'], option: /^--(?:debug|debugger)$/ },
  { programs: ['uvicorn', 'gunicorn', 'hypercorn', 'daphne', 'granian'], option: /^--reload$/ },
  {
    programs: ['node', 'nodejs', 'tsx', 'ts-node', 'deno', 'bun'],
    option: /^--inspect(?:-brk|-wait)?(?:=.*)?$/,
  },
  { programs: ['java'], option: /^-(?:agentlib:jdwp|Xrunjdwp|Xdebug$)/ },
];

/** The option lets a debugger in, or reloads what is changed. */
export const isDebugOption = (program: string, option: string): boolean =>
  debugOptions.some(row => row.programs.includes(program) && row.option.test(option));

/** Programs, with the words behind them that make them a server for development; null where they are nothing else. */
const servers: Readonly<Record<string, RegExp | null>> = {
  nodemon: null,
  'ts-node-dev': null,
  'webpack-dev-server': null,
  debugpy: null,
  vite: /^(?!(?:build|preview|optimize)\b)/,
  next: /^dev\b/,
  nuxt: /^dev\b/,
  nuxi: /^dev\b/,
  astro: /^dev\b/,
  remix: /^dev\b/,
  ng: /^(?:serve|s)\b/,
  webpack: /^serve\b/,
  'vue-cli-service': /^serve\b/,
  'react-scripts': /^start\b/,
  fastapi: /^dev\b/,
  dlv: /^(?:debug|exec|attach|test)\b/,
  php: /^(?:artisan serve|-S )/,
  python: /(?:^|\/)manage\.py runserver\b/,
  python3: /(?:^|\/)manage\.py runserver\b/,
  'manage.py': /^runserver\b/,
  'django-admin': /^runserver\b/,
  npm: /^(?:run|run-script) (?:dev|develop|watch)\b/,
  yarn: /^(?:run )?(?:dev|develop|watch)\b/,
  pnpm: /^(?:run )?(?:dev|develop|watch)\b/,
  bun: /^(?:run )?dev\b|^--(?:hot|watch)\b/,
  // keycloak.org/server/configuration, developer.hashicorp.com: behind the entrypoints of their images as well.
  'kc.sh': /^start-dev\b/,
  'start-dev': null,
  vault: /^server .*-dev\b/,
  consul: /^agent .*-dev\b/,
  nomad: /^agent .*-dev\b/,
  server: /^-dev\b/,
  agent: /^-dev\b/,
};

export function isDevelopmentServer(program: string, words: string): boolean {
  const pattern = Object.hasOwn(servers, program) ? servers[program] : undefined;
  return pattern === null || pattern?.test(words) === true;
}

/** All programs that one of these can be. */
export const developmentPrograms: readonly string[] = [
  ...debugOptions.flatMap(({ programs }) => programs),
  ...Object.keys(servers),
];
