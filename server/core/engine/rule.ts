// The rule contract: all that one file says about one rule. The engine, the hosts, the docs and the tests read it.
import type { ComposeModel, Service } from '../model/compose/model.ts';
import type { DockerfileModel, Instruction, Keyword, Stage } from '../model/dockerfile/model.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import type { Span } from '../text/span.ts';
import type { Filling } from '../text/template.ts';
import type { FactKind, FactReader } from './facts.ts';
import type { Equivalent, Fix, LookUp, Related, Safety, Severity } from './finding.ts';
import type { Options, OptionValues } from './options.ts';

export interface Models {
  readonly dockerfile: DockerfileModel;
  readonly compose: ComposeModel;
}

export type Language = keyof Models;
export type Model = Models[Language];

export type Category = 'security' | 'reliability' | 'size' | 'reproducibility' | 'correctness' | 'style';

/** Each contains the one before it. */
export const profiles = ['recommended', 'strict', 'all'] as const;
export type Profile = (typeof profiles)[number];

/** `text` says what, why and what to do, with `{holes}` that a report must fill. */
export interface Message {
  readonly text: string;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  /** Other tools' ids that say the same of the same text. */
  readonly equivalents?: readonly Equivalent[];
}

export interface RuleDocs {
  /** What goes wrong without the rule, for somebody who has not heard of it. Markdown. */
  readonly why: string;
  /** What to write instead, and what the fix does. Markdown. */
  readonly remedy: string;
  /** What the rule cannot see. Markdown. */
  readonly limits?: string;
  readonly references: readonly string[];
}

export type FixPromise =
  | { readonly availability: 'never'; readonly why: string }
  /** `safety` is the least safe fix that the rule offers. */
  | { readonly availability: 'sometimes' | 'always'; readonly safety: Safety; readonly why: string };

/** A text with `«marks»` around exactly what the rule reports; without marks it must be silent. */
export interface Example {
  readonly code: string;
  /** The text when the first fix of every finding has been applied, again and again. */
  readonly fixed?: string;
  /** Other fixes of the first finding: title -> text. */
  readonly variants?: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Files beside the document: path -> text. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files beside the document after the fix, those that it changes. */
  readonly fixedFiles?: Readonly<Record<string, string>>;
  /** What the example shows, for the docs page. */
  readonly note?: string;
}

export interface RuleInfo {
  /** Kebab-case; names the bad thing; reads well after "ignore"; never reused. */
  readonly id: string;
  /** `any` for what the engine itself finds. */
  readonly language: Language | 'any';
  readonly category: Category;
  readonly severity: Severity;
  /** The smallest profile it is part of. */
  readonly profile: Profile;
  readonly since: string;
  readonly status: 'preview' | 'stable' | 'deprecated';
  readonly title: string;
  readonly messages: Readonly<Record<string, Message>>;
  readonly docs: RuleDocs;
  readonly fix: FixPromise;
  readonly options: Options;
  readonly needs: readonly FactKind[];
  /** Keys with which a Compose service decides the matter itself, whatever the Dockerfile within it says. */
  readonly settledBy?: readonly string[];
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] };
}

/** What a report says besides its message id. `data` fills the message's holes, no more and no fewer. */
export type Report<M extends Message> = {
  readonly at: Span;
  /** Something is not there, and `at` is a key below which it would stand. */
  readonly lacking?: boolean;
  /** As a function where they take more time to work out than the finding; it asks for no facts. */
  readonly fixes?: readonly Fix[] | (() => readonly Fix[]);
  readonly lookUp?: LookUp | undefined;
  readonly related?: readonly Related[];
  /** Besides those of the message: of a rule that passes on what another tool has found. */
  readonly equivalents?: readonly Equivalent[];
  /** Text that no report, frame or diff may show. */
  readonly sensitive?: readonly Span[];
} & Filling<M['text']>;

export interface RuleContext<
  L extends Language,
  M extends Readonly<Record<string, Message>>,
  O extends Options,
  N extends FactKind,
> {
  readonly model: Models[L];
  readonly options: OptionValues<O>;
  readonly facts: FactReader<N>;
  report<K extends keyof M & string>(message: K, report: Report<M[K]>): void;
}

type InstructionOf<K extends Keyword, I = Instruction> = I extends { readonly keyword: infer Own }
  ? K extends Own
    ? I
    : never
  : never;

export type CommandVisitor = (command: ShellCommand, instruction: Instruction) => void;

export interface ProgramsVisitor {
  readonly names: readonly string[];
  readonly visit: CommandVisitor;
}

/** Called in document order; a rule's state lives in the closure that returns them. */
export interface DockerfileVisitors {
  file?(model: DockerfileModel): void;
  stage?(stage: Stage): void;
  /** By keyword; `*` for every instruction. Those behind ONBUILD are visited too. */
  readonly instruction?: { readonly [K in Keyword]?: (instruction: InstructionOf<K>) => void } & {
    readonly '*'?: (instruction: Instruction) => void;
  };
  /** By the literal name of the program that RUN, CMD, ENTRYPOINT or HEALTHCHECK starts; `*` for every command. */
  readonly command?: Readonly<Record<string, CommandVisitor>>;
  /** The same for many programs, in no way that depends on the document. No program is in two of them. */
  readonly programs?: readonly ProgramsVisitor[];
  end?(): void;
}

export interface ComposeVisitors {
  file?(model: ComposeModel): void;
  service?(service: Service): void;
  end?(): void;
}

export interface Visitors {
  readonly dockerfile: DockerfileVisitors;
  readonly compose: ComposeVisitors;
}

/** A rule with its message and option types forgotten, as the engine runs it. */
export interface Rule<L extends Language = Language> extends RuleInfo {
  readonly language: L;
  /** Runs even where it is off, because what it finds must be masked in every report. */
  readonly findsSecrets: boolean;
  /** What it does at a visit rests on visits before: none is left out after an edit. One with an `end` always is. */
  readonly linked: boolean;
  start(context: RuleContext<L, Readonly<Record<string, Message>>, Options, FactKind>): Visitors[L];
}

interface RuleSpec<
  L extends Language,
  M extends Readonly<Record<string, Message>>,
  O extends Options,
  N extends FactKind,
> extends Omit<RuleInfo, 'language' | 'messages' | 'options' | 'needs'> {
  readonly messages: M;
  readonly options?: O;
  readonly needs?: readonly N[];
  readonly findsSecrets?: boolean;
  readonly linked?: boolean;
  check(context: RuleContext<L, M, O, N>): Visitors[L];
}

const define =
  <L extends Language>(language: L) =>
  <
    const M extends Readonly<Record<string, Message>>,
    // biome-ignore lint/complexity/noBannedTypes: "no options" is exactly the empty object.
    const O extends Options = {},
    const N extends FactKind = never,
  >(
    spec: RuleSpec<L, M, O, N>,
  ): Rule<L> => {
    const { check, ...info } = spec;
    return {
      ...info,
      language,
      options: spec.options ?? {},
      needs: spec.needs ?? [],
      findsSecrets: spec.findsSecrets ?? false,
      linked: spec.linked ?? false,
      // The engine hands over options and facts of just this rule: it made them from the same declaration.
      start: context => check(context as unknown as RuleContext<L, M, O, N>),
    };
  };

export const dockerfileRule = define('dockerfile');
export const composeRule = define('compose');

/** A fix with what most fixes leave empty filled in. */
export const fix = (
  title: string,
  safety: Safety,
  edits: Fix['edits'],
  rest: Partial<Pick<Fix, 'files' | 'relies' | 'group'>> = {},
): Fix => ({ title, safety, edits, files: [], relies: [], group: null, ...rest });
