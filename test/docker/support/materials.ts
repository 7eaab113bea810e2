// What images and builds are made of, each made once from its source: BusyBox, a small Debian, BuildKit.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, fingerprint } from './cache.ts';
import { debianKeyring, placesOf } from './machine.ts';
import { must, type RunOptions } from './process.ts';

const suite = 'trixie';
const mirror = 'http://deb.debian.org/debian';
const minutes = (count: number): RunOptions => ({ limit: count * 60_000 });

/** Packages that a Dockerfile under test may install: they lie in the image. */
const packagesInside = ['curl', 'python3'];
/** Packages that images of services are made from. */
const packagesOfServices = [...packagesInside, 'redis-server', 'postgresql', 'nginx-light'];

/**
 * The folder of a BusyBox with all its applets, as Alpine has it: the one that Debian packs knows no accounts. Its
 * source comes through apt, which checks its signature, with lists of its own.
 */
const busybox = (): Promise<string> =>
  cached('busybox', suite, async into => {
    const lists = join(into, 'lists');
    const source = join(into, 'source');
    await mkdir(join(lists, 'partial'), { recursive: true });
    await mkdir(source);
    const sources = join(into, 'sources.list');
    await writeFile(sources, `deb-src [signed-by=${debianKeyring}] ${mirror} ${suite} main\n`);
    const apart = [`SourceList=${sources}`, 'SourceParts=/dev/null'].map(option => `Dir::Etc::${option}`);
    const options = [...apart, `Dir::State::Lists=${lists}`].flatMap(option => ['-o', option]);
    await must('apt-get', [...options, 'update'], minutes(3));
    await must('apt-get', [...options, 'source', '--download-only', 'busybox'], {
      ...minutes(3),
      cwd: source,
    });
    // bzip2 for the original archive; nothing of Debian's own changes is wanted.
    const unpack = 'tar --strip-components=1 -xjf busybox_*.orig.tar.bz2';
    // `tc` does not compile with newer kernel headers, and nobody here shapes traffic.
    const configure = [
      'make defconfig',
      "sed -i -e 's/.*CONFIG_STATIC[ =].*/CONFIG_STATIC=y/' -e 's/^CONFIG_TC=y/CONFIG_TC=n/' .config",
      'make oldconfig < /dev/null',
    ];
    const script = [unpack, ...configure, 'make -j"$(nproc)" busybox', 'mv busybox ..'].join(' && ');
    await must('sh', ['-c', script], { ...minutes(8), cwd: source });
    await Promise.all([lists, source, sources].map(path => rm(path, { recursive: true })));
  });

/** A `Packages` file beside the archives of a folder, so that apt takes it for a repository. */
const index = [
  'for deb in *.deb; do',
  'dpkg-deb -f "$deb" && echo "Filename: ./$deb" && echo "Size: $(stat -c %s "$deb")" &&',
  'echo "SHA256: $(sha256sum "$deb" | cut -d" " -f1)" && echo; done > Packages',
].join(' ');

async function download(root: string, packages: readonly string[], into: string): Promise<void> {
  const inRoot = (...args: readonly string[]): Promise<string> => must('chroot', [root, ...args], minutes(5));
  await inRoot('apt-get', 'clean');
  await inRoot('apt-get', 'install', '-y', '--download-only', '--no-install-recommends', ...packages);
  await inRoot('sh', '-c', `cd /var/cache/apt/archives && ${index}`);
  await mkdir(into);
  const archives = join(root, 'var/cache/apt/archives');
  await must('sh', ['-c', 'mv "$1"/*.deb "$1"/Packages "$2"', 'sh', archives, into]);
}

/** What Debian's slim images leave out, and what apt can fetch again. */
const spare =
  'usr/share/doc/* usr/share/locale/* usr/share/man/* var/lib/apt/lists/* var/cache/apt/*.bin'.split(' ');

export const debianVersion = `${suite}-${fingerprint(packagesInside, packagesOfServices, index, spare)}`;

/** `debian.tar` and the folders `inside` and `services` of packages: a Debian that installs them without a network. */
const debian = (): Promise<string> =>
  cached('debian', debianVersion, async into => {
    const root = join(into, 'root');
    await must(
      'debootstrap',
      ['--variant=minbase', `--keyring=${debianKeyring}`, suite, root, mirror],
      minutes(8),
    );
    await must('chroot', [root, 'apt-get', 'update'], minutes(3));
    await download(root, packagesInside, join(into, 'inside'));
    await download(root, packagesOfServices, join(into, 'services'));
    await must('sh', ['-c', `cd "$1" && rm -rf ${spare.join(' ')}`, 'sh', root]);
    const sources = 'deb [trusted=yes] file:/srv/packages ./\n';
    await writeFile(join(root, 'etc/apt/sources.list'), sources);
    await writeFile(join(root, 'etc/apt/apt.conf.d/untranslated'), 'Acquire::Languages "none";\n');
    await must('tar', [
      '--numeric-owner',
      '--one-file-system',
      '-C',
      root,
      '-cf',
      join(into, 'debian.tar'),
      '.',
    ]);
    await rm(root, { recursive: true });
  });

export const buildkitVersion = 'v0.21.1';

/** Programs written in Go, by their packages; null where there is no Go to build them. */
async function goPrograms(
  name: string,
  version: string,
  packages: Readonly<Record<string, string>>,
): Promise<string | null> {
  if (placesOf('go').length === 0) return null;
  return cached(name, version, async into => {
    const module = join(into, 'module');
    const go = (...args: readonly string[]): Promise<string> =>
      must('go', args, { ...minutes(10), cwd: module });
    await mkdir(module);
    await go('mod', 'init', `bulkhead/${name}`);
    await go('get', ...Object.values(packages).map(command => `${command}@${version}`));
    for (const [program, command] of Object.entries(packages)) {
      await go('build', '-o', join(into, program), command);
    }
    await rm(module, { recursive: true });
  });
}

/** The folder of `buildkitd` and `buildctl`. */
const buildkit = (): Promise<string | null> =>
  goPrograms('buildkit', buildkitVersion, {
    buildkitd: 'github.com/moby/buildkit/cmd/buildkitd',
    buildctl: 'github.com/moby/buildkit/cmd/buildctl',
  });

const buildxVersion = 'v0.23.0';

/** The folder of Docker's plugin for BuildKit: with it the engine of these tests builds as newer ones do. */
const buildx = (): Promise<string | null> =>
  goPrograms('buildx', buildxVersion, { 'docker-buildx': 'github.com/docker/buildx/cmd/buildx' });

/** Folders. */
export interface Materials {
  readonly busybox: string;
  readonly debian: string;
  readonly buildkit: string | null;
  readonly buildx: string | null;
}

/** Everything that comes from outside: after this no network is needed. */
export async function makeMaterials(): Promise<Materials> {
  const [withBusybox, withDebian, withBuildkit] = await Promise.all([busybox(), debian(), buildkit()]);
  return { busybox: withBusybox, debian: withDebian, buildkit: withBuildkit, buildx: await buildx() };
}
