// Reads what a shell, or the system without one, is given to run: the commands in it, wrappers seen through.
import type { MappedText } from '../../text/mapped-text.ts';
import { hull, type Span } from '../../text/span.ts';
import { parse } from './adapter.ts';
import { type ExecWord, literalWord } from './exec-word.ts';
import { programName } from './interpreter.ts';
import type { ShellCommand, ShellKind, ShellPipeline, ShellRedirect, ShellScript } from './script.ts';
import { type Place, type SimpleCommand, type Sink, walkScript } from './walk.ts';
import { type ShellText, shellText } from './word.ts';
import { innerOf } from './wrappers.ts';

export { type ExecWord, jsonWord } from './exec-word.ts';
export { interpreterOf, shellKindOf } from './interpreter.ts';

/** Only POSIX-like text is parsed; any other is opaque: without commands, and complete. */
export function parseShell(
  body: MappedText,
  kind: ShellKind,
  interpreter: string | null = null,
): ShellScript {
  return new Script(kind, body, interpreter, collector => {
    if (kind === 'posix') readText(shellText(body), topLevel, collector);
  });
}

/** A list that is run without a shell: one command, and what that runs in turn. */
export function execScript(list: readonly ExecWord[]): ShellScript {
  return new Script('exec', null, null, collector => {
    const words = list.map(literalWord);
    const first = words[0];
    if (first === undefined) return;
    const span = hull(first.span, words.at(-1)?.span ?? first.span);
    collector.command({ words, assignments: [], redirects: [], span, input: null }, topLevel);
  });
}

/** Read when somebody asks what is in it: many a script is of no interest to any rule that runs. */
class Script implements ShellScript {
  readonly kind: ShellKind;
  readonly source: MappedText | null;
  readonly interpreter: string | null;
  readonly #read: (collector: Collector) => void;
  #collected: Collected | undefined;

  constructor(
    kind: ShellKind,
    source: MappedText | null,
    interpreter: string | null,
    read: (collector: Collector) => void,
  ) {
    this.kind = kind;
    this.source = source;
    this.interpreter = interpreter;
    this.#read = read;
  }

  #all(): Collected {
    if (this.#collected === undefined) {
      const collector = new Collector();
      this.#read(collector);
      this.#collected = collector.collected();
    }
    return this.#collected;
  }

  get complete(): boolean {
    return this.#all().complete;
  }

  get commands(): readonly ShellCommand[] {
    return this.#all().commands;
  }

  get pipelines(): readonly ShellPipeline[] {
    return this.#all().pipelines;
  }

  get redirects(): readonly ShellRedirect[] {
    return this.#all().redirects;
  }
}

type Collected = Pick<ShellScript, 'complete' | 'commands' | 'pipelines' | 'redirects'>;

const topLevel: Place = {
  wrappers: [],
  pipeline: null,
  conditional: false,
  substituted: false,
  after: null,
};

/** What stands behind more wrappers than these, `sh -c` included, is not read. */
const mostWrappers = 8;

class Collector implements Sink {
  readonly #commands: ShellCommand[] = [];
  readonly #pipelines: ShellPipeline[] = [];
  readonly #redirects: ShellRedirect[] = [];
  #complete = true;

  command(found: SimpleCommand, place: Place): ShellCommand {
    const command = shellCommand(found, place);
    this.#commands.push(command);
    if (place.wrappers.length < mostWrappers) seeThrough(command, found, place, this);
    return command;
  }

  pipeline(found: ShellPipeline): void {
    this.#pipelines.push(found);
  }

  redirect(found: ShellRedirect): void {
    this.#redirects.push(found);
  }

  incomplete(): void {
    this.#complete = false;
  }

  collected(): Collected {
    return {
      complete: this.#complete,
      commands: this.#commands.sort(byStart),
      pipelines: this.#pipelines.sort(byStart),
      redirects: this.#redirects.sort(byStart),
    };
  }
}

const byStart = (a: { readonly span: Span }, b: { readonly span: Span }): number =>
  a.span.start - b.span.start;

function readText(text: ShellText, place: Place, sink: Sink): void {
  try {
    walkScript(parse(text.text), text, place, sink);
  } catch {
    // The parser's stack ends at some thousand nested `coproc`; what the walk found before stays.
    sink.incomplete();
  }
}

function shellCommand(
  { words, assignments, redirects, span }: SimpleCommand,
  { wrappers, pipeline, conditional, substituted, after }: Place,
): ShellCommand {
  const nameWord = words[0] ?? null;
  const program = nameWord?.value ?? null;
  const name = program === null ? null : programName(program);
  const args = words.slice(1);
  return {
    name,
    nameWord,
    args,
    assignments,
    redirects,
    span,
    wrappers,
    pipeline,
    conditional,
    substituted,
    after,
  };
}

function seeThrough(wrapper: ShellCommand, found: SimpleCommand, place: Place, sink: Sink): void {
  const behind = { ...place, wrappers: [wrapper, ...place.wrappers] };
  for (const inner of innerOf(wrapper.name, found)) {
    if (inner.kind === 'command') sink.command(inner.command, behind);
    else readText(inner.text, { ...behind, pipeline: null, after: null }, sink);
  }
}
