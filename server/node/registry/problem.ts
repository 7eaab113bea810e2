// Problems with a registry: sentences for people, with the next step. Nothing that a registry or a program has said is in
// them, nor any password.

export class RegistryProblem extends Error {
  /** What was asked for is not there; the registry is. */
  readonly isAbsent: boolean;

  constructor(message: string, isAbsent = false) {
    super(message);
    this.isAbsent = isAbsent;
  }
}
