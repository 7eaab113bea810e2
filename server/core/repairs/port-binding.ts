// Published ports bound to the host's own address, so that only what runs there reaches them.
import type { Fix } from '../engine/finding.ts';
import { fix } from '../engine/rule.ts';
import { type Exposure, isEveryAddress } from '../insight/exposure.ts';
import { addPair, removeEntries } from '../model/compose/edit.ts';
import { meantBy } from '../model/compose/effective.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { contentSpan } from '../model/compose/pairs.ts';
import type { Port } from '../model/compose/ports.ts';
import type { YamlMap, YamlScalar } from '../model/yaml/node.ts';
import { type Edit, insert, replace } from '../text/edit.ts';
import { type Span, span, spanText } from '../text/span.ts';
import { sharedTitle } from './shared.ts';

const own = '127.0.0.1';

/** The host part of a short form as written, with or without brackets; also in the default of a variable. */
const writtenHost = /\[[0-9a-f:.]*\]|^::(?=:)|0\.0\.0\.0|(?<![\w.])0(?=:)/i;

function shortEdit({ text }: ComposeModel, node: YamlScalar, { hostIp, published }: Port): Edit | null {
  const at = contentSpan(node, text);
  const written = spanText(text, at);
  // With an escape in it, offsets are not what they seem.
  if (written.includes('\\') || written.includes('\n')) return null;
  if (hostIp === null) {
    if (node.style === 'literal' || node.style === 'folded') return null;
    return insert(at.start, published === null ? `${own}::` : `${own}:`);
  }
  const host = writtenHost.exec(written);
  const place: Span | null = host && span(at.start + host.index, at.start + host.index + host[0].length);
  return place && replace(place, own);
}

function longEdits(model: ComposeModel, map: YamlMap): Edit[] | null {
  const pair = map.pairs.find(({ key }) => key.text === 'host_ip');
  const value = meantBy(pair?.value ?? null);
  if (value?.kind !== 'scalar' || value.value === null)
    return pair && value ? null : addPair(model, map, 'host_ip', own, 'published');
  return isEveryAddress(value.text) ? [replace(contentSpan(value, model.text), own)] : null;
}

function bindingEdits(model: ComposeModel, { port }: Exposure): Edit[] | null {
  if (port.node.kind === 'map') return longEdits(model, port.node);
  const edit = shortEdit(model, port.node, port);
  return edit && [edit];
}

/** Binding to the host itself comes first; `withdraw` also offers not to publish the port at all. */
export function bindingFixes(
  model: ComposeModel,
  service: Service,
  exposure: Exposure,
  withdraw: boolean,
): Fix[] {
  const sharedBy = service.get('ports')?.sharedBy ?? [];
  const bound = bindingEdits(model, exposure);
  const removed = withdraw ? removeEntries(model, [exposure.port.span]) : null;
  return [
    ...(bound ? [fix(sharedTitle(`Bind to ${own}`, service, sharedBy), 'unsafe', bound)] : []),
    ...(removed ? [fix(sharedTitle('Do not publish it', service, sharedBy), 'suggestion', removed)] : []),
  ];
}
