// What a build leaves behind that was stopped: podman's working containers. Docker and BuildKit clear theirs themselves.
import type { Equipment } from './tool.ts';

async function containersOf({ engine }: Equipment): Promise<string[]> {
  const { code, out } = await engine.run([
    'ps',
    '--all',
    '--external',
    '--no-trunc',
    '--format',
    '{{.ID}} {{.Command}}',
  ]);
  if (code !== 0) return [];
  return out.split('\n').flatMap(line => /^([0-9a-f]{12,64}) buildah$/.exec(line.trim())?.[1] ?? []);
}

/** Notes what is there already, which somebody else may be building in; the answer removes what has come since. */
export async function noteContainers(equipment: Equipment): Promise<() => Promise<void>> {
  if (equipment.tool !== 'podman') return async () => {};
  const before = await containersOf(equipment);
  return async () => {
    const since = (await containersOf(equipment)).filter(id => !before.includes(id));
    if (since.length > 0) await equipment.engine.run(['rm', '--force', ...since]);
  };
}
