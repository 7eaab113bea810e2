// Ports: the short form `[[ip:]published:]target[/protocol]`, ranges taken apart.
import { isIpAddress } from './ip.ts';
import { type MapValue, map, type Origin, Refusal, scalar, type Value } from './value.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

const maximumPort = 65_535;
const protocols = ['tcp', 'udp', 'sctp'];

function rangeOf(text: string): Range | null {
  const [, first = '', last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const [start, end] = [Number(first), Number(last)];
  return first === '' || start > maximumPort || end > maximumPort || end < start ? null : { start, end };
}

/** The address, published and target port of a spec; all but the last two colons belong to the address. */
function splitSpec(spec: string): readonly [ip: string, published: string, target: string] {
  const parts = spec.split(':');
  const target = parts.pop() ?? '';
  const published = parts.pop() ?? '';
  return [parts.join(':').replace(/^\[(.*)\]$/, '$1'), published, target];
}

/** One long form for each port in the container, in the order Compose gives them. */
export function longPorts(spec: string, from: Origin | null): MapValue[] {
  const refuse = (what: string): Refusal => new Refusal(`invalid port "${spec}": ${what}`, from);
  const [ip, published, rest] = splitSpec(spec);
  const [target = '', written = ''] = rest.split('/');
  const protocol = (written || 'tcp').toLowerCase();
  if (ip !== '' && !isIpAddress(ip)) throw refuse(`invalid ip address: ${ip}`);
  if (target === '') throw refuse('no port specified');
  const inside = rangeOf(target);
  if (inside === null || inside.start === 0) throw refuse(`invalid containerPort: ${target}`);
  const outside = published === '' ? null : rangeOf(published);
  if (published !== '' && outside === null) throw refuse(`invalid hostPort: ${published}`);
  const size = inside.end - inside.start;
  const isPool = outside !== null && outside.end - outside.start !== size;
  if (isPool && size > 0) {
    throw refuse(`invalid ranges specified for container and host ports: ${target} and ${published}`);
  }
  if (!protocols.includes(protocol)) throw refuse(`invalid proto: ${protocol}`);
  const of = (value: string | number): Value => scalar(value, from);
  const ports = Array.from({ length: size + 1 }, (_, index) => inside.start + index);
  return ports
    .sort((a, b) => (`${a}/` < `${b}/` ? -1 : 1))
    .map(port => {
      const host = isPool ? published : String((outside?.start ?? 0) + port - inside.start);
      const optional: [string, Value][] = [
        ...(ip === '' ? [] : [['host_ip', of(ip)] as [string, Value]]),
        ...(outside === null ? [] : [['published', of(host)] as [string, Value]]),
      ];
      return map(
        [['mode', of('ingress')], ['target', of(port)], ['protocol', of(protocol)], ...optional],
        from,
      );
    });
}
