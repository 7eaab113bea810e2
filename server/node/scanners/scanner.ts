// A scanner as a value: how it is found, which words start it, where it writes, and what its failures mean.
import type { Obstacle, ScannerName } from '../../core/scan/model.ts';

export interface ScanTarget {
  readonly image: string;
  /** The engine that has it: `docker`; null: it is fetched from its registry. */
  readonly engine: string | null;
}

export interface ScanChoice {
  /** A server of Trivy that has the database. */
  readonly server: string | null;
  /** Whether it may fetch a newer database. */
  readonly mayUpdate: boolean;
}

export interface Failure {
  /** In what it prints. */
  readonly said: RegExp;
  /** A sentence with the next step. */
  tell(image: string): string;
  readonly kind: Obstacle;
}

export interface Scanner {
  readonly name: ScannerName;
  /** The program in PATH. */
  readonly program: string;
  readonly versionArgs: readonly string[];
  /** Null where it is not what it is called. */
  version(out: string): string | null;
  /** What follows the program; the report goes to the file. */
  args(target: ScanTarget, choice: ScanChoice, file: string, version: string): readonly string[];
  /** Variables that are set, whatever the machine says. */
  env(choice: ScanChoice): Readonly<Record<string, string>>;
  /** Of the machine's variables, those that begin so are passed on. */
  readonly passes: RegExp;
  /** The first that fits counts. */
  readonly failures: readonly Failure[];
}
