// Consistency: what Compose refuses in a whole project, and what it would miss in one that is not complete.
import {
  entry,
  isNull,
  isSame,
  type MapValue,
  map,
  mapIn,
  Refusal,
  stringIn,
  textOf,
  type Value,
} from './value.ts';

interface Project {
  readonly services: MapValue;
  readonly model: MapValue;
  /** Services that their profiles leave out. */
  readonly disabled: MapValue;
}

type Objecting = (message: string) => void;

const textAt = (value: Value, ...path: string[]): string => stringIn(entry(value, ...path)) ?? '';

const itemsAt = (value: Value, ...path: string[]): readonly Value[] => {
  const found = entry(value, ...path);
  return found?.kind === 'list' ? found.items : [];
};

const namesAt = (value: Value, ...path: string[]): string[] => [
  ...(mapIn(entry(value, ...path))?.entries.keys() ?? []),
];

/** What other files may still bring is an objection alone. */
function tellMissing(name: string, service: Value, { model }: Project, object: Objecting): void {
  const has = (section: string, key: string): boolean => entry(model, section, key) !== undefined;
  if (['build', 'image', 'provider'].every(key => isNull(entry(service, key)))) {
    object(`Service ${name} has neither an image nor a build.`);
  }
  const missing: [section: string, key: string][] = [
    ...namesAt(service, 'networks').map(key => ['networks', key] as [string, string]),
    ...itemsAt(service, 'volumes')
      .filter(volume => textAt(volume, 'type') === 'volume' && textAt(volume, 'source') !== '')
      .map(volume => ['volumes', textAt(volume, 'source')] as [string, string]),
    ...[...itemsAt(service, 'secrets'), ...itemsAt(service, 'build', 'secrets')].map(
      secret => ['secrets', textAt(secret, 'source')] as [string, string],
    ),
    ...itemsAt(service, 'configs').map(config => ['configs', textAt(config, 'source')] as [string, string]),
    ...namesAt(service, 'models').map(key => ['models', key] as [string, string]),
  ];
  for (const [section, key] of missing.filter(([section, key]) => !has(section, key))) {
    object(`Service ${name} uses ${key}, which no file declares under ${section}.`);
  }
}

function checkDependencies(name: string, service: Value, project: Project): void {
  const dependencies = mapIn(entry(service, 'depends_on')) ?? map([]);
  for (const [other, dependency] of dependencies.entries) {
    if (project.services.entries.has(other)) continue;
    const required = entry(dependency, 'required');
    const isOptional = required?.kind === 'scalar' && required.value === false;
    if (isOptional && project.disabled.entries.has(other)) continue;
    throw new Refusal(`service "${name}" depends on undefined service "${other}"`, dependency.from);
  }
}

/** Two ways to say one thing must agree. */
const twins: readonly (readonly [plain: readonly string[], deploy: readonly string[]])[] = [
  [['scale'], ['deploy', 'replicas']],
  [['cpus'], ['deploy', 'resources', 'limits', 'cpus']],
  [['mem_limit'], ['deploy', 'resources', 'limits', 'memory']],
  [['mem_reservation'], ['deploy', 'resources', 'reservations', 'memory']],
  [['pids_limit'], ['deploy', 'resources', 'limits', 'pids']],
];

function checkTwins(name: string, service: Value): void {
  for (const [plain, deploy] of twins) {
    const first = entry(service, ...plain);
    const holder = entry(service, ...deploy.slice(0, -1));
    const second = entry(service, ...deploy);
    if (first === undefined || holder === undefined) continue;
    if (second === undefined && plain[0] === 'scale') continue;
    if (second !== undefined && isSame(first, second)) continue;
    throw new Refusal(
      `services.${name}: can't set distinct values on '${plain.join('.')}' and '${deploy.join('.')}'`,
      second?.from ?? first.from,
    );
  }
}

function checkScale(name: string, service: Value): void {
  for (const path of [['scale'], ['deploy', 'replicas']]) {
    const value = entry(service, ...path);
    if (value?.kind !== 'scalar' || typeof value.value !== 'number') continue;
    if (value.value < 0) {
      throw new Refusal(`services.${name}.${path.join('.')}: must be greater than or equal to 0`, value.from);
    }
    if (value.value > 1 && textAt(service, 'container_name') !== '') {
      throw new Refusal(
        `services.${name}: can't set container_name and ${path.join('.')} as container name must be unique`,
        value.from,
      );
    }
  }
}

function checkBuild(name: string, service: Value, project: Project): void {
  const build = entry(service, 'build');
  if (build === undefined) return;
  if (textAt(build, 'dockerfile') !== '' && textAt(build, 'dockerfile_inline') !== '') {
    throw new Refusal(
      `service "${name}" declares mutually exclusive dockerfile and dockerfile_inline`,
      build.from,
    );
  }
  for (const [key, context] of mapIn(entry(build, 'additional_contexts'))?.entries ?? []) {
    const target = stringIn(context)?.match(/^service:(.*)$/)?.[1];
    if (target === undefined) continue;
    const other = project.services.entries.get(target) ?? project.disabled.entries.get(target);
    const problem = other === undefined ? 'unknown' : isNull(entry(other, 'build')) ? 'non-buildable' : null;
    if (problem === null) continue;
    throw new Refusal(
      `service "${name}" declares ${problem} service "${target}" as additional contexts ${key}`,
      context.from,
    );
  }
  const platform = textAt(service, 'platform');
  const platforms = itemsAt(build, 'platforms').map(stringIn);
  if (platform !== '' && platforms.length > 0 && !platforms.includes(platform)) {
    throw new Refusal(`service.build.platforms MUST include service.platform "${platform}"`, build.from);
  }
}

function checkMounts(name: string, service: Value): void {
  const targets = new Map<string, string>();
  const add = (target: string, where: string, from: Value['from']): void => {
    const before = targets.get(target);
    if (before !== undefined) {
      throw new Refusal(`${where}: target ${target} already mounted as ${before}`, from);
    }
    targets.set(target, where);
  };
  for (const [index, mount] of itemsAt(service, 'tmpfs').entries()) {
    add((stringIn(mount) ?? '').split(':')[0] ?? '', `services.${name}.tmpfs[${index}]`, mount.from);
  }
  for (const [index, mount] of itemsAt(service, 'volumes').entries()) {
    add(textAt(mount, 'target'), `services.${name}.volumes[${index}]`, mount.from);
  }
}

function checkService(name: string, service: Value, project: Project): void {
  checkBuild(name, service, project);
  if (textAt(service, 'network_mode') !== '' && namesAt(service, 'networks').length > 0) {
    throw new Refusal(`service ${name} declares mutually exclusive \`network_mode\` and \`networks\``);
  }
  const [first] = itemsAt(service, 'healthcheck', 'test');
  if (first !== undefined && !['CMD', 'CMD-SHELL', 'NONE'].includes(stringIn(first) ?? '')) {
    throw new Refusal('healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"', first.from);
  }
  checkDependencies(name, service, project);
  checkTwins(name, service);
  checkScale(name, service);
  for (const watch of itemsAt(service, 'develop', 'watch')) {
    if (textAt(watch, 'target') !== '' || ['rebuild', 'restart'].includes(textAt(watch, 'action'))) continue;
    throw new Refusal(
      `services.${name}.develop.watch: target is required for non-rebuild actions`,
      watch.from,
    );
  }
  checkMounts(name, service);
}

/** A dependency that leads back to where it began. */
function checkCycles({ services }: Project): void {
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): void => {
    if (trail.includes(name)) {
      const cycle = [...trail.slice(trail.indexOf(name)), name].join(' -> ');
      throw new Refusal(`dependency cycle detected: ${cycle}`, services.entries.get(name)?.from ?? null);
    }
    if (done.has(name)) return;
    done.add(name);
    const service = services.entries.get(name);
    for (const next of service ? namesAt(service, 'depends_on') : []) visit(next, [...trail, name]);
  };
  for (const name of services.entries.keys()) visit(name, []);
}

function checkSecrets({ model }: Project): void {
  for (const [name, secret] of mapIn(entry(model, 'secrets'))?.entries ?? []) {
    const external = entry(secret, 'external');
    if (external?.kind === 'scalar' && textOf(external) === 'true') continue;
    if (textAt(secret, 'file') === '' && textAt(secret, 'environment') === '') {
      throw new Refusal(`secret "${name}" must declare either \`file\` or \`environment\``, secret.from);
    }
  }
}

export function checkProject(project: Project, object: Objecting): void {
  for (const [name, service] of project.services.entries) {
    checkService(name, service, project);
    tellMissing(name, service, project, object);
  }
  checkSecrets(project);
  checkCycles(project);
}
