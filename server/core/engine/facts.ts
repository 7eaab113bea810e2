// Facts: what the text alone cannot tell. A rule asks; the host answers at once with what it has, and looks up the rest.
import type { ComposeModel } from '../model/compose/model.ts';
import type { Folder } from '../model/compose/neighbours/partners.ts';
import type { DockerfileModel } from '../model/dockerfile/model.ts';
import type { LocalImage } from '../model/local-image.ts';
import { looking } from '../model/looking.ts';
import type { ShellcheckComment } from './shellcheck.ts';

export interface BuildContext {
  /** Paths below the context's folder with `/`, bounded in number and depth; ignored ones included. */
  readonly files: readonly string[];
  /** False where the folder holds more than was listed. */
  readonly complete: boolean;
  /** The ignore file that the build would use, its path relative to the context. */
  readonly ignoreFile: { readonly path: string; readonly text: string } | null;
}

/** A file of variables, such as `.env`. */
export interface EnvFile {
  readonly text: string;
  /** It is in a repository whose ignore files do not keep it out. */
  readonly takenIn: boolean;
}

/** Everything that can be asked; paths are relative to the folder of the document and use `/`. */
export interface Facts {
  /** The build context whose root is the folder at the path. */
  readonly context: BuildContext;
  /** The Dockerfile at the path. */
  readonly dockerfile: DockerfileModel;
  /** The file of variables at the path. */
  readonly env: EnvFile;
  /** The Compose file at the path. */
  readonly compose: ComposeModel;
  /** The names of the files in the folder at the path; `.` alone is ever asked for. */
  readonly folder: Folder;
  /** What ShellCheck says of a script; in place of a path stands a question (`questionText`). */
  readonly shellcheck: readonly ShellcheckComment[];
  /** The version of a package that an image offers; in place of a path stands a question (`versionQuestionText`). */
  readonly version: string;
  /** What an engine of this machine says of an image that it has; in place of a path stands the image. */
  readonly image: LocalImage;
  /** What a registry says of an image; in place of a path stands a question (`imageQuestionText`). */
  readonly registry: string;
}

export type FactKind = keyof Facts;

export interface FactRequest {
  readonly kind: FactKind;
  readonly path: string;
}

/** Null: it is not there. Undefined: not known, or not yet. */
export type Answer<K extends FactKind> = Facts[K] | null | undefined;

export interface FactReader<N extends FactKind = FactKind> {
  get<K extends N>(kind: K, path: string): Answer<K>;
}

/** For hosts without files, and for texts without a place. */
export const noFacts: FactReader = { get: () => undefined };

export interface Answered extends FactRequest {
  readonly answer: Answer<FactKind>;
}

/** A file with more of them is generated: each is a process to start, and an answer to remember. */
const mostScripts = 500;

/** A reader that remembers what was asked, and whether it got an answer. */
export interface FactLog extends FactReader {
  /** All that was asked, in order, with what was said: twice what was asked twice. */
  readonly answers: readonly Answered[];
  readonly asked: ReadonlyMap<string, FactRequest>;
  readonly missing: readonly FactRequest[];
}

export const factKey = ({ kind, path }: FactRequest): string => `${kind}:${path}`;

export function logFacts(source: FactReader): FactLog {
  const asked = new Map<string, FactRequest>();
  const missing: FactRequest[] = [];
  const answers: Answered[] = [];
  let scripts = 0;
  return {
    answers,
    asked,
    missing,
    get(kind, path) {
      looking.asked = true;
      const answer = source.get(kind, path);
      answers.push({ kind, path, answer });
      const key = factKey({ kind, path });
      if (!asked.has(key)) {
        asked.set(key, { kind, path });
        if (answer === undefined && (kind !== 'shellcheck' || ++scripts <= mostScripts))
          missing.push({ kind, path });
      }
      return answer;
    },
  };
}
