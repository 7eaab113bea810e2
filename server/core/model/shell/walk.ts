// The walk over a syntax tree: yields its commands, pipelines and redirections, those of nested scripts included.
import { fileSpan, type MappedText } from '../../text/mapped-text.ts';
import { type Span, span } from '../../text/span.ts';
import {
  type AndOr,
  type Assignment,
  type Command,
  forEachChild,
  type ParsedScript,
  type Pipeline,
  type Redirection,
  type Statement,
  type SyntaxNode,
} from './adapter.ts';
import { joinPieces, unescaped } from './pieces.ts';
import type { ShellAssignment, ShellCommand, ShellPipeline, ShellRedirect, ShellWord } from './script.ts';
import {
  heredocDelimiter,
  isExpanded,
  parsedWord,
  type ShellText,
  type SourceWord,
  shellText,
} from './word.ts';

/** Where a command stands. */
export type Place = Pick<ShellCommand, 'wrappers' | 'pipeline' | 'conditional' | 'substituted' | 'after'>;

/** A command as it is written, before anybody looks through it. */
export interface SimpleCommand {
  /** The program first. */
  readonly words: readonly SourceWord[];
  readonly assignments: readonly ShellAssignment[];
  readonly redirects: readonly ShellRedirect[];
  readonly span: Span;
  /** The heredoc that it is given as standard input. */
  readonly input: SourceWord | null;
}

/** Takes what the walk finds. */
export interface Sink {
  command(found: SimpleCommand, place: Place): ShellCommand;
  pipeline(found: ShellPipeline): void;
  redirect(found: ShellRedirect): void;
  /** A syntax error, in a nested script too. */
  incomplete(): void;
}

interface Walk {
  readonly source: ShellText;
  readonly sink: Sink;
  /** False where no word can hold a command: most scripts are spared the walk through their words. */
  readonly nests: boolean;
  depth: number;
}

/** No script that people write is nested deeper; the walk leaves out what is. */
const deepest = 200;

export function walkScript(script: ParsedScript, source: ShellText, place: Place, sink: Sink): void {
  if (script.errors !== undefined) sink.incomplete();
  visit({ source, sink, nests: mayHoldCommands(source.text), depth: 0 }, script, place);
}

function visit(walk: Walk, node: SyntaxNode, place: Place): void {
  if (walk.depth < deepest) {
    walk.depth++;
    visitNode(walk, node, place);
    walk.depth--;
  } else walk.sink.incomplete();
}

function visitNode(walk: Walk, node: SyntaxNode, place: Place): void {
  switch (node.type) {
    case 'Script':
    case 'CompoundList':
      visitList(walk, node.commands, place);
      break;
    case 'AndOr':
      visitAndOr(walk, node, place);
      break;
    case 'Pipeline':
      visitPipeline(walk, node, place);
      break;
    case 'Command':
      visitCommand(walk, node, place);
      break;
    case 'If':
    case 'While':
      visitBranches(walk, node, place, node.clause);
      break;
    case 'For':
    case 'Select':
    case 'ArithmeticFor':
    case 'Case':
    case 'Function':
      visitBranches(walk, node, place);
      break;
    case 'Redirected':
      for (const redirect of node.redirects) walk.sink.redirect(shellRedirect(redirect, walk));
      visitChildren(walk, node, place);
      break;
    case 'CommandExpansion':
    case 'ProcessSubstitution':
    case 'ArithmeticCommandExpansion':
      visitSubstitution(walk, node, place);
      break;
    case 'Word':
    case 'Assignment':
    case 'HereDocBody':
      if (mayHoldCommands(node.text)) visitChildren(walk, node, place);
      break;
    default:
      visitChildren(walk, node, place);
  }
}

const visitChildren = (walk: Walk, node: SyntaxNode, place: Place): void =>
  forEachChild(node, child => visit(walk, child, place));

/** A cheap look before the parts of a word are made: a substitution has a parenthesis, a backtick, or is `${ ...; }`. */
const mayHoldCommands = (text: string): boolean => /[(`]|\$\{[\s|]/.test(text);

function visitList(walk: Walk, statements: readonly Statement[], place: Place): void {
  const last = statements.at(-1);
  for (const statement of statements) {
    const after = statement.background ? '&' : statement === last ? null : ';';
    visit(walk, statement.command, { ...place, pipeline: null, after });
  }
}

function visitAndOr(walk: Walk, { commands, operators }: AndOr, place: Place): void {
  for (const [index, command] of commands.entries()) {
    const conditional = place.conditional || index > 0;
    visit(walk, command, { ...place, conditional, after: operators[index] ?? place.after });
  }
}

/** All but words and the first condition run only if something else says so. */
function visitBranches(walk: Walk, node: SyntaxNode, place: Place, condition?: SyntaxNode): void {
  const branch = { ...place, conditional: true };
  forEachChild(node, child =>
    visit(walk, child, child === condition || child.type === 'Word' ? place : branch),
  );
}

function visitPipeline(walk: Walk, { commands, operators }: Pipeline, place: Place): void {
  const first = commands[0];
  const last = commands.at(-1);
  if (first === undefined || last === undefined) return;
  const members: (ShellCommand | null)[] = [];
  let pipeline: ShellPipeline | null = null;
  if (first !== last) {
    pipeline = { commands: members, span: fileSpan(walk.source, span(first.pos, last.end)) };
    walk.sink.pipeline(pipeline);
  }
  for (const [index, member] of commands.entries()) {
    const operator = operators[index];
    const after = operator === undefined ? place.after : '|';
    if (member.type === 'Command') {
      members.push(visitCommand(walk, member, { ...place, pipeline, after }));
    } else {
      members.push(null);
      visit(walk, member, { ...place, after });
    }
  }
}

function visitCommand(walk: Walk, node: Command, place: Place): ShellCommand {
  const { source, sink } = walk;
  const assignments = node.prefix.filter(item => item.type === 'Assignment');
  const redirects = node.redirects.map(redirect => shellRedirect(redirect, walk));
  const first = assignments[0] ?? node.name ?? node;
  const last = node.args.at(-1) ?? node.name ?? assignments.at(-1) ?? node;
  const input = node.redirects.find(redirect => redirect.type === 'HereDoc');
  const words = node.args.map(word => parsedWord(word, source));
  if (node.name !== undefined) words.unshift(parsedWord(node.name, source));
  const command = sink.command(
    {
      words,
      assignments: assignments.map(assignment => shellAssignment(assignment, source)),
      redirects,
      span: fileSpan(source, span(first.pos, last.end)),
      input: input === undefined ? null : parsedWord(input, source),
    },
    place,
  );
  for (const redirect of redirects) sink.redirect(redirect);
  if (walk.nests) visitChildren(walk, node, place);
  return command;
}

function shellAssignment(node: Assignment, source: ShellText): ShellAssignment {
  const { name, value } = node;
  return {
    name,
    value: value.end > value.pos ? parsedWord(value, source) : null,
    span: fileSpan(source, span(node.pos, node.end)),
  };
}

function shellRedirect(node: Redirection, { source, sink }: Walk): ShellRedirect {
  // Its delimiter has become a part of the line above, which ends with a backslash: to the shell, nothing ends it.
  if (node.type === 'HereDoc' && node.body?.end === source.text.length) sink.incomplete();
  return {
    operator: node.operator,
    descriptor: node.descriptor?.type === 'FileDescriptor' ? node.descriptor.value : null,
    target: redirectTarget(node, source),
    span: fileSpan(source, span(node.pos, node.end)),
  };
}

function redirectTarget(node: Redirection, source: ShellText): ShellWord | null {
  if (node.type === 'HereDoc') return heredocDelimiter(node, source);
  return node.target === undefined ? null : parsedWord(node.target, source);
}

function visitSubstitution(
  walk: Walk,
  node: Extract<SyntaxNode, { readonly script: ParsedScript | undefined }>,
  place: Place,
): void {
  const { source, sink } = walk;
  if (isExpanded(source, node.pos, node.pos + 1)) return;
  const { script } = node;
  if (script === undefined || script.errors !== undefined) sink.incomplete();
  if (script === undefined) return;
  const inside = { ...place, substituted: true };
  if (script.source === undefined) {
    visit(walk, script, inside);
    return;
  }
  const text = backtickText(node.text, node.pos, script.source, source);
  if (text === null) sink.incomplete();
  else visit({ ...walk, source: text }, script, inside);
}

/**
 * The script between backticks, where removed backslashes make it another text than the one in the source. Null where
 * nobody can tell which.
 */
function backtickText(written: string, at: number, script: string, source: MappedText): ShellText | null {
  // The second backtick may be missing.
  for (const inner of [written.slice(1, -1), written.slice(1)]) {
    // A double quote is escaped, too, where the backticks stand inside double quotes.
    for (const pattern of [/\\[$`\\]/g, /\\[$`\\"]/g]) {
      const pieces = unescaped(inner, at + 1, { pattern, decode: sequence => sequence.slice(1) });
      const text = joinPieces(source, pieces);
      if (text.text === script) return shellText(text);
    }
  }
  return null;
}
