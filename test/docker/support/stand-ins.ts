// Stand-ins: programs, entrypoints and accounts that real images have and the bases made here get.

export const lines = (...text: readonly string[]): string => text.map(line => `${line}\n`).join('');

/** Where stand-ins for programs note what they see. */
export const witnessed = '/var/witnessed';

/**
 * What a build under test calls and cannot be had here is this program under another name. It notes the SHA-256 of every
 * word that it can see: its environment, its arguments, and the files that such programs read.
 */
const witness = `#!/bin/sh
{
  env
  printf '%s\\n' "$@"
  for file in .npmrc "$HOME/.npmrc" .env "$HOME/.aws/credentials"; do cat "$file"; echo; done
} 2>/dev/null | tr -cs 'A-Za-z0-9' '\\n' | sort -u |
  while read -r word; do printf %s "$word" | sha256sum; done >> ${witnessed}
`;
const programs = 'npm migrate fetch deploy git pip aws make go cargo'.split(' ');
/** What such programs would leave behind, where Dockerfiles like to look for it. */
const products = ['/out/app', '/go/app', '/app/dist/app'];

/** The instructions that bring the programs into an image, and further ones where they are given. */
export const bringStandIns = (...more: readonly string[]): readonly string[] => [
  'COPY witness /usr/local/bin/witness',
  `RUN for name in ${[...programs, ...more].join(' ')}; do ln -s witness /usr/local/bin/$name; done`,
  `RUN ln -s /usr/local/bin/witness /migrate && touch ${witnessed} && chmod 666 ${witnessed}`,
  `RUN for file in ${products.join(' ')}; do mkdir -p "\${file%/*}" && touch "$file"; done`,
];

const postgresEntrypoint = `#!/bin/sh
set -e
if [ "$(id -u)" = 0 ]; then
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  password=\${POSTGRES_PASSWORD:-$(cat "\${POSTGRES_PASSWORD_FILE:?A password is needed}")}
  printf '%s\\n' "$password" > /tmp/password
  initdb --no-sync -U "\${POSTGRES_USER:-postgres}" --pwfile=/tmp/password --auth-host=scram-sha-256 > /dev/null
  rm /tmp/password
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
fi
exec "$@" -c listen_addresses='*'
`;

const redisEntrypoint = `#!/bin/sh
if [ "$(id -u)" = 0 ]; then
  exec setpriv --reuid=redis --regid=redis --init-groups "$@"
fi
exec "$@"
`;

/** By the paths under which the Dockerfiles of bases copy them. */
export const standInFiles: Readonly<Record<string, string>> = {
  witness,
  'redis-entrypoint': redisEntrypoint,
  'postgres-entrypoint': postgresEntrypoint,
  'accounts/passwd': lines(
    'root:x:0:0:root:/root:/bin/sh',
    'nobody:x:65534:65534:nobody:/:/sbin/nologin',
    'nonroot:x:65532:65532:nonroot:/:/sbin/nologin',
  ),
  'accounts/group': lines('root:x:0:', 'nobody:x:65534:', 'nogroup:x:65533:', 'nonroot:x:65532:'),
  'accounts/shells': lines('/bin/sh'),
};
