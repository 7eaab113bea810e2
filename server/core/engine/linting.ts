// Linting: what is asked of the engine, and what it answers. Types only.
import type { Span } from '../text/span.ts';
import type { Catalogue } from './catalogue.ts';
import type { FactReader, FactRequest } from './facts.ts';
import type { Finding, SuppressedFinding } from './finding.ts';
import type { Memory } from './memory.ts';
import type { Model } from './rule.ts';
import type { ServiceMemory } from './service-memory.ts';
import type { Settings } from './settings.ts';

/** What the next version of a Dockerfile or a Compose file need not be looked at for again. */
export type LintMemory = Memory | ServiceMemory;

export interface LintRequest {
  readonly model: Model;
  readonly settings: Settings;
  readonly facts: FactReader;
  /** Of a version before. */
  readonly memory?: LintMemory | undefined;
}

export interface LintResult {
  /** In document order. */
  readonly findings: readonly Finding[];
  /** Silenced by a comment in the file. */
  readonly suppressed: readonly SuppressedFinding[];
  /** Text that nothing shown to a person may contain. */
  readonly sensitive: readonly Span[];
  /** Everything the findings rest on outside this text: lint again when one of them changes. */
  readonly asked: readonly FactRequest[];
  /** Asked, but not known to the host: lint again when they are. */
  readonly missing: readonly FactRequest[];
  /** For the next version. */
  readonly memory: LintMemory | undefined;
}

export type Lint = (catalogue: Catalogue, request: LintRequest) => LintResult;
