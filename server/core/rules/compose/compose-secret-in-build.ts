// compose-secret-in-build: a secret in a build argument, which the image keeps.

import { composeRule } from '../../engine/rule.ts';
import { pairSecrets } from '../../insight/pair-secrets.ts';
import { PlacesTold } from '../../model/looking.ts';
import { envRepairs } from '../../repairs/compose-secret.ts';

export default composeRule({
  id: 'compose-secret-in-build',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  findsSecrets: true,
  title: 'A secret in a build argument',
  messages: {
    literal: {
      text: 'The build argument {name} of {service} is a secret ({kind}) in a file that is shared, and the image keeps it in its history. Pass it under `build.secrets`, and replace it with a new one.',
    },
  },
  docs: {
    why: 'Build arguments are written into the history of the image: `docker history --no-trunc` prints them, on every machine that has pulled it. A secret that stands in the Compose file is in the repository on top.',
    remedy:
      'Declare it under the top-level `secrets` (`environment: NPM_TOKEN` or `file:`), name it under `build.secrets`, and mount it in the RUN that needs it: `RUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN`. The repair takes the value out of the file; the Dockerfile is for `secret-in-arg`.',
    limits:
      'An argument that takes its value from the environment is for `secret-in-arg` too: the Dockerfile decides.',
    references: [
      'https://docs.docker.com/reference/compose-file/build/#secrets',
      'https://docs.docker.com/build/building/secrets/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Every machine that builds needs the value in its environment.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    build:\n      context: .\n      args:\n        NPM_TOKEN: «0d9f7a61c2be4435a1f0»\n',
        fixed:
          'services:\n  app:\n    build:\n      context: .\n      args:\n        NPM_TOKEN: ${NPM_TOKEN:?}\n',
        fixedFiles: { '.env': 'NPM_TOKEN=0d9f7a61c2be4435a1f0\n', '.gitignore': '.env\n' },
      },
      {
        note: 'It cannot be written on a line of `.env`.',
        code: 'services:\n  app:\n    build:\n      context: .\n      args:\n        - "API_PASSWORD=«0d9f\'7a$$61c2be»"\n',
        fixed:
          'services:\n  app:\n    build:\n      context: .\n      args:\n        - "API_PASSWORD=0d9f\'7a$$61c2be"\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    build:\n      context: .\n      args:\n        VERSION: ${VERSION}\n        NPM_TOKEN: ${NPM_TOKEN:?}\n        TOKEN_TTL: 30m\n      secrets: [npm_token]\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    const fixesFor = envRepairs(model);
    return {
      service(service) {
        for (const { name, at, kind } of pairSecrets(model, service, ['build', 'args'])) {
          if (seen.has(at.start)) continue;
          seen.add(at.start);
          const data = { name, service: service.name, kind };
          report('literal', { at, sensitive: [at], data, fixes: fixesFor(name, at) });
        }
      },
    };
  },
});
