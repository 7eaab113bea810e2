// Service memory: which visits to services are made again after an edit, and that what was told is told where it stands.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { noFacts } from '../../server/core/engine/facts.ts';
import { lint } from '../../server/core/engine/lint.ts';
import type { LintResult } from '../../server/core/engine/linting.ts';
import { composeRule, fix, type RuleContext, type Visitors } from '../../server/core/engine/rule.ts';
import { defaultSettings } from '../../server/core/engine/settings.ts';
import { gatherPlaces } from '../../server/core/insight/places.ts';
import type { Service } from '../../server/core/model/compose/model.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { glance, PlacesTold } from '../../server/core/model/looking.ts';
import { insert } from '../../server/core/text/edit.ts';
import { spanText } from '../../server/core/text/span.ts';
import { toyRule } from '../support/toy-rule.ts';

type Messages = { readonly told: { readonly text: 'Told.' } };
type Context = RuleContext<'compose', Messages, Record<never, never>, never>;
type Look = (service: Service, context: Context) => void;

const settings = { ...defaultSettings, profile: 'all' } as const;

const ruleOf = (check: (context: Context) => Visitors['compose']) =>
  composeRule({ ...toyRule, messages: { told: { text: 'Told.' } }, options: {}, needs: [], check });

interface After extends LintResult {
  /** The services that the rule was called for. */
  readonly visited: readonly string[];
}

/** The second text, after the first. */
function after(before: string, text: string, look: Look = () => {}): After {
  let visited: string[] = [];
  const rule = ruleOf(context => ({
    service(service) {
      visited.push(service.name);
      look(service, context);
    },
  }));
  const catalogue = catalogueOf([rule]);
  const { memory } = lint(catalogue, { model: parseCompose(before), settings, facts: noFacts });
  visited = [];
  return { ...lint(catalogue, { model: parseCompose(text), settings, facts: noFacts, memory }), visited };
}

const before = `x-a: &a
  restart: always
services:
  web:
    <<: *a
    image: example/web:1 # b
  # the store
  db:
    image: "example/db:1"
  job:
    image: example/job:1
volumes:
  data:
`;

/** The job takes from the store; what nobody shares is above `volumes`. */
const anchored = before
  .replace('"example/db:1"', '&i example/db:1')
  .replace('example/job:1', '*i\n  alone:\n    image: example/alone:1');

const everything = ['web', 'db', 'job'];

const edits: Readonly<Record<string, readonly [text: string, visited: readonly string[], from?: string]>> = {
  nothing: [before, []],
  'a value': [before.replace('web:1', 'web:22'), ['web']],
  'a comment above the next': [before.replace('# the store', '# the\n  # store'), ['web']],
  'a name': [before.replace('  db:', '  store:'), ['web', 'store', 'job']],
  'a key where something is merged': [before.replace('# b', '\n    restart: no'), everything],
  'a key where nothing is shared': [before.replace('    image: "', '    restart: no\n    image: "'), ['db']],
  'what is merged': [before.replace('always', 'no'), everything],
  'a section': [before.replace('data', 'store'), everything],
  'a quote that makes others the usual ones': [before.replaceAll('"', "'"), everything],
  'a service less': [before.replace(/ {2}job:\n.*\n/, ''), ['web', 'db']],
  'a service beside others that share an anchor': [anchored.replace('# b', '# c'), everything, anchored],
};

for (const [name, [text, visited, from = before]] of Object.entries(edits)) {
  test(`after an edit of ${name}`, () => {
    assert.deepEqual(after(from, text).visited, visited);
  });
}

const looks: Readonly<Record<string, Look>> = {
  'looks at the services': (_service, { model }) => model.services,
  'looks at the whole tree': (_service, { model }) => model.root,
  'looks at the comments': (_service, { model }) => model.comments,
  'looks at what cannot be read': (_service, { model }) => model.problems,
  'looks at the services as a section': (_service, { model }) => model.section('services'),
  'asks whether others have told of what they share': service =>
    new PlacesTold().has(service.get('restart')?.keySpan.start ?? 0),
  'tells of another service': (_service, { model, report }) => {
    report('told', { at: model.section('volumes')[0]?.keySpan ?? { start: 0, end: 0 } });
    report('told', { at: { start: before.indexOf('db'), end: before.indexOf('db') } });
  },
  fails: () => assert.fail('on purpose'),
};

for (const [name, look] of Object.entries(looks)) {
  test(`a visit that ${name} is made again`, () => {
    assert.equal(after(before, before, look).visited[0], 'web');
  });
}

const glances: Readonly<Record<string, Look>> = {
  'its keys': service => service.entries,
  'who shares its entries': service => service.entries.map(({ sharedBy }) => sharedBy),
  'nothing, and asks for a fact': (_service, { facts }) => (facts as typeof noFacts).get('context', '.'),
  'a section': (_service, { model }) => model.section('volumes'),
  'how the file is written': (_service, { model }) => model.style,
  'the answer to a question': (_service, { model }) => glance(model, ({ services }) => services.length),
  'what it has told itself': service => new PlacesTold().has(service.nameSpan.start),
};

for (const [name, look] of Object.entries(glances)) {
  test(`a visit that looks at ${name} is not made again`, () => {
    assert.deepEqual(after(before, before, look).visited, []);
  });
}

test('a visit is made again where a question has another answer', () => {
  const look: Look = (_service, { model }) =>
    glance(model, ({ services }) =>
      services.some(service => service.get('image', 'x') ?? service.get('user')),
    );
  assert.deepEqual(after(before, before.replace('# the store', '# the\n  # store'), look).visited, ['web']);
  assert.deepEqual(
    after(before, before.replace('    image: "', '    user: a\n    image: "'), look).visited,
    everything,
  );
});

test('what was told is told where it stands now, with its repairs', () => {
  const text = before.replace('web:1', 'web:1234');
  const { findings, sensitive, visited } = after(before, text, ({ nameSpan, span }, { model, report }) => {
    const volumes = model.section('volumes')[0]?.keySpan ?? nameSpan;
    report('told', {
      at: nameSpan,
      related: [{ span: volumes, message: 'Here.' }],
      sensitive: [nameSpan],
      fixes: [fix('Add', 'safe', [insert(span.end, 'c'), insert(volumes.start, 'd')], { relies: [volumes] })],
    });
  });
  assert.deepEqual(visited, ['web']);
  assert.deepEqual(
    findings.map(({ span, related, fixes }) => [
      spanText(text, span),
      ...related.map(each => spanText(text, each.span)),
      ...fixes.flatMap(({ edits, relies }) => [
        ...edits.map(edit => text.slice(edit.span.start - 2, edit.span.start + 4)),
        ...relies.map(each => spanText(text, each)),
      ]),
    ]),
    [
      [
        'web',
        'data',
        '34\n#'.replace('34\n#', text.slice(text.indexOf(' # b') - 2, text.indexOf(' # b') + 4)),
        '  data',
        'data',
      ],
      ['db', 'data', '1"\n  j', '  data', 'data'],
      ['job', 'data', ':1\nvol', '  data', 'data'],
    ],
  );
  assert.deepEqual(
    sensitive.map(where => spanText(text, where)),
    everything,
  );
});

test('what is gathered in a service is told with it, what several share at the end', () => {
  let visits = 0;
  const rule = ruleOf(({ report }) => {
    const places = gatherPlaces<null>();
    return {
      service(service) {
        visits++;
        for (const { keySpan } of service.entries) places.add(service, keySpan, null);
      },
      end() {
        for (const { at } of places.all()) report('told', { at });
      },
    };
  });
  const catalogue = catalogueOf([rule]);
  const request = { model: parseCompose(before), settings, facts: noFacts };
  const first = lint(catalogue, request);
  const again = lint(catalogue, { ...request, memory: first.memory });
  assert.deepEqual(again.findings, first.findings);
  assert.deepEqual(
    first.findings.map(({ span }) => spanText(before, span)),
    ['restart', 'image', 'image', 'image'],
  );
  assert.equal(visits, 4);
});
