// The rules that the servers of these tests run: one for each thing that a host has to carry out.
import { composeRule, dockerfileRule, fix, type Rule } from '../../server/core/engine/rule.ts';
import { questionText } from '../../server/core/engine/shellcheck.ts';
import unpinnedPackage from '../../server/core/rules/dockerfile/unpinned-package.ts';
import { insert, replace } from '../../server/core/text/edit.ts';
import { toyRule } from '../support/toy-rule.ts';

const declared = {
  category: 'security',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  docs: { why: 'It is a toy.', remedy: 'Nothing to do.', references: [] },
  examples: { bad: [], good: [] },
} as const;

/** Several fixes of which none is safe. */
const rootAccount = dockerfileRule({
  ...declared,
  id: 'root-account',
  title: 'The account is root',
  messages: { root: { text: 'The account is root.', equivalents: ['hadolint:DL3002'] } },
  fix: { availability: 'always', safety: 'unsafe', why: 'A toy.' },
  check: ({ report }) => ({
    instruction: {
      USER({ words: [user], keywordSpan, stage }) {
        if (user?.value !== 'root' || !stage?.isUsed) return;
        report('root', {
          at: user.span,
          related: [{ span: keywordSpan, message: 'Said here.' }],
          fixes: [
            fix('Use app', 'unsafe', [replace(user.span, 'app')]),
            fix('Use a number', 'suggestion', [replace(user.span, '65532')]),
          ],
        });
      },
    },
  }),
});

/** Rests on the build context; its fix changes a file beside the document. */
const copiedSecret = dockerfileRule({
  ...declared,
  id: 'copied-secret',
  title: 'The build context holds .env',
  messages: { copied: { text: 'COPY takes .env along.' } },
  fix: { availability: 'always', safety: 'safe', why: 'A toy.' },
  needs: ['context'],
  check: ({ report, facts }) => ({
    instruction: {
      COPY({ span }) {
        const context = facts.get('context', '.');
        if (!context?.files.includes('.env') || context.ignoreFile?.text.includes('.env')) return;
        const files = [{ kind: 'append-line', path: '.dockerignore', line: '.env' }] as const;
        report('copied', { at: span, fixes: [fix('Ignore .env', 'safe', [], { files })] });
      },
    },
  }),
});

/** Names what no report may show. */
const tokenInLabel = dockerfileRule({
  ...declared,
  id: 'token-in-label',
  title: 'A label holds a token',
  messages: { token: { text: 'The label says {value}.' } },
  fix: { availability: 'never', why: 'A toy.' },
  findsSecrets: true,
  check: ({ report }) => ({
    instruction: {
      LABEL({ pairs }) {
        for (const { name, value } of pairs) {
          if (name !== 'token' || !value) continue;
          report('token', { at: value.span, data: { value: value.value }, sensitive: [value.span] });
        }
      },
    },
  }),
});

const failing = dockerfileRule({
  ...declared,
  id: 'failing',
  title: 'A rule that fails',
  messages: { never: { text: 'Never said.' } },
  fix: { availability: 'never', why: 'A toy.' },
  check: () => ({
    instruction: {
      STOPSIGNAL() {
        throw new Error('A defect.');
      },
    },
  }),
});

/** Rests on ShellCheck, and asks it for one instruction alone. */
const checkedScript = dockerfileRule({
  ...declared,
  id: 'checked-script',
  title: 'ShellCheck finds something',
  messages: { checked: { text: 'ShellCheck has answered.' } },
  fix: { availability: 'never', why: 'A toy.' },
  needs: ['shellcheck'],
  check: ({ report, facts }) => ({
    instruction: {
      RUN({ body, keywordSpan }) {
        if (body.text !== 'ls $SHELLCHECK') return;
        const answer = facts.get('shellcheck', questionText({ dialect: 'sh', script: body.text }));
        if (answer && answer.length > 0) report('checked', { at: keywordSpan });
      },
    },
  }),
});

/** Rests on the Dockerfile behind `build`. */
const unhealthyService = composeRule({
  ...declared,
  id: 'unhealthy-service',
  title: 'Nobody looks after the service',
  messages: { unhealthy: { text: '{name} has no health check.' } },
  fix: { availability: 'always', safety: 'safe', why: 'A toy.' },
  needs: ['dockerfile'],
  check: ({ report, facts }) => ({
    service(service) {
      const build = service.get('build')?.node;
      const path = build?.kind === 'scalar' ? `${build.text}/Dockerfile` : null;
      const dockerfile = path === null ? null : facts.get('dockerfile', path);
      if (dockerfile === undefined || service.get('healthcheck')) return;
      if (dockerfile?.instructions.some(({ keyword }) => keyword === 'HEALTHCHECK')) return;
      report('unhealthy', {
        at: service.nameSpan,
        data: { name: service.name },
        fixes: [fix('Say so', 'safe', [insert(service.nameSpan.start, '# unhealthy\n  ')])],
      });
    },
  }),
});

export const rules: readonly Rule[] = [
  toyRule,
  rootAccount,
  copiedSecret,
  tokenInLabel,
  failing,
  unhealthyService,
  checkedScript,
  // The product's own: what it asks for, hosts look up.
  unpinnedPackage,
];
