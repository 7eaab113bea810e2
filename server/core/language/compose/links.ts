// Links: the files that a Compose file names, and the pages of its images.
import { buildOf, dockerfilePathOf } from '../../model/compose/build.ts';
import { meantBy } from '../../model/compose/effective.ts';
import { imageOf } from '../../model/compose/image.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { contentSpan } from '../../model/compose/pairs.ts';
import { filledScalar } from '../../model/compose/value.ts';
import { mountsOf } from '../../model/compose/volumes.ts';
import type { YamlNode } from '../../model/yaml/node.ts';
import type { Span } from '../../text/span.ts';
import { imagePage } from '../image-page.ts';

export interface Link {
  readonly span: Span;
  /** A path from the folder of the document, or an address. */
  readonly target: { readonly path: string } | { readonly url: string };
}

type Node = YamlNode | null | undefined;

/** Written out, and of a file beside the document: not behind a variable, nor elsewhere. */
const isBeside = (path: string): boolean =>
  path !== '' && !/^(?:\/|~|\\|[a-zA-Z]:|[a-z+]+:)|[$\\\n]/.test(path);

class Collection {
  readonly links = new Map<number, Link>();
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** A place that several services share is one link. */
  add(span: Span, target: Link['target']): void {
    if (!this.links.has(span.start)) this.links.set(span.start, { span, target });
  }

  /** A text that is a path, or a list of such. */
  path(node: Node, target: (path: string) => string = path => path): void {
    const meant = node ? meantBy(node) : null;
    if (meant?.kind === 'sequence') {
      for (const item of meant.items) this.path(item);
      return;
    }
    const scalar = filledScalar(meant);
    if (scalar === null || !isBeside(scalar.text)) return;
    this.add(contentSpan(scalar, this.#text), { path: target(scalar.text) });
  }
}

/** The value of a key of a map as written. */
function below(node: Node, name: string): Node {
  const meant = node ? meantBy(node) : null;
  return meant?.kind === 'map' ? meant.pairs.find(({ key }) => key.text === name)?.value : undefined;
}

const itemsOf = (node: Node): readonly YamlNode[] => {
  const meant = node ? meantBy(node) : null;
  return meant?.kind === 'sequence' ? meant.items : meant ? [meant] : [];
};

/** The Dockerfile stands for the context, which is a folder. */
function addBuild(links: Collection, model: ComposeModel, service: Service): void {
  const build = buildOf(model, service);
  if (build === null) return;
  const path = dockerfilePathOf(build);
  if (path === null) return;
  const context = service.get('build', 'context')?.node ?? service.get('build')?.node;
  links.path(context, () => path);
  links.path(service.get('build', 'dockerfile')?.node, () => path);
}

function addService(links: Collection, model: ComposeModel, service: Service): void {
  const image = imageOf(model, service)?.reference;
  const page = image?.known ? imagePage(image.value) : null;
  if (image?.known && page !== null && image.value.span.end > image.value.span.start) {
    links.add(image.value.span, { url: page });
  }
  addBuild(links, model, service);
  links.path(service.get('extends', 'file')?.node);
  links.path(service.get('credential_spec', 'file')?.node);
  for (const key of ['env_file', 'label_file']) {
    for (const item of itemsOf(service.get(key)?.node)) links.path(below(item, 'path') ?? item);
  }
  for (const { source } of mountsOf(model, service)) {
    // Of the others nobody can tell from here whether they are folders.
    if (source && isBeside(source.text) && /^\..*\/[^/]*\.\w+$/.test(source.text)) {
      links.add(source.span, { path: source.text });
    }
  }
}

function addInclude(links: Collection, node: Node): void {
  for (const item of itemsOf(node)) {
    links.path(item);
    links.path(below(item, 'path'));
    links.path(below(item, 'env_file'));
  }
}

/** In the order of the file. */
export function linksOf(model: ComposeModel): Link[] {
  const links = new Collection(model.text);
  addInclude(links, below(model.root, 'include'));
  for (const service of model.services) addService(links, model, service);
  for (const section of ['secrets', 'configs']) {
    for (const { node } of model.section(section)) links.path(below(node, 'file'));
  }
  return [...links.links.values()].sort((a, b) => a.span.start - b.span.start);
}
