// The command line of a build: a value that is checked, and made for each engine. What a file or a person says becomes
// part of one argument, behind the name of its flag, and is read by no shell.

export interface BuildRequest {
  /** Absolute paths. */
  readonly dockerfile: string;
  readonly context: string;
  readonly tag: string;
  readonly target: string | null;
  /** Without a value it is taken from the environment. */
  readonly args: readonly { readonly name: string; readonly value: string | null }[];
  /** A file by its absolute path, or a variable of the environment. */
  readonly secrets: readonly {
    readonly id: string;
    readonly file: string | null;
    readonly env: string | null;
  }[];
  /** Ids of `--mount=type=ssh`. */
  readonly agents: readonly string[];
  readonly platforms: readonly string[];
  /** Of buildx; null for the one that is chosen there. */
  readonly builder: string | null;
  readonly isFresh: boolean;
}

/**
 * `buildx`: Docker with the plugin. `docker`: Docker's client with BuildKit in it, before version 23. `legacy`: Docker
 * without BuildKit.
 */
export type BuildTool = 'buildx' | 'docker' | 'legacy' | 'podman' | 'nerdctl';

/** As registries read it: a host, a path, a tag. */
const reference =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?$/;
const variable = /^[A-Za-z_]\w*$/;
/** Of comma-separated lists, and of what ends an argument. */
const separators = /[,"\r\n\0]/;

interface Check {
  isWrong(request: BuildRequest, tool: BuildTool): string | undefined | false;
}

const firstWrong = <Item>(items: readonly Item[], isRight: (item: Item) => boolean): Item | undefined =>
  items.find(item => !isRight(item));

const isAbsolute = (path: string): boolean => /^(?:\/|[a-zA-Z]:[/\\]|\\\\)/.test(path);

const checks: readonly Check[] = [
  {
    isWrong: ({ tag }) =>
      !(reference.test(tag) && tag.length < 400) &&
      `${JSON.stringify(tag)} is no tag of an image: write name:tag in lower case, such as shop/api:1.4.`,
  },
  {
    isWrong: ({ context, dockerfile }) => {
      const wrong = firstWrong([context, dockerfile], path => isAbsolute(path) && !path.includes('\0'));
      return (
        wrong !== undefined && `${wrong} is no path on this machine: the context of a build is a folder here.`
      );
    },
  },
  {
    isWrong: ({ target }) =>
      target !== null && !/^\w[\w.-]*$/.test(target) && `${JSON.stringify(target)} is no name of a stage.`,
  },
  {
    isWrong: ({ args }) => {
      const wrong = firstWrong(args, ({ name, value }) => variable.test(name) && !value?.includes('\0'));
      return wrong && `${JSON.stringify(wrong.name)} is no name of a build argument: write NAME=value.`;
    },
  },
  {
    isWrong: ({ secrets }) => {
      const wrong = firstWrong(
        secrets,
        ({ id, file, env }) =>
          id !== '' &&
          !separators.test(id) &&
          (file === null ? variable.test(env ?? '') : !separators.test(file)),
      );
      return (
        wrong &&
        `The secret ${wrong.id} cannot be passed on: write id=NAME,src=FILE or id=NAME,env=VARIABLE, without commas or quotes inside.`
      );
    },
  },
  {
    isWrong: ({ agents }) => {
      const wrong = firstWrong(agents, id => /^[\w.-]+$/.test(id));
      return wrong !== undefined && `${JSON.stringify(wrong)} is no id of an SSH agent.`;
    },
  },
  {
    isWrong: ({ platforms }) => {
      const wrong = firstWrong(platforms, platform => /^[a-z0-9_]+(?:\/[a-z0-9_]+){0,2}$/i.test(platform));
      return wrong !== undefined && `${JSON.stringify(wrong)} is no platform: write one such as linux/arm64.`;
    },
  },
  {
    isWrong: ({ builder }) =>
      builder !== null &&
      !/^\w[\w./-]*$/.test(builder) &&
      `${JSON.stringify(builder)} is no name of a builder.`,
  },
  {
    isWrong: ({ builder }, tool) =>
      builder !== null &&
      tool !== 'buildx' &&
      'Builders are chosen with the buildx plugin of Docker, which is not there.',
  },
  {
    isWrong: ({ secrets, agents }, tool) =>
      tool === 'legacy' &&
      secrets.length + agents.length > 0 &&
      'Secrets and SSH agents need BuildKit: install the buildx plugin of Docker, or build with podman.',
  },
  {
    isWrong: ({ platforms }, tool) =>
      platforms.length > 1 &&
      tool !== 'buildx' &&
      `${tool} builds for one platform at a time here: name one, or install the buildx plugin of Docker.`,
  },
];

/** What is wrong with a request, in a sentence; null where it can be built. */
export function wrongWith(request: BuildRequest, tool: BuildTool): string | null {
  for (const { isWrong } of checks) {
    const wrong = isWrong(request, tool);
    if (wrong) return wrong;
  }
  return null;
}

const each = <Item>(items: readonly Item[], word: (item: Item) => string): string[] => items.map(word);

/** The arguments of the engine's program; `idFile` is where it notes which image it has made. */
export function buildWords(request: BuildRequest, tool: BuildTool, idFile: string): string[] {
  const { dockerfile, context, tag, target, args, secrets, agents, platforms, builder } = request;
  const speaksPlainly = tool === 'buildx' || tool === 'docker' || tool === 'nerdctl';
  return [
    ...(tool === 'buildx' ? ['buildx', 'build'] : ['build']),
    ...(speaksPlainly ? ['--progress=plain'] : []),
    // It keeps the container of a command that fails, unless it is told not to.
    ...(tool === 'legacy' ? ['--force-rm'] : []),
    // Builders other than the engine's own keep what they have made, unless they are asked for it.
    ...(tool === 'buildx' && platforms.length < 2 ? ['--load'] : []),
    ...(builder === null ? [] : [`--builder=${builder}`]),
    `--file=${dockerfile}`,
    `--tag=${tag}`,
    `--iidfile=${idFile}`,
    ...(target === null ? [] : [`--target=${target}`]),
    ...each(args, ({ name, value }) => `--build-arg=${name}${value === null ? '' : `=${value}`}`),
    ...each(
      secrets,
      ({ id, file, env }) => `--secret=id=${id},${file === null ? `env=${env}` : `src=${file}`}`,
    ),
    ...each(agents, id => `--ssh=${id}`),
    ...(platforms.length === 0 ? [] : [`--platform=${platforms.join(',')}`]),
    ...(request.isFresh ? ['--no-cache'] : []),
    context,
  ];
}

/** Which variables of the environment the request takes values from. */
export const variablesOf = ({ args, secrets }: BuildRequest): string[] => [
  ...args.flatMap(({ name, value }) => (value === null ? [name] : [])),
  ...secrets.flatMap(({ env }) => env ?? []),
];
