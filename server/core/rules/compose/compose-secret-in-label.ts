// compose-secret-in-label: a secret in a label or annotation of a service.

import { composeRule } from '../../engine/rule.ts';
import { pairSecrets } from '../../insight/pair-secrets.ts';
import { PlacesTold } from '../../model/looking.ts';
import { envRepairs } from '../../repairs/compose-secret.ts';

/** Labels are named by domain and topic; what the value is stands last. */
const lastPart = (key: string): string => key.slice(key.lastIndexOf('.') + 1);

const places = [['labels'], ['annotations'], ['deploy', 'labels'], ['build', 'labels']] as const;

export default composeRule({
  id: 'compose-secret-in-label',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  findsSecrets: true,
  title: 'A secret in a label of a service',
  messages: {
    literal: {
      text: 'The label {key} of {service} holds a secret ({kind}): everybody with the repository has it, and `docker inspect` and every dashboard show it. Take it from elsewhere, and replace it with a new one.',
    },
  },
  docs: {
    why: 'Labels are what a container says of itself: proxies, monitors and dashboards read them over the socket of Docker and show them, and the file is committed.',
    remedy:
      'Where the reader of the label knows a file or another store (`usersFile` of Traefik), name that. The repair takes the value from `.env`, which stays out of version control; `docker inspect` still shows it.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#labels',
      'https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Every machine that runs the file needs the value in its environment.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    labels:\n      com.example.api.token: «0d9f7a61c2be4435a1f0»\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    labels:\n      com.example.api.token: ${COM_EXAMPLE_API_TOKEN:?}\n',
        fixedFiles: { '.env': 'COM_EXAMPLE_API_TOKEN=0d9f7a61c2be4435a1f0\n', '.gitignore': '.env\n' },
      },
      {
        note: 'It cannot be written on a line of `.env`.',
        code: 'services:\n  app:\n    image: example/app:1\n    deploy:\n      labels:\n        - "db.password=«0d9f\'7a$$61c2be»"\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    deploy:\n      labels:\n        - "db.password=0d9f\'7a$$61c2be"\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    labels:\n      com.example.password-policy: strict\n      com.example.api.token: ${API_TOKEN:?}\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    const fixesFor = envRepairs(model);
    return {
      service(service) {
        for (const { name: key, at, kind } of places.flatMap(place => [
          ...pairSecrets(model, service, place, lastPart),
        ])) {
          if (seen.has(at.start)) continue;
          seen.add(at.start);
          const data = { key, service: service.name, kind };
          report('literal', { at, sensitive: [at], data, fixes: fixesFor(key, at) });
        }
      },
    };
  },
});
