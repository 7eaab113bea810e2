// `user`: the process of a service runs as an account without privileges.
import type { Fix } from '../engine/finding.ts';
import type { Place } from '../insight/places.ts';
import type { ServiceInsight } from '../insight/service.ts';
import { imageUser } from '../insight/service-user.ts';
import { removeEntries } from '../model/compose/edit.ts';
import type { ComposeModel, Entry } from '../model/compose/model.ts';
import { replace } from '../text/edit.ts';
import { placeFix } from './places.ts';

/** Any number will do where no account is known: it needs no entry in `/etc/passwd`. */
export const anyAccount = '1000:1000';

/** Systems’ accounts for people and package managers are not made for a service. */
const notForServices = new Set(['ubuntu', 'root', 'nobody']);

/** The account that the image brings for its service, by its number where that is known. */
export function accountOf({ facts, built }: ServiceInsight): string | null {
  const accounts = built ? built.accounts : (facts?.accounts ?? []);
  const account = accounts.find(({ name }) => !notForServices.has(name));
  return account?.name ?? null;
}

/** In place of root: the account of the image, or another one. */
export function rootReplacements(
  model: ComposeModel,
  place: Place<unknown>,
  entry: Entry,
  insight: ServiceInsight,
): Fix[] {
  const image = imageUser(insight);
  if (image.kind === 'other' || image.kind === 'drops') {
    const who = image.kind === 'other' ? `the image runs as ${image.user}` : 'the image steps down itself';
    return placeFix(place, `Take user away: ${who}`, 'unsafe', removeEntries(model, [entry.keySpan]));
  }
  const account = accountOf(insight);
  // Without quotes, YAML takes it for a time of day; the default of a variable has none.
  const isPlain = entry.node?.kind === 'scalar' && entry.node.style === 'plain';
  const isWhole = entry.node?.span.start === place.at.start;
  const number = isPlain && isWhole ? `"${anyAccount}"` : anyAccount;
  return [
    ...(account === null ? [] : placeFix(place, `Run as ${account}`, 'unsafe', [replace(place.at, account)])),
    ...placeFix(place, `Run as ${anyAccount}`, 'suggestion', [replace(place.at, number)]),
  ];
}
