// Trivy: nothing is fetched that nobody asked for, neither a database nor an image.
import type { Scanner } from './scanner.ts';

/** The sources of images by our names for engines. */
const sources: Readonly<Record<string, string>> = {
  docker: 'docker',
  podman: 'podman',
  nerdctl: 'containerd',
};

export const trivy: Scanner = {
  name: 'trivy',
  program: 'trivy',
  versionArgs: ['--version'],
  version: out => /^Version: v?(\S+)/m.exec(out)?.[1] ?? null,
  args: ({ image, engine }, { server, mayUpdate }, file) => [
    'image',
    '--quiet',
    '--format=json',
    `--output=${file}`,
    '--scanners=vuln,secret',
    `--image-src=${engine === null ? 'remote' : (sources[engine] ?? engine)}`,
    ...(server === null ? [] : [`--server=${server}`]),
    ...(mayUpdate || server !== null ? [] : ['--skip-db-update', '--skip-java-db-update', '--offline-scan']),
    '--',
    image,
  ],
  // By variables, which older versions pass over: they have no such flags.
  env: () => ({
    TRIVY_SKIP_VERSION_CHECK: 'true',
    TRIVY_DISABLE_TELEMETRY: 'true',
    TRIVY_NO_PROGRESS: 'true',
  }),
  passes: /^TRIVY_/,
  failures: [
    {
      said: /skip-db-update cannot be specified on the first run|failed to (?:open|init) .*DB/i,
      tell: () =>
        'Trivy has no vulnerability database yet, and nothing is fetched unasked. Fetch one: `trivy image --download-db-only`.',
      kind: 'no database',
    },
    {
      said: /twirp|failed to (?:do|send) request/i,
      tell: () =>
        'The server of Trivy does not answer. Look whether its address is right and `trivy server` runs there.',
      kind: 'other',
    },
  ],
};
