// What this machine builds with: an engine, the way it builds, and the builders of buildx.
import { type Builder, readBuilders } from '../../core/build/builders.ts';
import type { BuildTool } from '../../core/build/command-line.ts';
import { type Engine, findEngines } from '../engines.ts';

export interface Equipment {
  readonly engine: Engine;
  readonly tool: BuildTool;
}

/** Docker's client has BuildKit in it from 18.09 on, until it became a plugin. */
async function dockerTool(engine: Engine): Promise<BuildTool> {
  if (process.env.DOCKER_BUILDKIT === '0') return 'legacy';
  if ((await engine.run(['buildx', 'version'])).code === 0) return 'buildx';
  const { out } = await engine.run(['--version']);
  const major = Number(/version (\d+)\./.exec(out)?.[1]);
  return major >= 18 && major < 23 ? 'docker' : 'legacy';
}

/** `wanted` is the name of an engine; a string says why there is none. Those in the folders are passed over. */
export async function equipment(
  wanted: string | null,
  projects: readonly string[],
): Promise<Equipment | string> {
  const engines = await findEngines(projects);
  const engine = wanted === null ? engines[0] : engines.find(({ name }) => name === wanted);
  if (!engine) {
    const names = wanted ?? 'docker, podman or nerdctl';
    const others = engines.map(({ name }) => name).join(' and ');
    const step =
      others !== '' ? `Install it, or build with ${others}` : wanted ? 'Install it' : 'Install one of them';
    return `There is no ${names} in PATH to build with. ${step}, then build again.`;
  }
  const tool = engine.name === 'docker' ? await dockerTool(engine) : (engine.name as BuildTool);
  return { engine, tool };
}

export async function buildersOf({ engine, tool }: Equipment): Promise<Builder[]> {
  if (tool !== 'buildx') return [];
  const asJson = await engine.run(['buildx', 'ls', '--format', 'json']);
  // Before 0.13 there is no such flag.
  const { out } = asJson.code === 0 ? asJson : await engine.run(['buildx', 'ls']);
  return readBuilders(out);
}
