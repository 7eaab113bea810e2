// Mode changes: where a file gives files their permissions, in commands and in flags of COPY and ADD.
import { type ModeGrants, modeGrants } from '../knowledge/file-modes.ts';
import type { CopyInstruction } from '../model/dockerfile/model.ts';
import type { ShellCommand, ShellScript, ShellWord } from '../model/shell/script.ts';
import { type Span, span } from '../text/span.ts';

export interface ModeChange {
  readonly mode: string;
  /** The mode alone. */
  readonly span: Span;
  readonly grants: ModeGrants;
  /** The paths that get it; those with variables are left out. */
  readonly paths: readonly string[];
}

function change(mode: string, where: Span, paths: readonly string[]): ModeChange | null {
  const grants = modeGrants(mode);
  return grants && { mode, span: where, grants, paths };
}

const valuesOf = (words: readonly ShellWord[]): string[] => words.flatMap(({ value }) => value ?? []);

/** All that gets the mode is a folder of `mktemp`, which does not outlive the command. */
export function isPassing({ args }: ShellCommand, { commands }: ShellScript): boolean {
  const variables = args.flatMap(arg => arg.variables);
  const isMade = (name: string): boolean =>
    commands.some(({ assignments }) =>
      assignments.some(made => made.name === name && /\bmktemp\b/.test(made.value?.raw ?? '')),
    );
  return variables.length > 0 && variables.every(isMade);
}

/** The first word that is no option; `-x` takes a permission away and is a mode. */
function ofChmod(args: readonly ShellWord[]): ModeChange | null {
  const isOption = ({ raw }: ShellWord): boolean => /^-(?:-.*|[A-Zcfv]+)$/.test(raw);
  const at = args.findIndex(arg => !isOption(arg));
  const word = args[at];
  return word?.value == null ? null : change(word.value, word.span, valuesOf(args.slice(at + 1)));
}

/** `-m 777`, `-m777`, `-pm 777`, `--mode=777`, `--mode 777`. */
function ofModeOption(args: readonly ShellWord[]): ModeChange | null {
  for (const [index, { raw, value, span: where }] of args.entries()) {
    const [option, attached = ''] = /^(?:-[a-zA-Z]*?m|--mode=?)([^=]*)$/.exec(value ?? '') ?? [];
    if (option === undefined || raw === '--') continue;
    const rest = valuesOf(args.slice(index + 1)).filter(word => !word.startsWith('-'));
    if (attached !== '') return change(attached, span(where.end - attached.length, where.end), rest);
    const next = args[index + 1];
    return next?.value == null ? null : change(next.value, next.span, rest.slice(1));
  }
  return null;
}

export function modeChangeIn({ name, args }: ShellCommand): ModeChange | null {
  if (name === 'chmod') return ofChmod(args);
  return name === 'mkdir' || name === 'install' ? ofModeOption(args) : null;
}

/** Of `--chmod`. */
export function modeOfCopy({ flags, destination }: CopyInstruction): ModeChange | null {
  const { value = null, valueSpan = null } = flags.find(({ name }) => name === 'chmod') ?? {};
  if (value === null || valueSpan === null) return null;
  return change(value, valueSpan, destination === null ? [] : [destination.value]);
}
