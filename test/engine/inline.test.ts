// Dockerfiles within Compose files: every rule finds and repairs there what it finds and repairs in a Dockerfile.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { exampleSettings, factsBeside, readMarks } from '../../server/core/engine/example.ts';
import type { Finding } from '../../server/core/engine/finding.ts';
import { fixAll } from '../../server/core/engine/fix-all.ts';
import { lint } from '../../server/core/engine/lint.ts';
import type { Example, Rule } from '../../server/core/engine/rule.ts';
import { defaultSettings } from '../../server/core/engine/settings.ts';
import { inlineDockerfiles } from '../../server/core/model/compose/inline.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { rules } from '../../server/core/rules/index.generated.ts';
import { lineIndex } from '../../server/core/text/lines.ts';
import { spanText } from '../../server/core/text/span.ts';

const catalogue = catalogueOf(rules);

const head = 'services:\n  web:\n    build:\n      context: .\n      dockerfile_inline: |\n';
const tail = '    restart: always # the end\n';

/** As a person writes it: `$` is Compose's own, and a blank line has no indentation. */
const within = (code: string): string =>
  head +
  code
    .replaceAll('$', '$$$$')
    .split('\n')
    .map(line => (line === '' ? '' : `        ${line}`))
    .join('\n') +
  tail;

/** What a block text of YAML can hold: no tab or blank before the first word, one line end, no sign of another kind. */
const isHeld = ({ code }: Example): boolean =>
  /^\S/.test(code) && /[^\n]\n$/.test(code) && !/[\r\uFEFF\0]/.test(code);

const told = ({ rule, message }: Finding): string => `${rule}: ${message}`;

/** False where YAML does not hold the text as it is. */
function compare(rule: Rule, example: Example): boolean {
  const code = readMarks(example.code).text;
  const settings = exampleSettings(rule, example);
  const facts = factsBeside(example.files ?? {});
  const alone = lint(catalogue, { model: parseDockerfile(code), settings, facts });
  const model = parseCompose(within(code));
  const [inline] = inlineDockerfiles(model);
  if (inline?.mapped.text !== code) return false;
  const inner = lint(catalogue, { model, settings, facts });
  assert.deepEqual(inner.findings.map(told), alone.findings.map(told));
  const words = (text: string, findings: readonly Finding[]): string[] =>
    findings.map(({ span }) => spanText(text, span).replaceAll(/\n +/g, '\n').replaceAll('$$', '$').trim());
  assert.deepEqual(words(model.text, inner.findings), words(code, alone.findings));
  const request = { settings, facts, upTo: 'suggestion' } as const;
  const fixed = fixAll(catalogue, { text: code, language: 'dockerfile', ...request });
  const repaired = fixAll(catalogue, { text: model.text, language: 'compose', ...request });
  assert.deepEqual(
    [repaired.applied, repaired.files, repaired.refused],
    [fixed.applied, fixed.files, fixed.refused],
  );
  assert.equal(repaired.text, within(fixed.text));
  return true;
}

const examples = rules
  .filter(({ language }) => language === 'dockerfile')
  .map(rule => [rule, rule.examples.bad.filter(isHeld)] as const);
for (const [rule, bad] of examples) {
  test(`within a Compose file: ${rule.id}`, () => {
    assert.ok(bad.every(example => compare(rule, example)));
  });
}

const both =
  'services:\n  web:\n    build:\n      context: .\n      dockerfile_inline: &file |\n        FROM node:22\n        USER root\n        EXPOSE 80\n        CMD ["node"]\n';

const rows: readonly [name: string, text: string, expected: readonly string[]][] = [
  ['told where it stands', both, ['missing-healthcheck 7:15', 'root-user 6:13']],
  ['what the service decides itself', `${both}    user: node\n    healthcheck: {test: [CMD, a]}\n`, []],
  [
    'shared with a service that decides itself, told once',
    `${both}  job:\n    user: node\n    healthcheck: {test: [CMD, a]}\n    build: {context: ., dockerfile_inline: *file}\n`,
    ['missing-healthcheck 7:15', 'root-user 6:13'],
  ],
  [
    'silenced within the text, and by a comment of the file above it',
    both
      .replace('        USER', '        # bulkhead ignore=root-user -- meant\n        USER')
      .replace('      dockerfile', '      # bulkhead ignore=missing-healthcheck -- meant\n      dockerfile'),
    [],
  ],
  [
    'a comment within the text that silences nothing',
    both.replace('        USER root', '        # bulkhead ignore=root-user -- no\n        USER node'),
    ['unused-suppression 6:26', 'missing-healthcheck 8:15'],
  ],
];
for (const [name, text, expected] of rows) {
  test(`a Dockerfile within a Compose file: ${name}`, () => {
    const settings = {
      ...defaultSettings,
      only: new Set(['root-user', 'missing-healthcheck', 'unused-suppression']),
      profile: 'all',
    } as const;
    const { findings } = lint(catalogue, { model: parseCompose(text), settings, facts: factsBeside({}) });
    const lines = lineIndex(text);
    const places = findings.map(({ rule, span }) => {
      const { line, character } = lines.positionAt(span.start);
      return `${rule} ${line}:${character}`;
    });
    assert.deepEqual(places.sort(), [...expected].sort());
  });
}

test('a Dockerfile within a Compose file: what lies in its context is asked for there, and changed there', () => {
  const text = both.replace('context: .', 'context: ./app').replace('USER root', 'COPY . .');
  const settings = { ...defaultSettings, only: new Set(['secret-in-copy']) } as const;
  const files = { '.env': '', 'app/.env': 'A=1\n', 'app/index.js': '' };
  const facts = factsBeside(files);
  const [finding] = lint(catalogue, { model: parseCompose(text), settings, facts }).findings;
  assert.deepEqual(finding?.fixes[0]?.files, [
    { kind: 'append-line', path: 'app/.dockerignore', line: '.env' },
  ]);
});
