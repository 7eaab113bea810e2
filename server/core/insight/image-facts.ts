// What is known of an image: by the tables, and by an engine of this machine, which has seen that very image.
import { bareImage } from '../knowledge/image-facts.ts';
import { imageFacts, type KnownImage } from '../knowledge/images.ts';
import { familiarName, type ImageReference, parseImageReference } from '../model/image-reference.ts';
import type { LocalImage } from '../model/local-image.ts';

const unseen: KnownImage = {
  ...bareImage,
  os: { family: 'unknown', packageManager: 'unknown' },
  shell: 'unknown',
  curl: 'unknown',
  wget: 'unknown',
  exact: false,
  asOf: null,
};

const ofTables = (reference: ImageReference): KnownImage | undefined =>
  imageFacts(familiarName(reference), reference.tag);

const baseLabel = 'org.opencontainers.image.base.name';

/** Of an image that no table knows: what holds for the one that it says it is built on. */
function ofBase({ labels, os, shell }: LocalImage): KnownImage {
  if (os === 'windows') return { ...unseen, os: { family: 'windows', packageManager: 'unknown' } };
  const base = ofTables(parseImageReference(labels.get(baseLabel) ?? '', 0));
  const found = base ? { ...unseen, os: base.os, shell: base.shell, accounts: base.accounts } : unseen;
  return shell === null ? found : { ...found, shell: true };
}

const isRoot = (user: string): boolean => /^(?:root|0*)(?::|$)/.test(user);

const portNumber = (port: string): string => port.replace(/\/tcp$/, '');

/** Images that carry gosu say so, and for one thing alone. */
const dropsOf = ({ env, entrypoint }: LocalImage): KnownImage['drops'] =>
  env.has('GOSU_VERSION') && entrypoint !== null ? [{ tool: 'gosu', to: '' }] : [];

function described(local: LocalImage, known: KnownImage | undefined): KnownImage {
  const facts = known ?? ofBase(local);
  const { entrypoint, cmd, volumes, healthcheck } = local;
  const isItsOwn = JSON.stringify(entrypoint) === JSON.stringify(facts.entrypoint);
  return {
    ...facts,
    user: isRoot(local.user) ? null : local.user,
    // Some listen where they do not say so.
    ports: [...new Set([...local.ports.map(portNumber), ...(isItsOwn ? facts.ports.map(portNumber) : [])])],
    volumes,
    entrypoint,
    cmd,
    healthcheck: healthcheck !== null,
    drops: known && isItsOwn ? known.drops : dropsOf(local),
    exact: true,
    asOf: null,
  };
}

/** Undefined where nobody knows anything of it. */
export const factsOf = (reference: ImageReference, local: LocalImage | null): KnownImage | undefined => {
  const known = ofTables(reference);
  return local === null ? known : described(local, known);
};

/** Behind what a message says of an image: how old the tables are, where it rests on them. */
export const asOfText = (facts: KnownImage | undefined): string =>
  facts?.asOf ? ` (as of ${facts.asOf})` : '';

/** Behind "it has no health check": that its image has none either, as far as that is known. */
export const uncheckedText = (image: string | null | undefined, facts: KnownImage | undefined): string =>
  image && facts ? `, nor has ${image} one${asOfText(facts)}` : '';
