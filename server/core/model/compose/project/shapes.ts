// The shapes of a project: every key of Compose with what it must be.
import { splitWords } from '../words.ts';
import {
  anything,
  boolean,
  bytes,
  duration,
  type Fields,
  integer,
  listOf,
  mapOf,
  number,
  optional,
  optOut,
  pairs,
  record,
  type Shape,
  string,
  strings,
} from './shape.ts';
import { isNull, list, map, Refusal, scalar, spelled, stringIn, textOf, typeOf, type Value } from './value.ts';

const tightQuotes = /^(?:[^'"\\]|\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*")*$/;

/** A text is split into words; null stands for the command of the image. */
const command: Shape = (value, path) => {
  if (isNull(value)) return null;
  const text = stringIn(value);
  if (text === null) return strings()(value, path) ?? list([], value.from);
  if (!tightQuotes.test(text)) throw new Refusal(`${spelled(path)}: invalid command line string`, value.from);
  const words = splitWords({ text, segments: [{ from: 0, at: 0, length: text.length }] });
  return list(
    words.map(word => scalar(word.text.text, value.from)),
    value.from,
  );
};

const healthTest: Shape = (value, path) => {
  const text = stringIn(value);
  if (text === null) return strings()(value, path);
  return list([scalar('CMD-SHELL', value.from), scalar(text, value.from)], value.from);
};

/** Addresses by host: `host=ip`, `host:ip`, or a map of them; shown as a sorted list. */
const extraHosts: Shape = (value, path) => {
  if (isNull(value)) return null;
  const found: Value[] = [];
  const add = (host: string, address: Value): void => {
    if (host === '' || /[:=]/.test(host)) throw new Refusal(`bad host name '${host}'`, address.from);
    const ip = address.kind === 'scalar' ? textOf(address).replace(/^\[(.+)\]$/, '$1') : '';
    found.push(scalar(`${host}=${ip}`, address.from));
  };
  if (value.kind === 'map') {
    for (const [host, inner] of value.entries) {
      for (const one of inner.kind === 'list' ? inner.items : [inner]) add(host, one);
    }
  } else if (value.kind === 'list') {
    for (const item of value.items) {
      const text = item.kind === 'scalar' ? textOf(item) : '';
      const [, host, addresses] = /^([^=]*)=(.*)$/s.exec(text) ?? /^([^:]*):(.*)$/s.exec(text) ?? [];
      if (host === undefined || addresses === undefined) {
        throw new Refusal(`invalid additional host, missing IP: ${text}`, item.from);
      }
      for (const one of addresses.split(',')) add(host, scalar(one, item.from));
    }
  } else {
    throw new Refusal(`${spelled(path)} must be a list or a mapping, not ${typeOf(value)}`, value.from);
  }
  return list(
    found.sort((a, b) => ((stringIn(a) ?? '') < (stringIn(b) ?? '') ? -1 : 1)),
    value.from,
  );
};

/** Permissions, octal where they are text. */
const fileMode: Shape = (value, path) => {
  if (isNull(value)) return null;
  const mode = value.kind === 'scalar' ? value.value : null;
  const read = typeof mode === 'string' ? (/^0*[0-7]+$/.test(mode) ? Number.parseInt(mode, 8) : Number.NaN) : mode;
  if (typeof read !== 'number' || !Number.isInteger(read)) {
    throw new Refusal(`${spelled(path)} must be a mode such as 0440, not ${typeOf(value)}`, value.from);
  }
  return scalar(`0${read.toString(8)}`, value.from);
};

const deviceCount: Shape = (value, path) => {
  const text = value.kind === 'scalar' ? textOf(value) : '';
  if (text.toLowerCase() === 'all') return scalar(-1, value.from);
  if (/^-?\d+$/.test(text)) return integer(value, path);
  throw new Refusal(`invalid value ${typeOf(value)}, the only value allowed is 'all' or a number`, value.from);
};

const ulimit: Shape = (value, path) =>
  value.kind === 'map' ? record({ soft: integer, hard: integer })(value, path) : integer(value, path);

/** Keys of an agent by id; shown as `id` or `id: path`. */
const ssh: Shape = (value, path) => {
  if (value.kind !== 'map') throw new Refusal(`${spelled(path)} must be a mapping`, value.from);
  const keys = [...value.entries].map(([id, inner]) =>
    isNull(inner) ? scalar(id, inner.from) : map([[id, inner]], inner.from),
  );
  return list(keys, value.from);
};

const text = optional('', string);
const count = optional(0, integer);
const yesOrNo = optional(false, boolean);
const options = pairs('');
const mapping = pairs('');
const withEquals = pairs(null, true);

const fileReference = record({ source: string, target: string, uid: string, gid: string, mode: fileMode });
const deviceRequest = record({
  capabilities: strings(),
  driver: string,
  count: deviceCount,
  device_ids: strings(),
  options: mapping,
});

const build: Fields = {
  context: string,
  dockerfile: string,
  dockerfile_inline: string,
  entitlements: strings(),
  args: withEquals,
  provenance: string,
  sbom: string,
  ssh,
  labels: mapping,
  cache_from: strings(true),
  cache_to: strings(true),
  no_cache: boolean,
  no_cache_filter: strings(true),
  additional_contexts: mapping,
  pull: boolean,
  extra_hosts: extraHosts,
  isolation: string,
  network: string,
  target: string,
  secrets: listOf(fileReference),
  shm_size: bytes,
  tags: strings(true),
  ulimits: mapOf(ulimit),
  platforms: strings(true),
  privileged: boolean,
};

const throttle = listOf(record({ path: string, rate: bytes }));

const container: Fields = {
  annotations: mapping,
  blkio_config: record({
    weight: integer,
    weight_device: listOf(record({ path: string, weight: integer })),
    device_read_bps: throttle,
    device_read_iops: throttle,
    device_write_bps: throttle,
    device_write_iops: throttle,
  }),
  cap_add: strings(),
  cap_drop: strings(),
  cgroup_parent: string,
  cgroup: string,
  cpu_count: integer,
  cpu_percent: number,
  cpu_period: integer,
  cpu_quota: integer,
  cpu_rt_period: integer,
  cpu_rt_runtime: integer,
  cpus: number,
  cpuset: string,
  cpu_shares: integer,
  command,
  configs: listOf(fileReference),
  credential_spec: record({ config: string, file: string, registry: string }),
  device_cgroup_rules: strings(),
  devices: listOf(record({ source: string, target: string, permissions: string })),
  dns: strings(true),
  dns_opt: strings(),
  dns_search: strings(true),
  domainname: string,
  entrypoint: command,
  environment: withEquals,
  env_file: listOf(record({ path: string, required: optOut, format: string })),
  extra_hosts: extraHosts,
  group_add: strings(),
  gpus: listOf(deviceRequest),
  hostname: string,
  image: string,
  init: yesOrNo,
  ipc: string,
  isolation: string,
  labels: mapping,
  label_file: strings(),
  logging: record({ driver: string, options }),
  log_driver: string,
  log_opt: options,
  mem_limit: bytes,
  mem_reservation: bytes,
  memswap_limit: bytes,
  mem_swappiness: bytes,
  mac_address: string,
  models: mapOf(record({ endpoint_var: string, model_var: string }), true),
  network_mode: string,
  networks: mapOf(
    record({
      aliases: strings(),
      driver_opts: options,
      gw_priority: integer,
      interface_name: string,
      ipv4_address: string,
      ipv6_address: string,
      link_local_ips: strings(),
      mac_address: string,
      priority: integer,
      use_service_name_alias: yesOrNo,
    }),
    true,
  ),
  oom_kill_disable: boolean,
  oom_score_adj: integer,
  pid: string,
  pids_limit: integer,
  platform: string,
  privileged: boolean,
  pull_policy: string,
  pull_refresh_after: string,
  read_only: boolean,
  runtime: string,
  secrets: listOf(fileReference),
  security_opt: strings(),
  shm_size: bytes,
  stop_grace_period: duration,
  stop_signal: string,
  storage_opt: options,
  sysctls: mapping,
  tmpfs: strings(true),
  ulimits: mapOf(ulimit),
  umask: count,
  use_api_socket: boolean,
  user: string,
  userns_mode: string,
  uts: string,
  volume_driver: string,
  volumes: listOf(
    record({
      type: string,
      source: string,
      target: string,
      read_only: boolean,
      consistency: string,
      bind: record({ selinux: string, propagation: string, create_host_path: optOut, recursive: string }),
      volume: record({ labels: mapping, nocopy: boolean, subpath: string }),
      tmpfs: record({ size: bytes, mode: integer }),
      image: record({ subpath: string }),
    }),
  ),
  volumes_from: strings(),
  working_dir: string,
};

/** What runs before a start has in common with its service. */
export const containerKeys: ReadonlySet<string> = new Set(Object.keys(container));

const workload: Fields = {
  build: record(build),
  depends_on: mapOf(record({ condition: string, restart: boolean, required: yesOrNo })),
  dockerfile: string,
  expose: strings(true),
  healthcheck: record({
    test: healthTest,
    timeout: duration,
    interval: duration,
    retries: count,
    start_period: duration,
    start_interval: duration,
    disable: boolean,
  }),
  ports: listOf(
    record({
      name: string,
      mode: string,
      host_ip: string,
      target: integer,
      published: string,
      protocol: string,
      app_protocol: string,
    }),
  ),
  stdin_open: boolean,
  tty: boolean,
};

const update = record({
  parallelism: count,
  delay: duration,
  failure_action: string,
  monitor: duration,
  max_failure_ratio: number,
  order: string,
});

const resource = record({
  cpus: number,
  memory: bytes,
  pids: integer,
  devices: listOf(deviceRequest),
  generic_resources: listOf(record({ discrete_resource_spec: record({ kind: text, value: count }) })),
});

const deploy = record({
  mode: string,
  replicas: count,
  labels: mapping,
  update_config: update,
  rollback_config: update,
  resources: record({ limits: resource, reservations: resource }),
  restart_policy: record({ condition: string, delay: duration, max_attempts: count, window: duration }),
  placement: record({
    constraints: strings(),
    preferences: listOf(record({ spread: string })),
    max_replicas_per_node: integer,
  }),
  endpoint_mode: string,
});

const hook = record({ command, user: string, privileged: boolean, working_dir: string, environment: withEquals });

const service = record({
  ...container,
  ...workload,
  profiles: strings(),
  deploy,
  develop: record({
    watch: listOf(
      record({
        path: text,
        action: text,
        target: string,
        exec: hook,
        include: strings(),
        ignore: strings(),
        initial_sync: boolean,
      }),
    ),
  }),
  restart: string,
  scale: count,
  attach: yesOrNo,
  container_name: string,
  provider: record({ type: string, options: mapOf(listOf(text, true)) }),
  external_links: strings(),
  links: strings(),
  net: string,
  pre_start: listOf(record({ ...container, per_replica: boolean })),
  post_start: listOf(hook),
  pre_stop: listOf(hook),
});

const fileObject = record({
  name: string,
  file: string,
  environment: string,
  content: string,
  external: boolean,
  labels: mapping,
  driver: string,
  driver_opts: options,
  template_driver: string,
});

/** The sections of a project; its extensions are shown as they are. */
export const sections: Fields = {
  services: mapOf(service),
  jobs: mapOf(
    record({
      ...container,
      ...workload,
      profiles: strings(),
      triggers: record({
        manual: yesOrNo,
        schedule: listOf(record({ cron: string, timezone: string, concurrency: string, missed_fires: string })),
      }),
    }),
  ),
  networks: mapOf(
    record({
      name: string,
      driver: string,
      driver_opts: options,
      ipam: record({
        driver: string,
        config: listOf(record({ subnet: string, gateway: string, ip_range: string, aux_addresses: mapping })),
        options,
      }),
      external: boolean,
      internal: boolean,
      attachable: boolean,
      labels: mapping,
      enable_ipv4: yesOrNo,
      enable_ipv6: yesOrNo,
    }),
  ),
  volumes: mapOf(
    record({ name: string, driver: string, driver_opts: options, external: boolean, labels: mapping }),
  ),
  secrets: mapOf(fileObject),
  configs: mapOf(fileObject),
  models: mapOf(record({ name: string, model: string, context_size: integer, runtime_flags: strings() })),
};

export const unknownSection: Shape = anything;
