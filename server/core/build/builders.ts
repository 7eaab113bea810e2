// The builders of buildx: what `docker buildx ls --format json` prints, one to a line.

export interface Builder {
  readonly name: string;
  /** `docker`, `docker-container`, `kubernetes`, `remote`, `cloud`. */
  readonly driver: string;
  readonly status: string;
  readonly platforms: readonly string[];
  /** The one that builds where none is named. */
  readonly isChosen: boolean;
}

interface Listed {
  readonly Name?: unknown;
  readonly Driver?: unknown;
  readonly Current?: unknown;
  readonly Nodes?: unknown;
}

interface Node {
  readonly Status?: unknown;
  readonly Platforms?: unknown;
}

const word = (value: unknown): string => (typeof value === 'string' ? value : '');

function builderOf(line: string): Builder | null {
  try {
    const { Name, Driver, Current, Nodes } = (JSON.parse(line) ?? {}) as Listed;
    if (typeof Name !== 'string') return null;
    const nodes: readonly Node[] = Array.isArray(Nodes)
      ? Nodes.filter(node => typeof node === 'object' && node !== null)
      : [];
    const platforms = nodes.flatMap(({ Platforms: some }) => (Array.isArray(some) ? some.map(word) : []));
    return {
      name: Name,
      driver: word(Driver),
      status: nodes.map(({ Status }) => word(Status)).find(status => status !== '') ?? '',
      platforms: [...new Set(platforms)].filter(platform => platform !== ''),
      isChosen: Current === true,
    };
  } catch {
    return null;
  }
}

/** Older ones print a table whatever they are asked: in it a star marks the chosen one. */
function builderIn(row: string): Builder | null {
  const [, name, star, driver, rest = ''] = /^(\S+?)(\*)? +(\S+)(.*)$/.exec(row) ?? [];
  if (name === undefined || driver === undefined || /^NAME/.test(name)) return null;
  return {
    name,
    driver,
    status: rest.trim().split(/\s+/)[0] ?? '',
    platforms: [],
    isChosen: star !== undefined,
  };
}

export const readBuilders = (text: string): Builder[] =>
  text.split('\n').flatMap(line => (line.startsWith('{') ? builderOf(line) : builderIn(line)) ?? []);
