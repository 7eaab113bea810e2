// Ports of EXPOSE that BuildKit refuses. Those with a variable in them are left to the build.
import { type Edit, replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { nearest } from './meant.ts';
import type { ExposeInstruction, Word } from './model.ts';
import type { Report } from './report.ts';

const protocols: readonly string[] = ['tcp', 'udp', 'sctp'];
const highest = 65_535;

export function checkPorts({ words }: ExposeInstruction, report: Report): void {
  for (const word of words) {
    if (!/\$/.test(word.raw) && word.value !== '') checkPort(word, report);
  }
}

function checkPort({ value, span: at }: Word, report: Report): void {
  const slash = value.indexOf('/');
  const protocol = slash < 0 ? '' : value.slice(slash + 1);
  const parts = (slash < 0 ? value : value.slice(0, slash)).split(':');
  const ports = parts.pop() ?? '';
  const host = parts.pop() ?? '';
  const address = parts.join(':');
  if (protocol !== '' && !protocols.includes(protocol.toLowerCase())) {
    reportProtocol(protocol, value.slice(0, slash), at, report);
  } else if (address !== '' && !isAddress(address)) {
    report('invalid-address', { at, data: { address } });
  } else {
    checkRange(ports, at, report);
    if (host !== '') checkRange(host, at, report);
  }
}

const isAddress = (text: string): boolean =>
  /^(?:\d{1,3}\.){3}\d{1,3}$|^\[?[0-9a-f:.]*:[0-9a-f:.]*(?:%\w+)?\]?$/i.test(text);

function reportProtocol(protocol: string, port: string, at: Span, report: Report): void {
  const several = protocol.split(/[/,+]/);
  if (several.length === 1) {
    const other = nearest(protocol, protocols);
    const meant = other === null ? [] : [replace(at, `${port}/${other}`)];
    report('invalid-protocol', { at, data: { protocol }, meant });
    return;
  }
  const areKnown = several.every(name => protocols.includes(name.toLowerCase()));
  const each = several.map(name => `${port}/${name}`).join(' ');
  report('several-protocols', { at, data: { protocol }, meant: areKnown ? [replace(at, each)] : [] });
}

function checkRange(ports: string, at: Span, report: Report): void {
  const [, first = '', last = first] = /^[+]?(\d+)(?:-[+]?(\d+))?$/.exec(ports) ?? [];
  const tooHigh = [first, last].find(port => Number(port) > highest);
  if (first === '') report('invalid-port', { at, data: { port: ports }, meant: meantPorts(ports, at) });
  else if (tooHigh !== undefined) report('port-out-of-range', { at, data: { port: tooHigh } });
  else if (Number(last) < Number(first)) report('reversed-ports', { at, data: { port: ports } });
}

/** Several ports with commas between them. */
const meantPorts = (ports: string, at: Span): Edit[] =>
  /^\d+(?:[,;]\d+)*[,;]?$/.test(ports) ? [replace(at, ports.split(/[,;]/).filter(Boolean).join(' '))] : [];
