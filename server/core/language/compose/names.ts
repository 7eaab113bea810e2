// Names: every place where a Compose file declares or uses a service, a network, a volume, an anchor, a variable, ...
import type { ComposeModel } from '../../model/compose/model.ts';
import { type Reference, referencesOf, sections } from '../../model/compose/references.ts';
import { rememberFor } from '../../model/remembered.ts';
import { emptySpan, type Span, span, touches } from '../../text/span.ts';
import { aliasesOf, aliasName, anchorsOf } from './anchors.ts';
import { variableUses } from './variables.ts';

export type NameKind = Reference['section'] | 'anchor' | 'variable';

export interface NamePlace {
  /** The name itself, within quotes and without what stands around it. */
  readonly span: Span;
  readonly declares: boolean;
}

/** One thing with all places of its name, in the order of the file. */
export interface Named {
  readonly kind: NameKind;
  readonly name: string;
  readonly places: readonly NamePlace[];
}

/** A key without its quotes; names hold nothing that needs an escape. */
function keyContent(text: string, { start, end }: Span): Span {
  const isQuoted = /["']/.test(text[start] ?? '') && text[start] === text[end - 1] && end - start > 1;
  return isQuoted ? span(start + 1, end - 1) : span(start, end);
}

class Collection {
  readonly #named = new Map<unknown, { kind: NameKind; name: string; places: Map<number, NamePlace> }>();

  /** `identity` tells things of one name apart. A place that is reached in several ways counts once. */
  add(kind: NameKind, name: string, place: NamePlace, identity: unknown = `${kind} ${name}`): void {
    const named = this.#named.get(identity) ?? { kind, name, places: new Map<number, NamePlace>() };
    this.#named.set(identity, named);
    if (!named.places.has(place.span.start)) named.places.set(place.span.start, place);
  }

  get all(): Named[] {
    return [...this.#named.values()].map(({ kind, name, places }) => ({
      kind,
      name,
      places: [...places.values()].sort((a, b) => a.span.start - b.span.start),
    }));
  }
}

export const namesOf = rememberFor((model: ComposeModel): readonly Named[] => {
  const { text } = model;
  const found = new Collection();
  for (const section of ['services', ...sections] as const) {
    for (const { name, keySpan } of model.section(section)) {
      found.add(section, name, { span: keyContent(text, keySpan), declares: true });
    }
  }
  for (const service of model.services) {
    for (const { section, name, span: where } of referencesOf(model, service)) {
      // Not where the name is put together from several places.
      if (text.slice(where.start, where.end) === name) {
        found.add(section, name, { span: where, declares: false });
      }
    }
  }
  for (const { name, span: where, node } of anchorsOf(model)) {
    found.add('anchor', name, { span: where, declares: true }, node);
  }
  for (const alias of aliasesOf(model)) {
    const identity = alias.target ?? `anchor ${alias.name}`;
    found.add('anchor', alias.name, { span: aliasName(alias), declares: false }, identity);
  }
  for (const { name, span: where } of variableUses(model)) {
    found.add('variable', name, { span: where, declares: false });
  }
  return found.all;
});

export interface NameAt {
  readonly named: Named;
  readonly place: NamePlace;
}

/** The name at an offset; at the edge of two the one that begins there. */
export function nameAt(model: ComposeModel, offset: number): NameAt | null {
  const here = namesOf(model).flatMap(named =>
    named.places
      .filter(({ span: where }) => touches(where, emptySpan(offset)))
      .map(place => ({ named, place })),
  );
  return here.find(({ place }) => place.span.start === offset) ?? here[0] ?? null;
}
