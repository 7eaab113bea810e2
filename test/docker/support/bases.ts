// Base images made here: for each kind of image that a test builds on, what the rules claim of the real one.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint } from './cache.ts';
import { registryAddress } from './daemons.ts';
import { debianVersion } from './materials.ts';
import { bringStandIns, lines, standInFiles } from './stand-ins.ts';

export interface Base {
  /** The repository in the registry of the tests. */
  readonly repository: string;
  /** Familiar references that the image stands in for. */
  readonly fits: RegExp;
  readonly dockerfile: string;
}

/** Where the registry has a base. */
export const imageOf = ({ repository }: Pick<Base, 'repository'>): string =>
  `${registryAddress}/${repository}:stand-in`;

const install = (packages: string): string =>
  `RUN --mount=type=bind,source=services,target=/srv/packages apt-get update && apt-get install -y --no-install-recommends ${packages}`;
const fromDebian = `FROM ${imageOf({ repository: 'debian' })}`;

/** Each after those it is made from; of those that fit, the first one counts. */
export const bases: readonly Base[] = [
  {
    repository: 'alpine',
    fits: /^alpine(?::|$)/,
    dockerfile: lines(
      'FROM scratch',
      'COPY busybox /bin/busybox',
      'COPY accounts/ /etc/',
      'RUN ["/bin/busybox", "sh", "-c", "busybox mkdir -p /tmp /root /home /usr/bin /usr/sbin /sbin /usr/local/bin /var && busybox chmod 1777 /tmp && busybox --install -s"]',
      ...bringStandIns('curl'),
      'CMD ["/bin/sh"]',
    ),
  },
  {
    repository: 'debian',
    fits: /^(?:debian|ubuntu)(?::|$)/,
    dockerfile: lines(
      'FROM scratch',
      'ADD debian.tar /',
      'COPY inside /srv/packages/',
      ...bringStandIns(),
      'CMD ["bash"]',
    ),
  },
  {
    repository: 'team/base',
    fits: /^registry\.example\.com\/team\/base(?::|$)/,
    dockerfile: `FROM ${imageOf({ repository: 'alpine' })}\n`,
  },
  {
    repository: 'example/tool',
    fits: /^example\/tool(?::|$)/,
    dockerfile: lines(
      `FROM ${imageOf({ repository: 'alpine' })}`,
      'RUN ln -s /usr/local/bin/witness /bin/tool',
    ),
  },
  { repository: 'golang', fits: /^golang(?::(?!.*alpine)|$)/, dockerfile: lines(fromDebian) },
  // Red Hat's tools for accounts are the same `shadow`.
  {
    repository: 'ubi',
    fits: /^registry\.access\.redhat\.com\/ubi\d+\/ubi(?::|$)/,
    dockerfile: lines(fromDebian),
  },
  {
    repository: 'distroless',
    fits: /^gcr\.io\/distroless\/static-debian\d+(?::|$)/,
    dockerfile: lines('FROM scratch', 'COPY accounts/passwd accounts/group /etc/'),
  },
  {
    repository: 'node',
    fits: /^node(?::(?!.*alpine)|$)/,
    dockerfile: lines(
      fromDebian,
      'RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node',
      'COPY node /usr/local/bin/node',
      'CMD ["node"]',
    ),
  },
  {
    repository: 'python',
    fits: /^python(?::(?!.*alpine)|$)/,
    dockerfile: lines(
      fromDebian,
      `${install('python3')} && ln -s python3 /usr/bin/python`,
      'CMD ["python3"]',
    ),
  },
  {
    repository: 'redis',
    fits: /^redis(?::(?!.*alpine)|$)/,
    dockerfile: lines(
      fromDebian,
      install('redis-server'),
      'COPY --chmod=755 redis-entrypoint /usr/local/bin/docker-entrypoint.sh',
      'EXPOSE 6379',
      'ENTRYPOINT ["docker-entrypoint.sh"]',
      'CMD ["redis-server", "--protected-mode", "no", "--save", ""]',
    ),
  },
  {
    repository: 'postgres',
    fits: /^postgres(?::(?!.*alpine)|$)/,
    dockerfile: lines(
      fromDebian,
      'RUN mkdir /etc/postgresql-common && echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf',
      // The compiler of queries is most of it, and is loaded only when one is long.
      `${install('postgresql')} && rm /usr/lib/x86_64-linux-gnu/libLLVM* && ln -s /usr/lib/postgresql/* /usr/lib/postgresql/current`,
      'ENV PATH=/usr/lib/postgresql/current/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin PGDATA=/var/lib/postgresql/data',
      'COPY --chmod=755 postgres-entrypoint /usr/local/bin/docker-entrypoint.sh',
      // As the image has it, whose account may be any.
      'RUN chmod 3777 /var/run/postgresql',
      'EXPOSE 5432',
      'ENTRYPOINT ["docker-entrypoint.sh"]',
      'CMD ["postgres"]',
    ),
  },
  {
    repository: 'nginx',
    fits: /^nginx(?::(?!.*alpine)|$)/,
    dockerfile: lines(
      fromDebian,
      `${install('nginx-light curl')} && sed -i 's|root /var/www/html|root /usr/share/nginx/html|' /etc/nginx/sites-available/default`,
      'EXPOSE 80',
      'CMD ["nginx", "-g", "daemon off;"]',
    ),
  },
];

/** Changes when the bases have to be made again. */
export const basesVersion = fingerprint(
  bases.map(({ dockerfile }) => dockerfile),
  standInFiles,
  debianVersion,
  process.version,
);

/** Puts together the context that all bases are built from. */
export async function writeBaseContext(into: string, materials: readonly string[]): Promise<void> {
  await mkdir(join(into, 'accounts'), { recursive: true });
  for (const [path, text] of Object.entries(standInFiles))
    await writeFile(join(into, path), text, { mode: 0o755 });
  for (const material of materials) await cp(material, into, { recursive: true });
  await cp(process.execPath, join(into, 'node'), { dereference: true });
}
