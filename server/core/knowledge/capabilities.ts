// What each capability of Linux beyond Docker's default lets a container do, and which images are made to use one.

/** By what an attacker gains; those of Docker's default set have none. */
export type CapabilityRisk =
  /** Code on the host. */
  | 'host'
  /** The network, the programs or the state of the kernel. */
  | 'kernel'
  /** What other workloads measure or see, such as the clock. */
  | 'reach'
  /** What watches the host, and what it has seen. */
  | 'defences'
  /** What the kernel tells only root. */
  | 'disclosure'
  /** Within the container, past the rights of accounts and files. */
  | 'bounded'
  /** More than its share of the machine. */
  | 'availability'
  /** More than the limits that it was given. */
  | 'limits';

export interface Capability {
  readonly risk: CapabilityRisk;
  /** Goes on from "lets the service ...". */
  readonly deed: string;
}

/** man7.org, capabilities(7). */
const capabilities: Readonly<Record<string, Capability>> = {
  SYS_ADMIN: { risk: 'host', deed: 'mount file systems and change namespaces' },
  SYS_MODULE: { risk: 'host', deed: 'load code into the kernel' },
  SYS_RAWIO: { risk: 'host', deed: 'write to memory and disks past the kernel' },

  NET_ADMIN: { risk: 'kernel', deed: 'change interfaces, routes and the firewall of its network' },
  BPF: { risk: 'kernel', deed: 'run programs inside the kernel' },
  SYS_BOOT: { risk: 'kernel', deed: 'restart the machine and load another kernel' },

  PERFMON: { risk: 'reach', deed: 'trace what every process and the kernel do' },
  SYS_TIME: { risk: 'reach', deed: 'set the clock of the host' },

  AUDIT_CONTROL: { risk: 'defences', deed: 'switch off what the kernel records for audits' },
  AUDIT_READ: { risk: 'defences', deed: 'read what the kernel records for audits' },
  MAC_ADMIN: { risk: 'defences', deed: 'change the rules of mandatory access control' },
  MAC_OVERRIDE: { risk: 'defences', deed: 'ignore the rules of mandatory access control' },

  SYSLOG: { risk: 'disclosure', deed: 'read the log of the kernel and its addresses' },

  SYS_PTRACE: { risk: 'bounded', deed: 'read and change the memory of other processes' },
  DAC_READ_SEARCH: { risk: 'bounded', deed: 'read every file, and open those of the host by their number' },

  SYS_NICE: { risk: 'availability', deed: 'take the processor from all others' },
  IPC_LOCK: { risk: 'availability', deed: 'keep memory that the host cannot take back' },
  LEASE: { risk: 'availability', deed: 'make others wait for files' },

  SYS_RESOURCE: { risk: 'limits', deed: 'raise its own limits and use reserved space' },
};

/** `CAP_` and letter case do not matter. */
export const capabilityName = (written: string): string => written.trim().toUpperCase().replace(/^CAP_/, '');

export const riskOf = (name: string): Capability | undefined =>
  Object.hasOwn(capabilities, name) ? capabilities[name] : undefined;

/** Docker takes this as a name of its own, without a prefix. */
export const isEveryCapability = (written: string): boolean => written.trim().toUpperCase() === 'ALL';

/** By the documentation of each image. */
const made: readonly (readonly [image: RegExp, names: string])[] = [
  [/wireguard|wg-easy|firezone|subspace/, 'NET_ADMIN SYS_MODULE'],
  [/openvpn|gluetun|tailscale|zerotier|netbird|netmaker|nebula|softether|strongswan|vpn/, 'NET_ADMIN'],
  [/pihole/, 'NET_ADMIN SYS_NICE SYS_TIME'],
  [/crowdsec.*bouncer|fail2ban|suricata|dnsmasq|keepalived|isc-dhcp|kea/, 'NET_ADMIN'],
  [/(?:^|\/)(?:chrony|ntpd?|ntpsec)(?:$|-)/, 'SYS_TIME SYS_NICE'],
  [/(?:^|\/)(?:vault|openbao|elasticsearch|opensearch)$/, 'IPC_LOCK'],
  [/(?:^|\/)(?:mysql|mariadb|percona)(?:-server)?$/, 'SYS_NICE'],
  [/(?:^|\/)clickhouse(?:-server)?$/, 'SYS_NICE IPC_LOCK NET_ADMIN SYS_PTRACE'],
  [/(?:^|\/)netdata$/, 'SYS_PTRACE SYS_ADMIN'],
];

/** An image whose work is what the capability allows. */
export const isMadeFor = (image: string, name: string): boolean =>
  made.some(([pattern, names]) => pattern.test(image) && names.split(' ').includes(name));
