// compose-missing-project-name: a file that takes its name from the folder.
import { composeRule } from '../../engine/rule.ts';

export default composeRule({
  id: 'compose-missing-project-name',
  category: 'reproducibility',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A project without a name',
  messages: {
    missing: {
      text: 'The file has no `name`, so that the project is called like the folder: in a folder of another name its containers, networks and volumes are others. Write `name:` at the top.',
      equivalents: ['dclint:require-project-name-field'],
    },
  },
  docs: {
    why: 'The name of the project stands in front of the names of its containers, networks and volumes. Without `name` it is that of the folder: a second copy of the repository starts with empty volumes, and two projects in folders of the same name get into each other’s way.',
    remedy: 'Write `name: shop` at the top of the file.',
    limits:
      'The option `-p` and the variable `COMPOSE_PROJECT_NAME` go first. A file that others include, or that overrides another one, needs no name of its own.',
    references: [
      'https://docs.docker.com/compose/how-tos/project-name/',
      'https://docs.docker.com/reference/compose-file/version-and-name/',
    ],
  },
  fix: {
    availability: 'never',
    why: 'With another name the volumes of the project are others: which one it is, only its author knows.',
  },
  examples: {
    bad: [{ code: '«services»:\n  web:\n    image: nginx:1.30\n' }],
    good: [
      { code: 'name: shop\nservices:\n  web:\n    image: nginx:1.30\n' },
      { code: 'volumes:\n  data:\n' },
    ],
  },
  check: ({ report }) => ({
    file({ root }) {
      const services = root?.pairs.find(({ key }) => key.text === 'services');
      if (!root || !services || root.pairs.some(({ key }) => key.text === 'name')) return;
      report('missing', { at: services.key.span });
    },
  }),
});
