// Podman in the laboratory: its images, settings and containers lie in the work folder. Not every machine has it.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { work } from './lab.ts';
import { placesOf } from './machine.ts';

/** The environment in which podman works apart from the machine's own; null where there is none. */
export async function podmanEnvironment(): Promise<Readonly<Record<string, string>> | null> {
  if (placesOf('podman').length === 0) return null;
  const folder = join(work, 'podman');
  await mkdir(folder, { recursive: true });
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const places = `graphroot = "${join(folder, 'root')}"\nrunroot = "${join(folder, 'run')}"\n`;
  return {
    CONTAINERS_STORAGE_CONF: await write('storage.conf', `[storage]\ndriver = "vfs"\n${places}`),
    CONTAINERS_CONF: await write(
      'containers.conf',
      '[engine]\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\n[containers]\nnetns = "host"\n',
    ),
    CONTAINERS_REGISTRIES_CONF: await write('registries.conf', 'unqualified-search-registries = []\n'),
    BUILDAH_ISOLATION: 'chroot',
  };
}
