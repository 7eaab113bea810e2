// Docker Scout: a plugin of docker that sends the list of packages to Docker's service. It runs only where somebody names it.
import type { Scanner } from './scanner.ts';

export const scout: Scanner = {
  name: 'docker-scout',
  program: 'docker',
  versionArgs: ['scout', 'version'],
  version: out => /version: v?(\S+)/i.exec(out)?.[1] ?? null,
  args: ({ image, engine }, _choice, file) => [
    'scout',
    'cves',
    '--format=sarif',
    '--locations',
    `--output=${file}`,
    `${engine === null ? 'registry' : 'image'}://${image}`,
  ],
  env: () => ({}),
  passes: /^DOCKER_SCOUT_/,
  failures: [
    {
      said: /log ?in|authenticat|docker id/i,
      tell: () => 'Docker Scout wants an account: docker login. Trivy and Grype work without one.',
      kind: 'other',
    },
  ],
};
