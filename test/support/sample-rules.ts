// Sample rules for the engine's tests: each finds a word wherever it stands outside comments.
import { type Catalogue, catalogueOf } from '../../server/core/engine/catalogue.ts';
import type { Equivalent } from '../../server/core/engine/finding.ts';
import { type Option, option } from '../../server/core/engine/options.ts';
import { composeRule, dockerfileRule, type Profile } from '../../server/core/engine/rule.ts';
import { type Span, span } from '../../server/core/text/span.ts';

/** Places of a word in the text, those in comments left out. */
function placesOfWord(text: string, word: string): Span[] {
  return Array.from(text.matchAll(new RegExp(`\\b${word}\\b`, 'g')))
    .filter(({ index }) => !text.slice(text.lastIndexOf('\n', index) + 1, index).includes('#'))
    .map(({ index }) => span(index, index + word.length));
}

interface Sample {
  readonly id: string;
  readonly word: string;
  readonly profile?: Profile;
  readonly equivalents?: readonly Equivalent[];
  readonly options?: Readonly<Record<string, Option>>;
}

const described = ({ id, word, profile = 'recommended', equivalents = [], options = {} }: Sample) =>
  ({
    id,
    category: 'security',
    severity: 'warning',
    profile,
    since: '0.1.0',
    status: 'stable',
    title: `Finds ${word}`,
    messages: { found: { text: 'Found.', equivalents } },
    docs: { why: '', remedy: '', references: [] },
    fix: { availability: 'never', why: '' },
    options,
    examples: { bad: [], good: [] },
  }) as const;

const dockerfileSample = (sample: Sample) =>
  dockerfileRule({
    ...described(sample),
    check: ({ report }) => ({
      file: ({ text }) => {
        for (const at of placesOfWord(text, sample.word)) report('found', { at });
      },
    }),
  });

const composeSample = (sample: Sample) =>
  composeRule({
    ...described(sample),
    check: ({ report }) => ({
      file: ({ text }) => {
        for (const at of placesOfWord(text, sample.word)) report('found', { at });
      },
    }),
  });

const equivalents: readonly Equivalent[] = [
  'hadolint:DL3002',
  'buildkit:JSONArgsRecommended',
  'checkov:CKV_DOCKER_3',
  'trivy:DS-0002',
  'kics:missing_user_instruction',
  'semgrep:missing-user',
  'dclint:no-build-and-image',
  'dockerfile-utils:ARGUMENT_MISSING',
];

/** Finds `asked` once the build context is known. */
const asking = dockerfileRule({
  ...described({ id: 'asked-word', word: 'asked' }),
  needs: ['context'],
  check: ({ facts, report }) => ({
    file: ({ text }) => {
      const known = facts.get('context', '.') !== undefined;
      for (const at of known ? placesOfWord(text, 'asked') : []) report('found', { at });
    },
  }),
});

/** Fails where `failing` stands. */
const failing = dockerfileRule({
  ...described({ id: 'failing-word', word: 'failing' }),
  check: () => ({
    file: ({ text }) => {
      if (placesOfWord(text, 'failing').length > 0) throw new Error('as it should');
    },
  }),
});

/** `bad`, `wrong` and more in Dockerfiles, `poor` and `weak` in Compose files. */
export const sampleCatalogue: Catalogue = catalogueOf([
  dockerfileSample({ id: 'bad-word', word: 'bad', equivalents }),
  dockerfileSample({ id: 'wrong-word', word: 'wrong' }),
  dockerfileSample({
    id: 'strict-word',
    word: 'strict',
    profile: 'strict',
    equivalents: ['hadolint:DL3026'],
    options: {
      limit: option.number(3, 'How many.'),
      names: option.strings([], 'Which.'),
      loud: option.boolean(false, 'How.'),
      trustedRegistries: option.strings([], 'Whose.'),
    },
  }),
  asking,
  failing,
  composeSample({ id: 'poor-word', word: 'poor', equivalents }),
  composeSample({ id: 'weak-word', word: 'weak' }),
]);
