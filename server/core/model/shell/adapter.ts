// The door to unbash, the parser of POSIX-like shell text: the only file that imports it, and the list of what is used.
export {
  type AndOr,
  type ArrayValue,
  type Assignment,
  type Command,
  forEachChild,
  type HereDoc,
  type ParsedScript,
  type Pipeline,
  parse,
  type Redirection,
  type Statement,
  type SyntaxNode,
  type Word,
  type WordPart,
} from 'unbash';
