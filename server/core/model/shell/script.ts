// The shell model: what a RUN, CMD, ENTRYPOINT, HEALTHCHECK, heredoc or Compose command executes. Types only; every
// span is an offset into the file, through continuations, comments and escapes.
import type { MappedText } from '../../text/mapped-text.ts';
import type { Span } from '../../text/span.ts';

/** Who reads the text: POSIX-like shells are parsed, the others are opaque, `exec` is an argument list without a shell. */
export type ShellKind = 'posix' | 'powershell' | 'cmd' | 'exec' | 'other';

export interface ShellWord {
  /** The source as written, quotes included. */
  readonly raw: string;
  /**
   * The value after quote removal, or null where it holds a variable or a substitution. Globs, braces and tildes stay
   * as written.
   */
  readonly value: string | null;
  readonly span: Span;
  /** Names of the variables it expands, in order; those in a substitution belong to the commands there. */
  readonly variables: readonly string[];
}

export interface ShellAssignment {
  readonly name: string;
  readonly value: ShellWord | null;
  readonly span: Span;
}

export interface ShellRedirect {
  /** `>`, `>>`, `<`, `<<`, `<<<`, `>&`, ... */
  readonly operator: string;
  readonly descriptor: number | null;
  /** Of a heredoc its delimiter, with the variables of its body. */
  readonly target: ShellWord | null;
  readonly span: Span;
}

/** What stands between a command and the next one in the same list. */
export type Separator = '&&' | '||' | ';' | '&' | '|' | null;

export interface ShellCommand {
  /** The program's literal name without its folder (`/usr/bin/apt-get` is `apt-get`), or null where it is computed. One
   * for all minor versions of Python: `pip3.14` is `pip3`. */
  readonly name: string | null;
  /** The word that names the program; null for a command of assignments or redirections alone. */
  readonly nameWord: ShellWord | null;
  readonly args: readonly ShellWord[];
  /** Those before it; for a command seen through `env` or `sudo` the ones among their arguments. */
  readonly assignments: readonly ShellAssignment[];
  /** Those written at it: a wrapper's and a group's are not repeated. */
  readonly redirects: readonly ShellRedirect[];
  /** From its first word (wrappers excluded) to its last one, redirections excluded. */
  readonly span: Span;
  /** `sudo`, `env`, `exec`, `xargs`, `sh -c`, ...: the command through which this one was seen, nearest first. */
  readonly wrappers: readonly ShellCommand[];
  /** Behind `sudo` and the like it is the wrapper's, which stands in it as the member. */
  readonly pipeline: ShellPipeline | null;
  /** Runs only in a branch (`if`, `case`, loop body, function body, right side of `&&`/`||`). */
  readonly conditional: boolean;
  /** Stands inside a command or process substitution. */
  readonly substituted: boolean;
  readonly after: Separator;
}

export interface ShellPipeline {
  /** A member that is a group or subshell is null. */
  readonly commands: readonly (ShellCommand | null)[];
  readonly span: Span;
}

export interface ShellScript {
  readonly kind: ShellKind;
  /** The text that is read, with the way back to the file; null without a shell. */
  readonly source: MappedText | null;
  /** False where the text has a syntax error: what could be read is still given. */
  readonly complete: boolean;
  /** In order of position, nested ones and those seen through wrappers included. */
  readonly commands: readonly ShellCommand[];
  readonly pipelines: readonly ShellPipeline[];
  /** All redirections, those of groups and loops included. */
  readonly redirects: readonly ShellRedirect[];
  /** The program that reads it: the first word of the shell in effect, or of a heredoc's `#!` line. */
  readonly interpreter: string | null;
}
