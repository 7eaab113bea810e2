// How a build ended: what the command line and the editor tell of it.
import type { BuildStep } from './step.ts';

/** What an image is, as far as two of them are compared by it. */
export interface BuiltImage {
  readonly id: string;
  /** Null where the engine does not have it: one for several platforms stays in its builder. */
  readonly bytes: number | null;
  readonly layers: number | null;
  /** Empty for root. */
  readonly user: string | null;
  /** Null where it has none. */
  readonly health: string | null;
}

export interface Outcome<Problem> {
  readonly ending: 'built' | 'failed' | 'cancelled';
  readonly image: BuiltImage | null;
  readonly seconds: number;
  /** Instructions that were worked through, and how many of them came from the cache. */
  readonly steps: number;
  readonly cached: number;
  readonly problems: readonly Problem[];
  /** What kept the engine from building, with the next step; null where it is the file. */
  readonly obstacle: string | null;
}

/** What a cache is for: not what a builder does besides, nor where an image starts from. */
export const countedSteps = (steps: readonly BuildStep[]): BuildStep[] =>
  steps.filter(({ number, text }) => number !== null && !/^(?:FROM|ARG)\b/i.test(text));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What `image inspect` prints, of docker, podman and nerdctl; unknown fields are passed over. */
export function readInspected(id: string, text: string): BuiltImage {
  const nothing = { id, bytes: null, layers: null, user: null, health: null };
  try {
    const parsed: unknown = JSON.parse(text);
    const image: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
    if (!isRecord(image)) return nothing;
    const config = isRecord(image.Config) ? image.Config : {};
    const { Layers: layers } = isRecord(image.RootFS) ? image.RootFS : {};
    // Of podman it is a part of the image itself.
    const check = config.Healthcheck ?? image.HealthCheck ?? image.Healthcheck;
    const test = isRecord(check) && Array.isArray(check.Test) ? check.Test.map(String) : [];
    return {
      id,
      bytes: typeof image.Size === 'number' ? image.Size : null,
      layers: Array.isArray(layers) ? layers.length : null,
      user: typeof config.User === 'string' ? config.User : '',
      health: test.length === 0 || test[0] === 'NONE' ? null : test.slice(1).join(' '),
    };
  } catch {
    return nothing;
  }
}
