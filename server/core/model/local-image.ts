// Local images: what an engine of the machine says of an image that it has, read out of its `image inspect`.

export interface LocalImage {
  readonly os: string;
  /** As USER says it; empty is root. */
  readonly user: string;
  /** Null stands for a value that may be a secret. */
  readonly env: ReadonlyMap<string, string | null>;
  /** Null where it is that of the system. */
  readonly shell: readonly string[] | null;
  /** Empty where nobody says. */
  readonly workdir: string;
  readonly stopSignal: string;
  readonly entrypoint: readonly string[] | null;
  readonly cmd: readonly string[] | null;
  /** `8080/tcp`. */
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  /** In the form of Compose; null for none. */
  readonly healthcheck: readonly string[] | null;
  readonly labels: ReadonlyMap<string, string>;
  /** When it was made: `2026-08-03`; empty where nobody says. */
  readonly created: string;
  /** Bytes, unpacked; null where nobody says. */
  readonly size: number | null;
}

export type LocalImages = ReadonlyMap<string, LocalImage>;

type Json = Readonly<Record<string, unknown>>;

const longest = 4_000;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objectIn = (value: unknown): Json => (isObject(value) ? value : {});
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= longest;
const textIn = (value: unknown): string => (isText(value) ? value : '');
const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.filter(isText) : []);
const wordsIn = (value: unknown): string[] | null => {
  const words = textsIn(value);
  return words.length > 0 ? words : null;
};

const mayBeSecret = /pass|secret|token|key|credential|auth|private/i;

function envIn(value: unknown): Map<string, string | null> {
  const pairs = textsIn(value).map(pair => /^([^=]+)=(.*)$/s.exec(pair));
  return new Map(
    pairs.flatMap(found => {
      const [, name, held] = found ?? [];
      return name === undefined ? [] : [[name, mayBeSecret.test(name) ? null : (held ?? null)] as const];
    }),
  );
}

/** What `docker image inspect` prints for one image, or podman; null where it is something else. */
export function readLocalImage(printed: string): LocalImage | null {
  let read: unknown;
  try {
    read = JSON.parse(printed);
  } catch {
    return null;
  }
  const image = Array.isArray(read) ? read[0] : read;
  if (!isObject(image) || !isObject(image.Config)) return null;
  const { Config: config } = image;
  // Docker keeps it with the rest, podman beside it.
  const health = objectIn(config.Healthcheck ?? image.Healthcheck ?? image.HealthCheck);
  const test = wordsIn(health.Test);
  return {
    os: textIn(image.Os).toLowerCase(),
    user: textIn(config.User),
    env: envIn(config.Env),
    shell: wordsIn(config.Shell),
    workdir: textIn(config.WorkingDir),
    stopSignal: textIn(config.StopSignal),
    entrypoint: wordsIn(config.Entrypoint),
    cmd: wordsIn(config.Cmd),
    ports: Object.keys(objectIn(config.ExposedPorts)),
    volumes: Object.keys(objectIn(config.Volumes)),
    healthcheck: test === null || test[0] === 'NONE' ? null : test,
    labels: new Map(
      Object.entries(objectIn(config.Labels)).filter((pair): pair is [string, string] => isText(pair[1])),
    ),
    created: /^\d{4}-\d\d-\d\d/.exec(textIn(image.Created))?.[0] ?? '',
    size: Number.isSafeInteger(image.Size) && Number(image.Size) > 0 ? Number(image.Size) : null,
  };
}
