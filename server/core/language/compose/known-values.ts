// Values that Compose and the engine know at places where the schema takes any text.

/** Text -> what it means. */
type Values = Readonly<Record<string, string>>;

/** docs.docker.com, "Runtime privilege and Linux capabilities": those that a container is started with. */
const granted = 'Containers have it unless it is dropped.';
const withheld = 'Containers do not have it unless it is added.';

const grantedCapabilities = [
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE'],
  ...['NET_RAW', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
];

const withheldCapabilities = [
  ...['AUDIT_CONTROL', 'AUDIT_READ', 'BLOCK_SUSPEND', 'BPF', 'CHECKPOINT_RESTORE', 'DAC_READ_SEARCH'],
  ...['IPC_LOCK', 'IPC_OWNER', 'LEASE', 'LINUX_IMMUTABLE', 'MAC_ADMIN', 'MAC_OVERRIDE', 'NET_ADMIN'],
  ...['NET_BROADCAST', 'PERFMON', 'SYSLOG', 'SYS_ADMIN', 'SYS_BOOT', 'SYS_MODULE', 'SYS_NICE', 'SYS_PACCT'],
  ...['SYS_PTRACE', 'SYS_RAWIO', 'SYS_RESOURCE', 'SYS_TIME', 'SYS_TTY_CONFIG', 'WAKE_ALARM'],
];

const each = (texts: readonly string[], about: string): Values =>
  Object.fromEntries(texts.map(text => [text, about]));

const restartPolicies: Values = {
  'unless-stopped': 'Started again whenever it ends, until somebody stops it.',
  always: 'Started again whenever it ends, and with the engine.',
  'on-failure': 'Started again when it ends with an error.',
  no: 'Never started again.',
};

const protocols: Values = { tcp: '', udp: '', sctp: '' };

const signals: Values = {
  SIGTERM: 'What is sent without a word.',
  SIGINT: '',
  SIGQUIT: 'A graceful stop for nginx and PHP-FPM.',
  SIGUSR1: '',
  SIGWINCH: 'A graceful stop for Apache.',
};

const namespaceOf = (what: string): Values => ({ host: `Shares ${what} of the host.` });

/** By place: `[]` is an item of a list, `*` the name of a service or its like. */
export const knownValues: Readonly<Record<string, Values>> = {
  'services.*.restart': restartPolicies,
  'services.*.deploy.restart_policy.condition': {
    any: 'Started again whenever it ends.',
    'on-failure': 'Started again when it ends with an error.',
    none: 'Never started again.',
  },
  'services.*.pull_policy': {
    always: 'Pulled each time.',
    missing: 'Pulled where it is not there.',
    build: 'Built, even where it is there.',
    never: 'Taken as it is there.',
    daily: 'Pulled where the last time is more than a day ago.',
    weekly: 'Pulled where the last time is more than a week ago.',
  },
  'services.*.network_mode': {
    none: 'No network at all.',
    host: 'The network of the host, without isolation.',
    bridge: 'The network that all containers without one share.',
  },
  'services.*.pid': namespaceOf('the processes'),
  'services.*.ipc': {
    private: 'Its own, shared with nobody.',
    shareable: 'Its own, which others may join.',
    none: 'Its own, without /dev/shm.',
    ...namespaceOf('shared memory'),
  },
  'services.*.uts': namespaceOf('the host name'),
  'services.*.userns_mode': namespaceOf('the accounts'),
  'services.*.cap_drop.[]': { ALL: 'Every capability.', ...each(grantedCapabilities, granted) },
  'services.*.cap_add.[]': {
    ...each(grantedCapabilities, granted),
    ...each(withheldCapabilities, withheld),
  },
  'services.*.security_opt.[]': {
    'no-new-privileges:true': 'No program in it gains privileges by setuid or file capabilities.',
    'apparmor:': 'The AppArmor profile of this name.',
    'seccomp:': 'The system calls that the profile in this file allows.',
    'label:type:': 'The SELinux type of its processes.',
  },
  'services.*.stop_signal': signals,
  'services.*.logging.driver': {
    local: 'Files of a compact form, rotated by the engine.',
    'json-file': 'Files of JSON, which grow until options rotate them.',
    journald: 'The journal of the host.',
    syslog: 'A syslog server.',
    fluentd: '',
    gelf: '',
    awslogs: '',
    gcplogs: '',
    splunk: '',
    none: 'Nothing is kept.',
  },
  'services.*.healthcheck.test.[]': {
    CMD: 'The words behind it are run as they are.',
    'CMD-SHELL': 'The text behind it is run by the shell.',
    NONE: 'The check of the image is switched off.',
  },
  'services.*.deploy.mode': {
    replicated: 'As many containers as stated.',
    global: 'One container on each node.',
    'replicated-job': 'As many runs to completion as stated.',
    'global-job': 'One run to completion on each node.',
  },
  'services.*.deploy.endpoint_mode': { vip: 'One address for all.', dnsrr: 'The addresses of all in turn.' },
  'services.*.deploy.update_config.failure_action': { pause: '', continue: '', rollback: '' },
  'services.*.deploy.rollback_config.failure_action': { pause: '', continue: '' },
  'services.*.ports.[].protocol': protocols,
  'services.*.ports.[].mode': {
    ingress: 'Spread over the nodes of the swarm.',
    host: 'Published on the node of the container alone.',
  },
  'services.*.volumes.[].bind.propagation': {
    rprivate: 'Mounts made below it are seen on neither side.',
    private: '',
    rslave: 'Mounts of the host below it are seen in the container.',
    slave: '',
    rshared: 'Mounts below it are seen on both sides.',
    shared: '',
  },
  'networks.*.driver': {
    bridge: 'A network of this host.',
    overlay: 'A network over several hosts.',
    host: 'The network of the host.',
    ipvlan: '',
    macvlan: '',
    none: 'No network.',
  },
  'volumes.*.driver': { local: 'A folder of the engine, or what its options mount.' },
};
