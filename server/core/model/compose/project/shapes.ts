// The shapes of a project: every key of Compose with what it must be.
import {
  anything,
  boolean,
  bytes,
  duration,
  type Fields,
  integer,
  listOf,
  mapOf,
  natural,
  number,
  optional,
  optOut,
  pairs,
  pause,
  record,
  type Shape,
  string,
  strings,
  word,
} from './shape.ts';
import { command, deviceCount, extraHosts, fileMode, healthTest, ssh, ulimit } from './special-shapes.ts';

const text = optional('', string);
const count = optional(0, natural);
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
    weight: natural,
    weight_device: listOf(record({ path: string, weight: natural })),
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
      target: natural,
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
  delay: pause,
  failure_action: string,
  monitor: pause,
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
    max_replicas_per_node: natural,
  }),
  endpoint_mode: string,
});

const hook = record({
  command,
  user: string,
  privileged: boolean,
  working_dir: string,
  environment: withEquals,
});

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
  provider: record({ type: string, options: mapOf(listOf(word, true)) }),
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
        schedule: listOf(
          record({ cron: string, timezone: string, concurrency: string, missed_fires: string }),
        ),
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
