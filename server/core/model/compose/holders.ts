// Holders: the services that a place of the file belongs to, also one that they take through an anchor or by name.
import { contains, hull, type Span } from '../../text/span.ts';
import { rememberPart } from '../remembered.ts';
import type { YamlNode } from '../yaml/node.ts';
import type { ComposeModel, Entry, Service } from './model.ts';
import { referencesOf } from './references.ts';

/** Anchors that lead to anchors beyond this are no file of people. */
const maxRegions = 1_000;

/** The texts that aliases within a node stand for, theirs included. */
function aliasedRegions(root: YamlNode | null): Span[] {
  const regions: Span[] = [];
  const seen = new Set<YamlNode>();
  const open = root === null ? [] : [root];
  for (let node = open.pop(); node !== undefined && regions.length < maxRegions; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'alias') {
      if (node.target === null) continue;
      regions.push(node.target.span);
      open.push(node.target);
    } else if (node.kind === 'sequence') {
      open.push(...node.items);
    } else if (node.kind === 'map') {
      open.push(...node.pairs.flatMap(({ value }) => value ?? []));
    }
  }
  return regions;
}

/** Where an entry stands, and what it takes from elsewhere. What an alias stands for is above its key: that hull holds nothing. */
const regionsOfEntry = ({ keySpan, node }: Entry): Span[] =>
  node === null ? [keySpan] : [hull(keySpan, node.span), keySpan, node.span, ...aliasedRegions(node)];

/** What the service uses by name has its own place in the file. */
const regionsByName = (model: ComposeModel, service: Service): Span[] =>
  referencesOf(model, service).flatMap(({ section, name }) =>
    section === 'services'
      ? []
      : model
          .section(section)
          .filter(entry => entry.name === name)
          .flatMap(regionsOfEntry),
  );

/** Its own text first, then what stands elsewhere. */
const regionsOf = rememberPart((model: ComposeModel, service: Service): readonly Span[] => {
  const elsewhere = [...service.entries.flatMap(regionsOfEntry), ...regionsByName(model, service)].filter(
    region => !contains(service.span, region),
  );
  return [service.span, ...elsewhere];
});

/** In the order of the file. */
export const holdersOf = (model: ComposeModel, place: Span): readonly Service[] =>
  model.services.filter(service => regionsOf(model, service).some(region => contains(region, place)));
