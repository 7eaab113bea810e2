// The Dockerfile model: what rules, hosts and commands see of a Dockerfile. Types only. Immutable; one per document version.
import type { Edit } from '../../text/edit.ts';
import type { Layout } from '../../text/layout.ts';
import type { MappedText } from '../../text/mapped-text.ts';
import type { Span } from '../../text/span.ts';
import type { ImageReference } from '../image-reference.ts';
import type { Known } from '../known.ts';
import type { LocalImage } from '../local-image.ts';
import type { SyntaxProblem } from '../problem.ts';
import type { ShellScript } from '../shell/script.ts';
import type { ProblemCode } from './problem-texts.ts';

export interface DockerfileModel {
  readonly language: 'dockerfile';
  readonly text: string;
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  readonly comments: readonly Comment[];
  /** In file order, the ones before the first FROM included. ONBUILD triggers hang on their ONBUILD. */
  readonly instructions: readonly Instruction[];
  readonly stages: readonly Stage[];
  /** The stage that ships: the one the build is asked for, else the last; null where there is none. */
  readonly finalStage: Stage | null;
  /** Everything BuildKit's parser refuses, the first one first. */
  readonly problems: readonly DockerfileProblem[];
  /** Where a new line may be put at the earliest: below the parser directives. */
  readonly bodyStart: number;
  /** How the document is written, for what is inserted into it. */
  readonly layout: Layout;
}

export interface DockerfileProblem extends SyntaxProblem {
  readonly code: ProblemCode;
  /** What the template of the code's message is filled with. */
  readonly data: Readonly<Record<string, string | number>>;
  /**
   * When BuildKit refuses it: when it splits the file, when it looks at the instructions one by one, or when it
   * comes to build the instruction.
   */
  readonly stage: 'parse' | 'instruction' | 'build';
  /** Edits after which the text says what was most likely meant; none where that cannot be told. */
  readonly meant: readonly Edit[];
}

export interface Directive {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

export interface Comment {
  /** Without `#` and surrounding blanks. */
  readonly text: string;
  /** From `#` to the end of the line. */
  readonly span: Span;
}

/** A word of an instruction's arguments, as BuildKit splits them. */
export interface Word {
  /** As written, quotes included. */
  readonly raw: string;
  /** Quotes and escapes removed; variables still in it. */
  readonly value: string;
  readonly span: Span;
}

export interface Flag {
  /** Lower case, without dashes: `mount`, `from`, `chown`. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: string | null;
  readonly valueSpan: Span | null;
  readonly span: Span;
  readonly raw: string;
}

/** A `--mount` of RUN, split into its options. */
export interface Mount {
  readonly flag: Flag;
  /** `bind` where it states none. */
  readonly type: string;
  /** By lower-case name; an option without `=` has an empty value. The span covers name and value. */
  readonly options: ReadonlyMap<string, { readonly value: string; readonly span: Span }>;
}

export interface Heredoc {
  readonly name: string;
  /** The content as the build sees it: leading tabs removed after `<<-`. */
  readonly content: string;
  readonly contentSpan: Span;
  /** Variables in it are expanded by the build: the delimiter is not quoted. */
  readonly expands: boolean;
  /** The line that ends it; null where the file ends first. */
  readonly endSpan: Span | null;
}

export interface KeyValue {
  readonly name: string;
  readonly nameSpan: Span;
  /** Null for ARG without a default, and where it is missing. */
  readonly value: Word | null;
  /** The value with variables known at this place filled in. */
  readonly resolved: Known<string> | null;
  readonly span: Span;
}

export interface InstructionBase {
  readonly index: number;
  /** From the keyword to the end of the last argument or heredoc, without the final line end. */
  readonly span: Span;
  /**
   * All lines that the build takes for it: the span, and comment lines and blank lines behind a last line that asks
   * to be continued.
   */
  readonly extent: Span;
  readonly keywordSpan: Span;
  readonly flags: readonly Flag[];
  /** The arguments behind the flags as BuildKit joins them: continuations joined, comment lines dropped. */
  readonly body: MappedText;
  /** The arguments split into words; for JSON forms the decoded strings. */
  readonly words: readonly Word[];
  /** The arguments are a valid JSON list, where the instruction allows one. */
  readonly json: boolean;
  readonly heredocs: readonly Heredoc[];
  /** The comment lines directly above it, and those between its continuation lines. */
  readonly comments: readonly Comment[];
  readonly stage: Stage | null;
  readonly before: State;
  readonly after: State;
  /** The ONBUILD that holds it. */
  readonly onbuild: OnbuildInstruction | null;
}

export interface FromInstruction extends InstructionBase {
  readonly keyword: 'FROM';
  /** As written, without variables resolved. */
  readonly image: Word | null;
  /** The image with ARG defaults filled in; positions hold where the text is literal. */
  readonly reference: Known<ImageReference>;
  readonly asSpan: Span | null;
  readonly name: Word | null;
  readonly platform: Flag | null;
}

export interface RunInstruction extends InstructionBase {
  readonly keyword: 'RUN';
  readonly mounts: readonly Mount[];
  readonly script: ShellScript;
}

export interface ProcessInstruction extends InstructionBase {
  readonly keyword: 'CMD' | 'ENTRYPOINT';
  readonly script: ShellScript;
}

export interface HealthcheckInstruction extends InstructionBase {
  readonly keyword: 'HEALTHCHECK';
  readonly kind: 'NONE' | 'CMD' | null;
  readonly kindSpan: Span | null;
  readonly script: ShellScript;
}

export interface CopyInstruction extends InstructionBase {
  readonly keyword: 'COPY' | 'ADD';
  /** Heredoc sources are in `heredocs`. */
  readonly sources: readonly Word[];
  readonly destination: Word | null;
  /** The stage that `--from` names, the image otherwise. */
  readonly from: { readonly flag: Flag; readonly stage: Stage | null } | null;
}

export interface VariablesInstruction extends InstructionBase {
  readonly keyword: 'ENV' | 'ARG' | 'LABEL';
  readonly pairs: readonly KeyValue[];
}

export interface Port {
  readonly word: Word;
  /** With variables resolved; null where unknown. For ranges the first port. */
  readonly port: number | null;
  readonly protocol: string;
}

export interface ExposeInstruction extends InstructionBase {
  readonly keyword: 'EXPOSE';
  readonly ports: readonly Port[];
}

export interface UserInstruction extends InstructionBase {
  readonly keyword: 'USER';
  /** Name or number, without the group. */
  readonly user: Known<string>;
  readonly group: Known<string> | null;
}

export interface OnbuildInstruction extends InstructionBase {
  readonly keyword: 'ONBUILD';
  readonly trigger: Instruction | null;
}

export interface PlainInstruction extends InstructionBase {
  readonly keyword: 'WORKDIR' | 'VOLUME' | 'STOPSIGNAL' | 'SHELL' | 'MAINTAINER';
}

/** A keyword that BuildKit does not know. */
export interface UnknownInstruction extends InstructionBase {
  readonly keyword: 'UNKNOWN';
  readonly written: string;
}

export type Instruction =
  | FromInstruction
  | RunInstruction
  | ProcessInstruction
  | HealthcheckInstruction
  | CopyInstruction
  | VariablesInstruction
  | ExposeInstruction
  | UserInstruction
  | OnbuildInstruction
  | PlainInstruction
  | UnknownInstruction;

export type Keyword = Instruction['keyword'];

/** Where a stage starts: another stage of the file, nothing (`scratch`), or an image from outside. */
export type Base =
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'scratch' }
  /** `local` is what an engine of this machine says of it, where one was asked and has it. */
  | { readonly kind: 'image'; readonly reference: ImageReference; readonly local: LocalImage | null }
  | { readonly kind: 'unknown' };

export interface Stage {
  readonly index: number;
  /** In lower case, as BuildKit compares it. */
  readonly name: string | null;
  readonly from: FromInstruction;
  readonly base: Base;
  /** FROM first. */
  readonly instructions: readonly Instruction[];
  /** It ships: the model's final stage. */
  readonly isFinal: boolean;
  /** Its layers are layers of the image: the final stage, or one below it by FROM. */
  readonly ships: boolean;
  /** The final stage, or one that it is made from by FROM, COPY --from or a mount. */
  readonly isUsed: boolean;
  /** Itself, then the stages below it by FROM; ends at an image from outside, scratch, or a cycle. */
  readonly chain: readonly Stage[];
  /** The base of the last stage of the chain. */
  readonly root: Base;
  readonly final: State;
  readonly span: Span;
}

/** What holds at one place of a stage. */
export interface State {
  readonly user: Known<string>;
  readonly shell: Known<readonly string[]>;
  readonly workdir: Known<string>;
  readonly stopSignal: Known<string>;
  /** The ENV or ARG in scope here that was set last; undefined where neither names it. */
  variable(name: string): Variable | undefined;
  variables(): Iterable<Variable>;
}

export interface Variable {
  readonly name: string;
  readonly kind: 'env' | 'arg';
  readonly value: Known<string>;
}
