// The reports that programs read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fix } from '../../server/core/engine/rule.ts';
import { githubReport } from '../../server/core/report/github.ts';
import { jsonReport } from '../../server/core/report/json.ts';
import { sarifReport } from '../../server/core/report/sarif.ts';
import { replace } from '../../server/core/text/edit.ts';
import { span } from '../../server/core/text/span.ts';
import { toyRule } from '../support/toy-rule.ts';
import { placeOfWord, reported } from './reported.ts';

const weak = reported('FROM node\nUSER «root»\n', [
  {
    equivalents: ['hadolint:DL3002'],
    severity: 'error',
    fixes: [
      fix('Run as node', 'unsafe', [replace(span(15, 19), 'node')], {
        files: [
          { kind: 'append-line', path: '.dockerignore', line: '.env' },
          { kind: 'create', path: 'secrets/key', text: 's3cr3t-value', secret: true },
        ],
      }),
    ],
  },
]);

test('json report: the contract, every file listed', () => {
  assert.deepEqual(
    JSON.parse(
      jsonReport([weak, reported('services:\n', [], { path: 'compose.yaml', language: 'compose' })]),
    ),
    {
      version: 1,
      files: [
        {
          path: 'app/Dockerfile',
          language: 'dockerfile',
          findings: [
            {
              rule: 'root-user',
              aliases: ['hadolint:DL3002'],
              severity: 'error',
              message: 'The container runs as root.',
              range: { start: { line: 1, character: 5 }, end: { line: 1, character: 9 } },
              fixes: [
                {
                  title: 'Run as node',
                  safety: 'unsafe',
                  edits: [
                    {
                      range: { start: { line: 1, character: 5 }, end: { line: 1, character: 9 } },
                      newText: 'node',
                    },
                  ],
                  files: [
                    { path: '.dockerignore', action: 'append-line', line: '.env' },
                    { path: 'secrets/key', action: 'create' },
                  ],
                },
              ],
            },
          ],
        },
        { path: 'compose.yaml', language: 'compose', findings: [] },
      ],
    },
  );
});

const withSecret = () => {
  const file = reported('ENV KEY=«s3cr3t-value»\nRUN login s3cr3t-value\n', [
    {
      message: 'KEY holds s3cr3t-value.',
      related: [{ span: span(0, 3), message: 's3cr3t-value is read here.' }],
      fixes: [
        fix('Move s3cr3t-value', 'unsafe', [replace(span(0, 0), 'ARG KEY=s3cr3t-value\n')]),
        fix('Drop s3cr3t-value', 'safe', [], {
          files: [{ kind: 'append-line', path: '.env', line: 'KEY=s3cr3t-value' }],
        }),
      ],
    },
  ]);
  const suppressed = file.findings.map(finding => ({ ...finding, reason: 's3cr3t-value is a sample' }));
  return { ...file, suppressed, sensitive: [placeOfWord(file.text, 's3cr3t-value')] };
};

const tool = { version: '1.2.3', info: (rule: string) => (rule === toyRule.id ? toyRule : undefined) };

const reports: readonly [name: string, report: string][] = [
  ['json', jsonReport([withSecret()])],
  ['sarif', sarifReport([withSecret()], tool)],
  ['github', githubReport([withSecret()])],
];
for (const [name, report] of reports) {
  test(`${name} report: secrets stay out`, () => {
    assert.doesNotMatch(report, /s3cr3t/);
    assert.match(report, /••••••••/);
  });
}

test('sarif report: rules, places, levels, fixes, fingerprints and suppressions', () => {
  const file = reported('FROM a AS «B»\nFROM a AS «C»\n', [
    {
      rule: toyRule.id,
      severity: 'info',
      fixes: [fix('Write b', 'safe', [replace(span(10, 11), 'b')])],
      related: [{ span: span(12, 16), message: 'Here too.' }],
    },
    { rule: 'internal-error', severity: 'hint' },
  ]);
  const { findings, ...rest } = file;
  const [first, second] = findings;
  assert.ok(first && second);
  const [run] = JSON.parse(
    sarifReport(
      [
        {
          ...rest,
          path: 'my app/Dockerfile',
          findings: [first, first],
          suppressed: [
            { ...second, reason: 'a defect of ours' },
            { ...second, reason: null },
          ],
        },
      ],
      tool,
    ),
  ).runs;
  assert.equal(run.columnKind, 'utf16CodeUnits');
  assert.equal(run.tool.driver.semanticVersion, '1.2.3');
  const rules = run.tool.driver.rules.map(({ id, defaultConfiguration, help }: never) => [
    id,
    (defaultConfiguration as { level: string } | undefined)?.level,
    (help as { markdown: string } | undefined)?.markdown.startsWith('# shouted-stage\n'),
  ]);
  assert.deepEqual(rules, [
    ['internal-error', undefined, undefined],
    ['shouted-stage', 'warning', true],
  ]);
  const [one, same, silenced, unexplained] = run.results;
  const { partialFingerprints, ...result } = one;
  const artifactLocation = { uri: 'my%20app/Dockerfile' };
  const region = { startLine: 1, startColumn: 11, endLine: 1, endColumn: 12 };
  assert.deepEqual(result, {
    ruleId: 'shouted-stage',
    ruleIndex: 1,
    level: 'note',
    message: { text: 'The container runs as root.' },
    locations: [{ physicalLocation: { artifactLocation, region } }],
    relatedLocations: [
      {
        physicalLocation: {
          artifactLocation,
          region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 5 },
        },
        message: { text: 'Here too.' },
      },
    ],
    fixes: [
      {
        description: { text: 'Write b' },
        artifactChanges: [
          { artifactLocation, replacements: [{ deletedRegion: region, insertedContent: { text: 'b' } }] },
        ],
        properties: { safety: 'safe' },
      },
    ],
  });
  const print = partialFingerprints.primaryLocationLineHash;
  assert.match(print, /^[0-9a-f]{16}:1$/);
  assert.equal(same.partialFingerprints.primaryLocationLineHash, print.replace(/1$/, '2'));
  assert.deepEqual(
    [silenced.level, silenced.ruleIndex, silenced.suppressions, unexplained.suppressions],
    ['note', 0, [{ kind: 'inSource', justification: 'a defect of ours' }], [{ kind: 'inSource' }]],
  );
});

test('sarif report: a security rule has a security severity', () => {
  const info = { ...toyRule, category: 'security', severity: 'error' } as const;
  const file = reported('FROM a AS «B»\n', [{ rule: toyRule.id }]);
  const [run] = JSON.parse(sarifReport([file], { version: '1.0.0', info: () => info })).runs;
  assert.deepEqual(run.tool.driver.rules[0].properties, {
    tags: ['security', 'dockerfile'],
    'security-severity': '8.0',
  });
});

const uriRows: readonly [path: string, uri: string][] = [
  ['Dockerfile', 'Dockerfile'],
  ['a#b/Dockerfile', 'a%23b/Dockerfile'],
  ['/srv/my app/Dockerfile', 'file:///srv/my%20app/Dockerfile'],
  ['C:/app/Dockerfile', 'file:///C:/app/Dockerfile'],
];
for (const [path, uri] of uriRows) {
  test(`sarif report: the URI of ${path}`, () => {
    const [run] = JSON.parse(sarifReport([reported('«a»', [{}], { path })], tool)).runs;
    assert.equal(run.results[0].locations[0].physicalLocation.artifactLocation.uri, uri);
  });
}

/** The finger print of the one finding of a text. */
const printOf = (marked: string): string => {
  const [run] = JSON.parse(sarifReport([reported(marked, [{}])], tool)).runs;
  return run.results[0].partialFingerprints.primaryLocationLineHash;
};
test('sarif report: a fingerprint rests on the line, not on its place or blanks', () => {
  const print = printOf('FROM a\nUSER «root»\n');
  assert.equal(printOf('# new\n\nFROM a\n  USER   «root»\n'), print);
  assert.notEqual(printOf('FROM a\nUSER «0»\n'), print);
});

const commandRows: readonly [
  name: string,
  marked: string,
  finding: Parameters<typeof reported>[1],
  command: string,
][] = [
  [
    'an error with its fix',
    'FROM a\nUSER «root»\n',
    [{ severity: 'error', fixes: [fix('Run as node', 'safe', [])] }],
    '::error file=app/Dockerfile,line=2,col=6,endLine=2,endColumn=10,title=root-user::The container runs as root.%0AFix: Run as node\n',
  ],
  [
    'a place over several lines has no columns',
    'RUN «a \\\n b»\n',
    [{}],
    '::warning file=app/Dockerfile,line=1,endLine=2,title=root-user::The container runs as root.\n',
  ],
  [
    'signs with a meaning are escaped',
    '«a»',
    [{ severity: 'hint', message: '100 %: a,\r\n::b' }],
    '::notice file=app/Dockerfile,line=1,col=1,endLine=1,endColumn=2,title=root-user::100 %25: a,%0D%0A::b\n',
  ],
];
for (const [name, marked, findings, command] of commandRows) {
  test(`github report: ${name}`, () => {
    assert.equal(githubReport([reported(marked, findings)]), command);
  });
}

test('github report: properties are escaped', () => {
  assert.match(
    githubReport([reported('«a»', [{}], { path: 'a,b:c%' })]),
    /^::warning file=a%2Cb%3Ac%25,line=1,/,
  );
});
