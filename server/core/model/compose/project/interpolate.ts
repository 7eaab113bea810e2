// Interpolation of a whole file: variables filled in, and texts cast to what stands at their path.
import { substitute } from './environment.ts';
import { pathTable, under } from './table.ts';
import {
  type Environment,
  mapBelow,
  type Path,
  Refusal,
  type ScalarValue,
  spelled,
  textOf,
  type Value,
} from './value.ts';

type Cast = (text: string) => number | boolean;

const failed = (what: string): Refusal => new Refusal(`failed to cast to expected type: ${what}`);

const toInteger: Cast = text => {
  if (!/^[-+]?[0-9]+$/.test(text)) throw failed(`"${text}" is not an integer`);
  return Number(text);
};

const toNumber: Cast = text => {
  if (text.trim() !== text || text === '' || Number.isNaN(Number(text))) {
    throw failed(`"${text}" is not a number`);
  }
  return Number(text);
};

const words = new Map([
  ...['true', 'y', 'yes', 'on'].map(word => [word, true] as const),
  ...['false', 'n', 'no', 'off'].map(word => [word, false] as const),
]);

export const toBoolean: Cast = text => {
  const value = words.get(text.toLowerCase());
  if (value === undefined) throw failed(`invalid boolean: ${text}`);
  return value;
};

const toMask: Cast = text => {
  if (/^0[oO]?[0-7]+$/.test(text)) return Number.parseInt(text.replace(/^0[oO]?/, ''), 8);
  return toInteger(text);
};

const inContainer: Readonly<Record<string, Cast>> = {
  cpu_count: toInteger,
  cpu_percent: toNumber,
  cpu_period: toInteger,
  cpu_quota: toInteger,
  cpu_rt_period: toInteger,
  cpu_rt_runtime: toInteger,
  cpus: toNumber,
  cpu_shares: toInteger,
  init: toBoolean,
  'networks.*.use_service_name_alias': toBoolean,
  oom_kill_disable: toBoolean,
  oom_score_adj: toInteger,
  pids_limit: toInteger,
  privileged: toBoolean,
  read_only: toBoolean,
  umask: toMask,
  'ulimits.*': toInteger,
  'ulimits.*.hard': toInteger,
  'ulimits.*.soft': toInteger,
  'volumes.*.read_only': toBoolean,
  'volumes.*.volume.nocopy': toBoolean,
};

const inWorkload: Readonly<Record<string, Cast>> = {
  'depends_on.*.required': toBoolean,
  'depends_on.*.restart': toBoolean,
  'healthcheck.retries': toInteger,
  'healthcheck.disable': toBoolean,
  'ports.*.target': toInteger,
  stdin_open: toBoolean,
  tty: toBoolean,
};

const inService: Readonly<Record<string, Cast>> = {
  'deploy.replicas': toInteger,
  'deploy.update_config.parallelism': toInteger,
  'deploy.update_config.max_failure_ratio': toNumber,
  'deploy.rollback_config.parallelism': toInteger,
  'deploy.rollback_config.max_failure_ratio': toNumber,
  'deploy.restart_policy.max_attempts': toInteger,
  'deploy.placement.max_replicas_per_node': toInteger,
  scale: toInteger,
};

const casts = pathTable<Cast>({
  ...under(['services.*', 'jobs.*', 'services.*.pre_start.*'], inContainer),
  ...under(['services.*', 'jobs.*'], inWorkload),
  ...under(['services.*'], inService),
  ...under(['networks.*', 'volumes.*', 'secrets.*', 'configs.*'], { external: toBoolean }),
  ...under(['networks.*'], {
    internal: toBoolean,
    attachable: toBoolean,
    enable_ipv4: toBoolean,
    enable_ipv6: toBoolean,
  }),
});

/** Told of a variable that has no value. */
export type OnUnset = (name: string) => void;

function interpolateText(value: ScalarValue, path: Path, environment: Environment, onUnset: OnUnset): Value {
  try {
    const { text, variables, unset } = substitute(textOf(value), name => environment.get(name));
    for (const name of unset) onUnset(name);
    const cast = casts.at(path);
    const filled = variables.length > 0 ? { ...value, variables } : value;
    if (cast === undefined) return text === value.value ? filled : { ...filled, value: text };
    return { ...filled, value: cast(text) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`error while interpolating ${spelled(path)}: ${error.message}`, value.from);
  }
}

/** A value with the variables of its texts filled in. */
export function interpolate(
  value: Value,
  environment: Environment,
  onUnset: OnUnset,
  path: Path = [],
): Value {
  if (value.kind === 'scalar') {
    return typeof value.value === 'string' ? interpolateText(value, path, environment, onUnset) : value;
  }
  return mapBelow(value, path, (inner, at) => interpolate(inner, environment, onUnset, at));
}
