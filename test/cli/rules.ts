// The rules that the command line of these tests runs.
import { dockerfileRule, fix, type Rule } from '../../server/core/engine/rule.ts';
import { remove } from '../../server/core/text/edit.ts';
import { rules as serverRules } from '../lsp/rules.ts';

const declared = {
  category: 'security',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  docs: { why: 'It is a toy.', remedy: 'Nothing to do.', references: [] },
  fix: { availability: 'always', safety: 'unsafe', why: 'A toy.' },
  examples: { bad: [], good: [] },
} as const;

/** Its fix takes a secret out of the file and puts it into one of its own. */
const storedSecret = dockerfileRule({
  ...declared,
  id: 'stored-secret',
  title: 'ENV holds a secret',
  messages: { stored: { text: 'ENV {name} holds a secret.', equivalents: ['toy:TOY001'] } },
  findsSecrets: true,
  check: ({ report }) => ({
    instruction: {
      ENV({ pairs: [pair], span }) {
        if (!pair?.value) return;
        const { value } = pair.value;
        report('stored', {
          at: pair.nameSpan,
          data: { name: pair.name },
          sensitive: [pair.value.span],
          fixes: [
            fix('Move it into a file', 'unsafe', [remove(span)], {
              files: [
                { kind: 'create', path: 'secrets/key', text: `${value}\n`, secret: true },
                { kind: 'append-line', path: '.gitignore', line: 'secrets/' },
                { kind: 'append-line', path: './.gitignore', line: '*.key' },
              ],
            }),
          ],
        });
      },
    },
  }),
});

/** Its fix would change a file at the path that VOLUME names. */
const wanderingFix = dockerfileRule({
  ...declared,
  id: 'wandering-fix',
  title: 'A fix that goes where it is sent',
  messages: { sent: { text: 'A volume.' } },
  check: ({ report }) => ({
    instruction: {
      VOLUME({ words: [place] }) {
        if (!place) return;
        const files = [{ kind: 'append-line', path: place.value, line: 'a line' }] as const;
        report('sent', { at: place.span, fixes: [fix('Go there', 'safe', [], { files })] });
      },
    },
  }),
});

export const rules: readonly Rule[] = [...serverRules, storedSecret, wanderingFix];
