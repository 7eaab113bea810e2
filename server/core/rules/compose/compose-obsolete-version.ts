// compose-obsolete-version: the format's version, which Compose has not read for years.
import { composeRule, fix } from '../../engine/rule.ts';
import { removeEntries } from '../../model/compose/edit.ts';

export default composeRule({
  id: 'compose-obsolete-version',
  category: 'style',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'The version of the format',
  messages: {
    version: {
      text: 'Compose reads no `version` any more, and warns of it at each start: whatever it says, the newest format holds. Take it out.',
      equivalents: ['dclint:no-version-field'],
    },
  },
  docs: {
    why: 'Since Compose v2 there is one format. The key `version` is accepted, has no effect, and gives a warning at each command. It also misleads: readers think that the features of that version alone are there.',
    remedy: 'Remove the line.',
    limits: 'The first Compose, `docker-compose` 1 from before 2021, still reads it.',
    references: [
      'https://docs.docker.com/reference/compose-file/version-and-name/#version-top-level-element-obsolete',
    ],
  },
  fix: { availability: 'always', safety: 'safe', why: 'Compose reads the key no more.' },
  examples: {
    bad: [
      {
        code: '# The shop.\n«version»: "3.8" # as in the book\n\nservices:\n  web:\n    image: nginx:1.30\n',
        fixed: '# The shop.\n\nservices:\n  web:\n    image: nginx:1.30\n',
      },
    ],
    good: [{ code: 'services:\n  web:\n    image: nginx:1.30\n    labels:\n      version: "3"\n' }],
  },
  check: ({ model, report }) => ({
    file({ root }) {
      const pair = root?.pairs.find(({ key }) => key.text === 'version');
      if (!pair) return;
      const at = pair.key.span;
      const edits = removeEntries(model, [at]);
      report('version', { at, fixes: edits ? [fix('Remove version', 'safe', edits)] : [] });
    },
  }),
});
