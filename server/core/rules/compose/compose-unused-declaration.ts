// compose-unused-declaration: a network, volume, secret or config that no service uses.
import { composeRule, fix } from '../../engine/rule.ts';
import { removeEntries } from '../../model/compose/edit.ts';
import { referencesOf, sections, standsAlone } from '../../model/compose/references.ts';

export default composeRule({
  id: 'compose-unused-declaration',
  category: 'correctness',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A declaration that nothing uses',
  messages: {
    unused: {
      text: 'No service uses {name} of {section}: whoever declared it expects it to do something. Use it in a service, or take it out.',
    },
  },
  docs: {
    why: 'Compose makes only what services use. A volume that is declared but mounted nowhere keeps no data, a network that nobody joins keeps nobody apart: mostly the line in the service has been forgotten, or the declaration has been left behind.',
    remedy:
      'Add the name to the service that it was meant for. The repair takes the declaration out, and the section when nothing is left in it.',
    limits:
      'Nothing is said of a file that others complete: one with `include`, or with a service that has neither `image` nor `build`. A service that is extended from another file may use what cannot be seen here: then nothing is said either.',
    references: [
      'https://docs.docker.com/reference/compose-file/volumes/',
      'https://docs.docker.com/reference/compose-file/networks/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Another file may use the declaration.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  db:\n    image: postgres:18.6\n    volumes:\n      - data:/var/lib/postgresql\nvolumes:\n  data:\n  # of last year\n  «backup»:\nnetworks:\n  «back»:\n    internal: true\n',
        fixed:
          'services:\n  db:\n    image: postgres:18.6\n    volumes:\n      - data:/var/lib/postgresql\nvolumes:\n  data:\n  # of last year\n',
      },
      {
        note: 'Another declaration takes its settings from it.',
        code: 'services:\n  db:\n    image: postgres:18.6\n    secrets: [next]\nsecrets:\n  «last»: &same\n    file: ./password.txt\n  next: *same\n',
        fixed:
          'services:\n  db:\n    image: postgres:18.6\n    secrets: [next]\nsecrets:\n  last: &same\n    file: ./password.txt\n  next: *same\n',
      },
    ],
    good: [
      {
        code: 'services:\n  db:\n    image: postgres:18.6\n    networks: {back: {aliases: [store]}}\n    secrets: [{source: password}]\nnetworks:\n  default:\n    driver: bridge\n  back:\nsecrets:\n  password:\n    file: ./password.txt\n',
        note: 'The default network is everybody’s.',
      },
      {
        note: 'A file for others to extend.',
        code: 'services:\n  db:\n    extends: {file: base.yaml, service: db}\nvolumes:\n  data:\n',
      },
      { code: 'volumes:\n  data:\n', note: 'No services: the file is a part of others.' },
    ],
  },
  check: ({ model, report }) => ({
    end() {
      const { services } = model;
      const takesFromElsewhere = services.some(service => service.get('extends', 'file') !== undefined);
      if (services.length === 0 || takesFromElsewhere || !standsAlone(model)) return;
      const references = services.flatMap(service => referencesOf(model, service));
      const used = new Set(references.map(({ section, name }) => `${section}.${name}`));
      const isHidden = services.some(({ entries }) => entries.some(({ name }) => name === 'credential_spec'));
      for (const section of sections) {
        const declared = section === 'configs' && isHidden ? [] : model.section(section);
        for (const { name, keySpan: at } of declared) {
          if (used.has(`${section}.${name}`) || (section === 'networks' && name === 'default')) continue;
          const edits = removeEntries(model, [at]);
          report('unused', {
            at,
            data: { name, section },
            fixes: edits ? [fix(`Remove ${name}`, 'unsafe', edits)] : [],
          });
        }
      }
    },
  }),
});
