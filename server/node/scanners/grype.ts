// Grype: nothing is fetched that nobody asked for, neither a database nor an image.
import { isLater } from '../../core/engine/version.ts';
import type { Scanner } from './scanner.ts';

/** From here on it tells all layers that hold a package, while looking only at what the image shows in the end. */
const tellsAllLayers = '0.91';

export const grype: Scanner = {
  name: 'grype',
  program: 'grype',
  versionArgs: ['version'],
  version: out =>
    /^Application:\s*grype/m.test(out) ? (/^Version:\s*v?(\S+)/m.exec(out)?.[1] ?? null) : null,
  // Told to be quiet, it would not say either why it fails.
  args: ({ image, engine }, _choice, file, version) => [
    `${engine === null ? 'registry' : engine === 'nerdctl' ? 'containerd' : engine}:${image}`,
    '--output=json',
    `--file=${file}`,
    `--scope=${isLater(version, tellsAllLayers) ? 'deep-squashed' : 'squashed'}`,
  ],
  env: ({ mayUpdate }) => ({
    GRYPE_CHECK_FOR_APP_UPDATE: 'false',
    GRYPE_DB_AUTO_UPDATE: String(mayUpdate),
    // How old it is, its owner decides.
    GRYPE_DB_VALIDATE_AGE: 'false',
    GRYPE_DB_REQUIRE_UPDATE_CHECK: 'false',
  }),
  passes: /^(?:GRYPE|SYFT)_/,
  failures: [
    {
      said: /database does not exist|failed to load vulnerability db|no vulnerability database/i,
      tell: () =>
        'Grype has no vulnerability database yet, and nothing is fetched unasked. Fetch one: `grype db update`.',
      kind: 'no database',
    },
  ],
};
