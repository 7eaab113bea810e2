// Offers on the name of a service: to harden it, as far as a person wants to go.
import type { Catalogue } from '../core/engine/catalogue.ts';
import { allowedBy, type Finding, type Safety } from '../core/engine/finding.ts';
import { holdersOf } from '../core/model/compose/holders.ts';
import type { ComposeModel, Service } from '../core/model/compose/model.ts';
import { type Span, touches } from '../core/text/span.ts';
import { lintService } from '../host/hardening.ts';
import { hardenServiceKind } from './action-kinds.ts';
import type { Check } from './checks.ts';
import type { Offer } from './offers.ts';

const isDue =
  (upTo: Safety) =>
  ({ fixes }: Finding): boolean =>
    fixes.some(({ safety }) => allowedBy(upTo, safety));

/** The other services that take what will be repaired. */
function sharersOf(model: ComposeModel, { name }: Service, due: readonly Finding[]): string {
  const holders = due.flatMap(({ span }) => holdersOf(model, span).map(service => service.name));
  const others = [...new Set(holders)].filter(other => other !== name);
  return others.length === 0 ? '' : `, changes ${others.join(', ')} too`;
}

export async function serviceOffersAt(check: Check, catalogue: Catalogue, place: Span): Promise<Offer[]> {
  const { model, project, document } = check;
  if (model?.language !== 'compose') return [];
  const service = model.services.find(({ nameSpan }) => touches(nameSpan, place));
  if (!service) return [];
  const { location, text } = document;
  const { findings } = await lintService(
    project,
    catalogue,
    { location, text, language: 'compose' },
    service.name,
  );
  const offer = (upTo: Safety, words: string): Offer => {
    const sharers = sharersOf(model, service, findings.filter(isDue(upTo)));
    const choice = { service: service.name, upTo };
    return {
      title: `Harden ${service.name}: ${words}${sharers}`,
      kind: hardenServiceKind,
      finding: null,
      isPreferred: false,
      does: { kind: 'fix-all', choice },
    };
  };
  const [safe, unsafe] = (['safe', 'unsafe'] as const).map(upTo => findings.filter(isDue(upTo)).length);
  return [
    ...(safe ? [offer('safe', 'safe fixes')] : []),
    ...(unsafe !== safe ? [offer('unsafe', 'all fixes, also those that may change behaviour')] : []),
  ];
}
