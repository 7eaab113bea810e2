// What is spoken on a port by custom.

/**
 * `web`: HTTP, as a rule. `tls`: HTTP over TLS. `other`: a protocol that no HTTP client can speak. `unknown`: anything.
 */
export type PortUse = 'web' | 'tls' | 'other' | 'unknown';

const other = new Set([
  ...[21, 22, 23, 25, 53, 88, 110, 111, 139, 143, 389, 445, 465, 514, 587, 636, 873, 993, 995],
  ...[1194, 1433, 1521, 1883, 1935, 2049, 2181, 2424, 3306, 3389, 4222, 5005, 5222, 5432, 5671, 5672, 5900],
  ...[6379, 6380, 6432, 6667, 8883, 9042, 9092, 9229, 11211, 26257, 27017, 33060, 50051, 61616],
]);

const web = /^(?:80|81|3[0-3]\d\d|4000|4200|5000|5173|8\d{3}|9090)$/;
const tls = /^[4689]?443$/;

export function portUse(port: number): PortUse {
  if (other.has(port)) return 'other';
  if (tls.test(String(port))) return 'tls';
  return web.test(String(port)) ? 'web' : 'unknown';
}

/** What somebody manages a machine with, from far away. */
export const administrationServices: ReadonlyMap<number, string> = new Map([
  [22, 'SSH'],
  [23, 'Telnet'],
  [2375, 'the Docker daemon'],
  [3389, 'Remote Desktop'],
  [5800, 'VNC'],
  [5900, 'VNC'],
  [5985, 'WinRM'],
]);

export interface Debugger {
  readonly what: string;
  /** The port is others' too: what is told to the service has to speak of the debugger. */
  readonly sign: RegExp | null;
}

/** Whoever reaches one of these runs code in the process. */
export const debuggers: ReadonlyMap<number, Debugger> = new Map([
  [5005, { what: "Java's debugger", sign: /jdwp|Xdebug/ }],
  [5678, { what: "Python's debugger", sign: /debugpy/ }],
  [5858, { what: "Node's debugger", sign: null }],
  [9229, { what: "Node's debugger", sign: null }],
]);
