// What the runner and the suites tell each other.

/** Known before VS Code starts. */
export interface Facts {
  /** Where a suite tells how its tests end. */
  readonly runner: string;
  /** What the command line makes of the texts to compare with. */
  readonly repaired: Readonly<Record<string, string>>;
  /** The command line. */
  readonly cli: string;
  /** Where VS Code has the extensions that are installed. */
  readonly extensions: string;
  /** Is there once ShellCheck has been asked: a stand-in that comes first in PATH leaves it behind. */
  readonly asked: string;
  /** How far a build is that is to be stopped, `started` or `stopped`: the stand-in for Docker writes it. */
  readonly build: string;
}

export interface Outcome {
  readonly suite: string;
  readonly name: string;
  readonly milliseconds: number;
  readonly error: string | null;
}
