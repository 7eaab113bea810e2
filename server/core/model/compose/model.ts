// The Compose model: services with the effective value of every key and the node it came from. Types only.
import type { Span } from '../../text/span.ts';
import type { LocalImages } from '../local-image.ts';
import type { SyntaxProblem } from '../problem.ts';
import type { YamlComment, YamlMap, YamlNode } from '../yaml/node.ts';
import type { YamlStyle } from '../yaml/style.ts';
import type { Lookup } from './interpolation.ts';

export interface ComposeModel {
  readonly language: 'compose';
  readonly text: string;
  readonly root: YamlMap | null;
  readonly services: readonly Service[];
  readonly comments: readonly YamlComment[];
  readonly problems: readonly SyntaxProblem[];
  /** How the document is written, for what is inserted into it. */
  readonly style: YamlStyle;
  /** Values of variables that are known beside the file, as from a `.env`. */
  readonly variables: Lookup;
  /** What an engine of this machine says of images that it has, by what `image` names. */
  readonly images: LocalImages;
  /** The entries of a top-level section (`volumes`, `secrets`, ...), merges followed. */
  section(name: string): readonly Entry[];
}

export interface Entry {
  readonly name: string;
  readonly keySpan: Span;
  /** Null where the key has no value yet. */
  readonly node: YamlNode | null;
  /** It stands in another file: its places are none of this text, and no edit can reach it. */
  readonly elsewhere: boolean;
  /** Other services (or entries) that take this very node through an anchor or `<<`; empty for the most part. */
  readonly sharedBy: readonly string[];
}

export interface Service {
  readonly name: string;
  /** The service's key. */
  readonly nameSpan: Span;
  readonly span: Span;
  /** Another file has all of it: it is there to be referred to, and judged in that file. */
  readonly elsewhere: boolean;
  /** The service's own map as written; null where it is an alias, empty or no map. */
  readonly map: YamlMap | null;
  /** Effective entries in order, merges followed, own keys first. */
  readonly entries: readonly Entry[];
  /** The effective value at a path of map keys: `get('healthcheck', 'test')`. */
  get(...path: readonly string[]): Entry | undefined;
  /** `environment`, `labels`, `build.args`, ... as pairs, whether written as list or map. */
  pairs(...path: readonly string[]): readonly Pair[];
}

/** `NAME=value` of a list or `NAME: value` of a map. */
export interface Pair {
  readonly name: string;
  readonly nameSpan: Span;
  /** Null where only the name is given. */
  readonly value: string | null;
  readonly valueSpan: Span | null;
  /** The whole entry: the list item's scalar, or key and value. */
  readonly span: Span;
  readonly form: 'list' | 'map';
  readonly sharedBy: readonly string[];
}
