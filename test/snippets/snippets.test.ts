// The snippets keep what they promise: expanded, they are documents in which the strict profile finds nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inRepository } from '../../scripts/repository.ts';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { noFacts } from '../../server/core/engine/facts.ts';
import { parse } from '../../server/core/engine/language.ts';
import { lint } from '../../server/core/engine/lint.ts';
import type { Language, Model } from '../../server/core/engine/rule.ts';
import { defaultSettings, type Settings } from '../../server/core/engine/settings.ts';
import { isKnownTag } from '../../server/core/knowledge/tags.ts';
import { imageOf } from '../../server/core/model/compose/image.ts';
import { familiarName, type ImageReference } from '../../server/core/model/image-reference.ts';
import type { Known } from '../../server/core/model/known.ts';
import { rules } from '../../server/core/rules/index.generated.ts';
import { type Span, span, spanText } from '../../server/core/text/span.ts';
import { parseSnippet, variants } from './expand.ts';
import { type Framed, frame } from './frame.ts';

interface Written {
  readonly prefix: string;
  readonly description: string;
  readonly isFileTemplate?: boolean;
  readonly body: readonly string[];
}

const languages: readonly (readonly [Language, file: string])[] = [
  ['dockerfile', 'snippets/dockerfile.json'],
  ['compose', 'snippets/dockercompose.json'],
];

const textOf = (file: string): string => readFileSync(inRepository(file), 'utf8');

const catalogue = catalogueOf(rules);
const settings: Settings = {
  ...defaultSettings,
  profile: 'strict',
  // A digest is looked up on the day of its use: one that is shipped would hold back every fix.
  rules: new Map([['missing-digest', { severity: 'off', options: {} }]]),
};

const findingsIn = (model: Model, { start, end }: Span): string[] =>
  lint(catalogue, { model, settings, facts: noFacts })
    .findings.filter(({ span }) => span.start < end && span.end >= start)
    .map(({ rule, message, span }) => `${rule} at ${JSON.stringify(spanText(model.text, span))}: ${message}`);

function imagesIn(model: Model): Known<ImageReference>[] {
  if (model.language === 'compose')
    return model.services.flatMap(service => imageOf(model, service)?.reference ?? []);
  return model.stages.flatMap(({ base, from }) => (base.kind === 'image' ? from.reference : []));
}

/** Images whose tag is not one that is kept up to date. Those outside of the table cannot be judged. */
const staleImages = (model: Model): string[] =>
  imagesIn(model).flatMap(reference => {
    if (!reference.known) return ['an image without a name'];
    const { tag, text } = reference.value;
    return tag === null || isKnownTag(familiarName(reference.value), tag) === false ? [text] : [];
  });

const whole = (text: string): Framed => ({ text, span: span(0, text.length) });

for (const [language, file] of languages) {
  const snippets = Object.entries(JSON.parse(textOf(file)) as Record<string, Written>);

  for (const [name, { prefix, body, description, isFileTemplate = false }] of snippets) {
    const snippet = parseSnippet(body.join('\n'));

    test(`${file}: ${prefix} leaves nothing to find`, () => {
      for (const expanded of variants(snippet)) {
        const { text, span: inside } = isFileTemplate ? whole(expanded) : frame(language, expanded);
        const model = parse(text, language);
        assert.deepEqual(findingsIn(model, inside), [], text);
        assert.deepEqual(staleImages(model), []);
      }
    });

    test(`${file}: ${prefix} is filled in from top to bottom`, () => {
      const order = [...new Set(snippet.holes.map(hole => hole.name))].filter(stop => stop !== '0');
      assert.deepEqual(
        order,
        order.map((_, index) => `${index + 1}`),
      );
      const firsts = order.map(stop => snippet.holes.find(hole => hole.name === stop));
      assert.ok(
        firsts.every(hole => hole?.content),
        'the first place of a tab stop has its default',
      );
      assert.equal(snippet.holes.filter(hole => hole.name === '0').length, 1);
      assert.match(prefix, /^bulkhead-[a-z]+(?:-[a-z]+)*$/);
      assert.match(name, /^[A-Z.]/);
      assert.doesNotMatch(description, /\.$/);
    });
  }

  test(`${file}: each has a prefix of its own, and is in the guide`, () => {
    const prefixes = snippets.map(([, { prefix }]) => prefix);
    assert.deepEqual([...new Set(prefixes)], prefixes);
    const guide = textOf('docs/editors.md');
    assert.deepEqual(
      prefixes.filter(prefix => !guide.includes(`\`${prefix}\``)),
      [],
    );
  });
}
