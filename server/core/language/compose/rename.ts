// Renaming: one name at all its places in all files of a project, or a sentence that says why not.
import type { ComposeModel } from '../../model/compose/model.ts';
import type { YamlScalar } from '../../model/yaml/node.ts';
import { quoteScalar } from '../../model/yaml/quote.ts';
import { nodesBelow } from '../../model/yaml/walk.ts';
import { type Edit, replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { type Named, type NameKind, namesOf } from './names.ts';
import { type ProjectFile, type ProjectName, projectNameAt } from './project-names.ts';

/** What is not done, in words for the person who asked. */
export interface Refused {
  readonly refused: string;
}

export interface Renamable {
  readonly span: Span;
  readonly name: string;
}

const words: { readonly [Kind in NameKind]: string } = {
  services: 'service',
  networks: 'network',
  volumes: 'volume',
  secrets: 'secret',
  configs: 'config',
  models: 'model',
  anchor: 'anchor',
  variable: 'variable',
};

const nothingHere =
  'Nothing here can be renamed: services, networks, volumes, secrets, configs, models and anchors can.';

function refusalOf({ kind, name, places }: ProjectName): string | null {
  if (kind === 'variable') {
    return `The variable "${name}" is set outside of this file, and that is where its name is made.`;
  }
  if (kind === 'networks' && name === 'default') {
    return 'The network "default" is the one that services join without a word: another name would be another network.';
  }
  if (!places.some(({ declares }) => declares)) {
    return `The ${words[kind]} "${name}" is not declared in this file, nor in one that belongs with it.`;
  }
  return null;
}

/** The name at an offset of one of the files of a project, where it can be renamed. */
export function renamableAt(
  files: readonly ProjectFile[],
  file: ProjectFile,
  offset: number,
): Renamable | Refused {
  const found = projectNameAt(files, file, offset);
  if (found === null) return { refused: nothingHere };
  const refused = refusalOf(found);
  return refused === null ? { span: found.span, name: found.name } : { refused };
}

function nameProblem({ kind, name, files }: ProjectName, to: string): string | null {
  const word = words[kind];
  const isValid = kind === 'anchor' ? /^[^\s,[\]{}&*]+$/.test(to) : /^[\w.-]+$/.test(to);
  if (!isValid) {
    const allowed =
      kind === 'anchor'
        ? 'blanks, commas, brackets, "&" and "*" are not allowed'
        : 'letters, digits, ".", "_" and "-" are allowed';
    return `"${to}" cannot be the name of ${kind === 'anchor' ? 'an' : 'a'} ${word}: ${allowed}.`;
  }
  const isTaken = files
    .flatMap(({ model }) => namesOf(model))
    .some(
      other =>
        other.kind === kind && other.name === to && to !== name && (kind === 'anchor' || isDeclared(other)),
    );
  if (isTaken) return `There is ${kind === 'anchor' ? 'an' : 'a'} ${word} "${to}" already.`;
  return kind === 'networks' && to === 'default'
    ? 'The network "default" is the one that services join without a word.'
    : null;
}

const isDeclared = ({ places }: Named): boolean => places.some(({ declares }) => declares);

/** Plain scalars by where they begin: a name that is all of one may need quotes. */
function plainScalars({ root }: ComposeModel): Map<number, YamlScalar> {
  const found = new Map<number, YamlScalar>();
  for (const node of root === null ? [] : nodesBelow(root)) {
    if (node.kind === 'scalar' && node.style === 'plain') found.set(node.span.start, node);
  }
  return found;
}

function editsIn(file: ProjectFile, { kind, places }: ProjectName, to: string): readonly Edit[] {
  const plain = plainScalars(file.model);
  return places
    .filter(place => place.file === file)
    .map(({ span }) => {
      const isWhole = kind !== 'anchor' && plain.get(span.start)?.span.end === span.end;
      return replace(span, isWhole ? quoteScalar(to, file.model.style) : to);
    });
}

export interface RenamedIn {
  readonly file: ProjectFile;
  readonly edits: readonly Edit[];
}

/** The edits of every file that has the name. */
export function renameAt(
  files: readonly ProjectFile[],
  file: ProjectFile,
  offset: number,
  to: string,
): readonly RenamedIn[] | Refused {
  const found = projectNameAt(files, file, offset);
  if (found === null) return { refused: nothingHere };
  const refused = refusalOf(found) ?? nameProblem(found, to);
  if (refused !== null) return { refused };
  const touched = new Set(found.places.map(place => place.file));
  return [...touched].map(each => ({ file: each, edits: editsIn(each, found, to) }));
}
