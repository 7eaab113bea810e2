// File problems: why something could not be done with a file, told in one sentence that begins with the file.

export class FileProblem extends Error {
  readonly path: string;

  /** `reason` ends the sentence: `is a folder`. */
  constructor(path: string, reason: string) {
    super(`${path} ${reason}.`);
    this.path = path;
  }
}
