// Reads a Compose file: its services and sections with what they effectively hold.
import { emptySpan, type Span, span } from '../../text/span.ts';
import { attached } from '../attached.ts';
import { looking } from '../looking.ts';
import type { SyntaxProblem } from '../problem.ts';
import { parseYaml } from '../yaml/adapter.ts';
import type { YamlComment, YamlDocument, YamlMap, YamlNode } from '../yaml/node.ts';
import { type Pieces, parseInPieces } from '../yaml/pieces.ts';
import { styleOf, type YamlStyle } from '../yaml/style.ts';
import { meantBy } from './effective.ts';
import { nothingSet } from './interpolation.ts';
import type { ComposeModel, Entry, Service } from './model.ts';
import { memoised, pairsIn, type Reading, readingOf, sectionOf, serviceOf } from './reading.ts';

const firstLine = (text: string, { start, end }: Span): Span =>
  span(start, start + (/^[^\r\n]*/.exec(text.slice(start, end))?.[0].length ?? 0));

/** Where the text is YAML, but not the outline of a Compose file. */
function outlineProblems(text: string, { root, problems }: YamlDocument, reading: Reading): SyntaxProblem[] {
  if (root === null && problems.length === 0) {
    return [{ message: 'The file says nothing: write a map with "services" in it.', span: emptySpan(0) }];
  }
  if (root !== null && reading.root === null) {
    return [{ message: 'A Compose file is a map with "services" in it.', span: firstLine(text, root.span) }];
  }
  const services = meantBy(pairsIn(reading, root).get('services')?.pair.value ?? null);
  if (services === null || services.kind === 'map' || isEmpty(services)) return [];
  return [{ message: 'The services are a map by name.', span: firstLine(text, services.span) }];
}

const isEmpty = (node: YamlNode): boolean => node.kind === 'scalar' && node.value === null;

/** Reads any text. */
export const parseCompose = (text: string): ComposeModel => modelOf(text, parseYaml(text));

const pieces = attached<ComposeModel, Pieces>();
const nothingRead: Pieces = new Map();

/** The same, for texts that are edited: what has not changed since the version `before` is not read again. */
export function parseNextCompose(text: string, before: ComposeModel | null): ComposeModel {
  const document = parseInPieces(text, (before && pieces.get(before)) ?? nothingRead);
  const model = modelOf(text, document);
  pieces.set(model, document.pieces);
  return model;
}

/** Nothing but the YAML is read at once: the rest is worked out when it is asked for. */
function modelOf(text: string, document: YamlDocument): ComposeModel {
  const root = document.root?.kind === 'map' ? document.root : null;
  const reading = readingOf(text, root);
  const services = memoised(() => {
    const node = pairsIn(reading, root).get('services')?.pair.value ?? null;
    return [...pairsIn(reading, node).values()].map(({ pair }) => serviceOf(reading, pair));
  });
  const problems = [...document.problems, ...outlineProblems(text, document, reading)];
  const style = memoised(() => styleOf(root, text));
  const section = sectionsBy(name => sectionOf(reading, name));
  return new ReadModel(text, { root, services, comments: document.comments, style, problems, section });
}

/** Each section once. */
function sectionsBy(read: ComposeModel['section']): ComposeModel['section'] {
  const sections = new Map<string, readonly Entry[]>();
  return name => {
    if (name === 'services') looking.around = true;
    const known = sections.get(name) ?? read(name);
    sections.set(name, known);
    return known;
  };
}

interface MadeByProject extends Pick<ComposeModel, 'variables' | 'section'> {
  services(): readonly Service[];
}

/** The same text with what the files of its project make of it. */
export function asProjectMakes(
  model: ComposeModel,
  { variables, services, section }: MadeByProject,
): ComposeModel {
  return Object.create(model, {
    variables: { value: variables },
    section: { value: sectionsBy(section) },
    read: { value: { ...(model as ReadModel).read, services } },
  });
}

interface Read extends Pick<ComposeModel, 'root' | 'comments' | 'problems' | 'section'> {
  services(): readonly Service[];
  style(): YamlStyle;
}

/** Who asks for the whole of something looks around. Other models are made from it: nothing in it is private to it. */
class ReadModel implements ComposeModel {
  readonly language = 'compose';
  readonly variables = nothingSet;
  readonly images = new Map();
  readonly section: ComposeModel['section'];
  readonly text: string;
  readonly read: Read;

  constructor(text: string, read: Read) {
    this.text = text;
    this.read = read;
    this.section = read.section;
  }

  get root(): YamlMap | null {
    looking.around = true;
    return this.read.root;
  }

  get services(): readonly Service[] {
    looking.around = true;
    return this.read.services();
  }

  get comments(): readonly YamlComment[] {
    looking.around = true;
    return this.read.comments;
  }

  get style(): YamlStyle {
    return this.read.style();
  }

  get problems(): readonly SyntaxProblem[] {
    looking.around = true;
    return this.read.problems;
  }
}
