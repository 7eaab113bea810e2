// The facts folder: what was read from public repositories about images, as JSON. The tables are made from it.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface TagFacts {
  readonly asOf: string;
  readonly source: string;
  readonly commit: string;
  readonly licence: string;
  readonly images: Readonly<Record<string, readonly (readonly string[])[]>>;
}

export interface VariantFacts {
  /** Indexes into the groups of the image's tags. */
  readonly groups: readonly number[];
  /** Labels of the source's folders, for images that have no groups. */
  readonly tags?: readonly string[];
  readonly os: { readonly family: string; readonly packageManager: string };
  readonly user: string | null;
  readonly accounts: readonly {
    readonly name: string;
    readonly uid: number | null;
    readonly gid: number | null;
  }[];
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  readonly healthcheck: boolean;
  readonly entrypoint: readonly string[] | null;
  readonly cmd: readonly string[] | null;
  readonly drops: readonly { readonly tool: string; readonly to: string }[];
  readonly fileEnv: readonly string[];
  readonly shell: boolean | 'unknown';
  readonly curl: boolean | 'unknown';
  readonly wget: boolean | 'unknown';
  readonly base: readonly string[];
}

export interface ImageFacts {
  readonly asOf: string;
  readonly images: Readonly<
    Record<
      string,
      {
        readonly variants: readonly VariantFacts[];
        readonly healthCommand?: { readonly test: readonly string[]; readonly note?: string };
      }
    >
  >;
}

export interface ReleaseFacts {
  /** What the tags of the release begin with, or its name. */
  readonly cycle: string;
  readonly codename?: string;
  /** The end of support: a day, `true` (ended, nobody knows when), or `false` (not ended). */
  readonly eol?: string | boolean;
  /** The end of extended support. */
  readonly eoes?: string | boolean;
}

export interface LifecycleFacts {
  readonly asOf: string;
  readonly source: string;
  readonly commit: string;
  readonly licence: string;
  readonly products: Readonly<
    Record<string, { readonly images: readonly string[]; readonly cycles: readonly ReleaseFacts[] }>
  >;
}

export interface FactsFolder {
  readonly tags: TagFacts;
  readonly images: ImageFacts;
  readonly lifecycles: LifecycleFacts;
}

/** Undefined where there is no such folder. */
export function readFacts(folder: string): FactsFolder | undefined {
  if (!existsSync(folder)) return undefined;
  const read = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
  return {
    tags: read('official-tags.json') as TagFacts,
    images: read('images.json') as ImageFacts,
    lifecycles: read('endoflife.json') as LifecycleFacts,
  };
}
