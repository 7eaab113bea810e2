// The checklist: what must hold before a service or an image goes into production, line by line. Types only.
import type { Finding } from '../engine/finding.ts';
import type { Model } from '../engine/rule.ts';
import type { ComposeModel } from '../model/compose/model.ts';
import type { DockerfileModel } from '../model/dockerfile/model.ts';
import type { MappedText } from '../text/mapped-text.ts';
import type { Span } from '../text/span.ts';

/** `accepted`: it does not hold, and somebody has said that this is meant. */
export const statuses = ['failed', 'unknown', 'accepted', 'passed'] as const;
export type Status = (typeof statuses)[number];

/**
 * Which document a place is in: the one that the checklist is about, the Dockerfile that its service is built from, or
 * another Compose file of the project, by its path from the folder of the document.
 */
export type Where = 'document' | 'dockerfile' | `beside ${string}`;

/** Who says so. */
export type Origin =
  | { readonly kind: 'file'; readonly where: Where; readonly span: Span }
  /** The table of images. */
  | { readonly kind: 'image'; readonly image: string }
  /** Nobody: what Docker or Compose does then. */
  | { readonly kind: 'default' };

export interface Value {
  /** A few words; for what is not known, why. */
  readonly text: string;
  readonly known: boolean;
  readonly origin: Origin;
}

/** What a rule found for a line. */
export interface Evidence {
  readonly finding: Finding;
  readonly where: Where;
  /** Null where nobody has accepted it. */
  readonly accepted: Acceptance | null;
}

export interface Acceptance {
  readonly by: 'comment' | 'configuration';
  readonly reason: string | null;
}

export interface Reference {
  /** `CIS Docker Benchmark 1.6.0, 5.13`. */
  readonly title: string;
  readonly url: string;
}

/** A line as it came out. */
export interface Item {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly references: readonly Reference[];
  readonly status: Status;
  readonly value: Value;
  /** The rules that decide it. */
  readonly rules: readonly string[];
  /** Those that fail it first, then what was accepted. */
  readonly evidence: readonly Evidence[];
}

/** A document with what the rules have found in it. */
export interface Checked<M extends Model = Model> {
  readonly model: M;
  readonly findings: readonly Finding[];
  readonly accepted: readonly { readonly finding: Finding; readonly acceptance: Acceptance }[];
  /** Text that nothing shown to a person may contain. */
  readonly sensitive: readonly Span[];
}

export interface Checklist {
  readonly kind: 'service' | 'image';
  /** Of the service; of an image the stage that ships, or null where it has no name. */
  readonly name: string | null;
  /** Where it is named. */
  readonly span: Span;
  readonly items: readonly Item[];
}

/** A Dockerfile behind a service. */
export interface Behind {
  readonly checked: Checked<DockerfileModel>;
  /** What a host finds it by; null where its text stands in the Compose file. */
  readonly location: string | null;
  readonly inline: MappedText | null;
}

/** Another Compose file of the project. */
export interface Beside {
  readonly checked: Checked<ComposeModel>;
  readonly location: string;
}

/** All checklists of a document. */
export interface Production {
  readonly location: string;
  readonly checked: Checked;
  readonly beside: ReadonlyMap<Where, Beside>;
  readonly lists: readonly { readonly checklist: Checklist; readonly behind: Behind | null }[];
}
