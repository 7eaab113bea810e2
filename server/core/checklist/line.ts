// A line of the checklist: the question, the rules that answer it, and the value that they are about.
import type { Evidence, Reference, Value } from './checklist.ts';
import type { ImageSubject, ServiceSubject, Subject } from './subject.ts';

export interface Line {
  /** Kebab-case, names the good thing; never reused. */
  readonly id: string;
  readonly title: string;
  /** What goes wrong where it does not hold; a sentence or two. */
  readonly why: string;
  readonly references: readonly Reference[];
  readonly rules: {
    readonly compose: readonly string[];
    readonly dockerfile: readonly string[];
  };
  /** The service itself says what its image would, so that what the Dockerfile says does not count. */
  overridden?(subject: ServiceSubject): boolean;
  /** The value that the rules speak of. They judge it; this only tells. */
  service(subject: ServiceSubject, evidence: readonly Evidence[]): Value;
  /** Missing where an image alone cannot tell. */
  image?(subject: ImageSubject, evidence: readonly Evidence[]): Value;
}

const benchmark = 'https://www.cisecurity.org/benchmark/docker';
const cheatSheet = 'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html';

export const cis = (...sections: readonly string[]): Reference => ({
  title: `CIS Docker Benchmark 1.6.0, ${sections.join(', ')}`,
  url: benchmark,
});

export const owasp = (rule: number, anchor: string): Reference => ({
  title: `OWASP Docker Security Cheat Sheet, rule ${rule}`,
  url: `${cheatSheet}#rule-${rule}-${anchor}`,
});

export const docker = (title: string, path: string): Reference => ({
  title: `Docker: ${title}`,
  url: `https://docs.docker.com/${path}`,
});

export const rulesOf = (line: Line, subject: Subject): readonly string[] =>
  subject.kind === 'image' ? line.rules.dockerfile : [...line.rules.compose, ...line.rules.dockerfile];
