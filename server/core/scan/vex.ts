// VEX: documents in which somebody states that a vulnerability does no harm; OpenVEX, and that of CycloneDX.
import { parsedJson } from '../image/json.ts';
import type { Ignore } from './ignores.ts';
import { type Json, mapIn, mapsIn, textIn } from './json.ts';
import { decoded, type Purl, readPurl } from './purl.ts';

/** Not affected, or not any more. */
const harmlessIn = {
  openVex: new Set(['not_affected', 'fixed']),
  cycloneDx: new Set(['not_affected', 'false_positive', 'resolved', 'resolved_with_pedigree']),
};

const imageTypes = new Set(['oci', 'docker']);

/** Null where it is about something else than this image; no package URLs where it is about all of it. */
function narrowed(purls: readonly Purl[], image: string | null): readonly Purl[] | null {
  const packages = purls.filter(({ type }) => !imageTypes.has(type));
  if (packages.length > 0 || purls.length === 0) return packages;
  const repository = image?.replace(/[@:][^/]*$/, '') ?? '';
  const last = repository.slice(repository.lastIndexOf('/') + 1);
  return purls.some(({ name }) => name.slice(name.lastIndexOf('/') + 1) === last) ? [] : null;
}

const purlsIn = (component: Json): Purl[] => {
  const { '@id': id, identifiers } = component;
  const written = [textIn(id), textIn(mapIn(identifiers).purl)];
  return written.flatMap(text => (text === null ? [] : (readPurl(text) ?? [])));
};

function ofOpenVex(document: Json, image: string | null, from: string): Ignore[] {
  return mapsIn(document.statements).flatMap(statement => {
    const { vulnerability, status, justification, impact_statement: impact } = statement;
    const id = textIn(vulnerability) ?? textIn(mapIn(vulnerability).name);
    if (id === null || !harmlessIn.openVex.has(textIn(status) ?? '')) return [];
    return mapsIn(statement.products).flatMap(product => {
      const own = purlsIn(product);
      const parts = mapsIn(product.subcomponents).flatMap(purlsIn);
      // The parts say which packages, if the product is this image at all.
      const isMeant = own.every(({ type }) => !imageTypes.has(type)) || narrowed(own, image) !== null;
      const purls = parts.length > 0 ? (isMeant ? parts : null) : narrowed(own, image);
      if (purls === null) return [];
      const reason = textIn(impact) ?? textIn(justification) ?? textIn(status);
      return { id, package: null, purls, reason, expires: null, from };
    });
  });
}

/** `urn:cdx:…/1#ref` is a reference into another document. */
const referred = (ref: string): string => {
  const at = ref.indexOf('#');
  return at < 0 ? ref : decoded(ref.slice(at + 1));
};

function ofCycloneDx(document: Json, image: string | null, from: string): Ignore[] {
  const components = new Map(
    mapsIn(document.components).map(component => [textIn(component['bom-ref']), textIn(component.purl)]),
  );
  return mapsIn(document.vulnerabilities).flatMap(({ id, analysis, affects }) => {
    const { state, justification, detail } = mapIn(analysis);
    const name = textIn(id);
    if (name === null || !harmlessIn.cycloneDx.has(textIn(state) ?? '')) return [];
    const refs = mapsIn(affects).flatMap(({ ref }) => textIn(ref) ?? []);
    const read = refs.map(ref => readPurl(components.get(referred(ref)) ?? referred(ref)));
    const known = read.filter(purl => purl !== null);
    // One that is about things nobody here can name is about none of ours.
    const purls = refs.length > 0 && known.length === 0 ? null : narrowed(known, image);
    if (purls === null) return [];
    const reason = textIn(detail) ?? textIn(justification) ?? textIn(state);
    return { id: name, package: null, purls, reason, expires: null, from };
  });
}

/** A sentence where it is no such document. */
export function readVex(text: string, image: string | null, from: string): readonly Ignore[] | string {
  const document = mapIn(parsedJson(text.replace(/^\uFEFF/, '')));
  if (textIn(document['@context'])?.includes('openvex')) return ofOpenVex(document, image, from);
  if (document.bomFormat === 'CycloneDX') return ofCycloneDx(document, image, from);
  return `${from} is neither OpenVEX nor CycloneDX in JSON. It is not honoured.`;
}
