// What was seen to go wrong in other products, each held off by a test of ours: repairs that lose text, comments that
// break the build, findings that point at whole lines, tools that ask the network behind somebody's back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { filesBelow, inRepository } from '../scripts/repository.ts';
import { catalogueOf } from '../server/core/engine/catalogue.ts';
import { noFacts } from '../server/core/engine/facts.ts';
import type { Finding } from '../server/core/engine/finding.ts';
import { parse } from '../server/core/engine/language.ts';
import { lint } from '../server/core/engine/lint.ts';
import { defaultSettings } from '../server/core/engine/settings.ts';
import { suppress } from '../server/core/engine/suppressions/write.ts';
import { sarifReport } from '../server/core/report/sarif.ts';
import lowercase from '../server/core/rules/dockerfile/lowercase-instruction.ts';
import uppercaseStage from '../server/core/rules/dockerfile/uppercase-stage-name.ts';
import { rules } from '../server/core/rules/index.generated.ts';
import { applyEdits } from '../server/core/text/edit.ts';
import { lines, ruleTable } from './support/rule-table.ts';

const catalogue = catalogueOf(rules);
const settings = { ...defaultSettings, profile: 'all' } as const;

const findingsIn = (text: string): readonly Finding[] =>
  lint(catalogue, { model: parse(text, 'dockerfile'), settings, facts: noFacts }).findings;

ruleTable(lowercase, [
  [
    'the JSON form stays one, with its blanks and quotes',
    lines('FROM a', '«cmd»  [ "node",  "a b.js" ]', '«entrypoint» ["sh", "-c", "x  y"]'),
    'lower lower',
    lines('FROM a', 'CMD  [ "node",  "a b.js" ]', 'ENTRYPOINT ["sh", "-c", "x  y"]'),
  ],
  [
    'lines, comments and flags of a RUN stay',
    lines('FROM a', '«run» --network=none \\', '    # why', '    b  && \\', '\tc', '«copy» --link d e'),
    'lower lower',
    lines('FROM a', 'RUN --network=none \\', '    # why', '    b  && \\', '\tc', 'COPY --link d e'),
  ],
]);

ruleTable(uppercaseStage, [
  [
    'the platform of a stage stays, and what names the stage follows',
    lines('FROM --platform=$BUILDPLATFORM a AS «Build»', 'FROM b', 'COPY --from=Build /a /a'),
    'capitals',
    lines('FROM --platform=$BUILDPLATFORM a AS build', 'FROM b', 'COPY --from=build /a /a'),
  ],
]);

test('what we write beside a check directive makes no second one, and breaks no build', () => {
  const text =
    '# syntax=docker/dockerfile:1\n# check=skip=JSONArgsRecommended\nFROM debian AS Build\nCMD a b\n';
  const model = parse(text, 'dockerfile');
  assert.deepEqual(model.problems, []);
  const findings = findingsIn(text);
  assert.ok(findings.length > 2);
  for (const finding of findings) {
    const written = [
      suppress(model, finding, 'here', ''),
      suppress(model, finding, 'file', 'why'),
      ...finding.fixes.map(({ edits }) => edits),
    ].map(edits => applyEdits(text, edits));
    for (const after of written) {
      assert.deepEqual(parse(after, 'dockerfile').problems, [], after);
      assert.equal(after.match(/^# check=/gm)?.length, 1, after);
      assert.ok(after.startsWith('# syntax='), after);
    }
  }
});

test('a flag that does not exist is not answered with one that nobody meant', () => {
  const flagFixes = (flag: string): string[] =>
    findingsIn(`FROM a\nCOPY ${flag} b c\n`)
      .filter(({ rule }) => rule === 'syntax-error')
      .flatMap(({ fixes }) => fixes.map(({ edits }) => edits.map(({ text }) => text).join()));
  assert.deepEqual(flagFixes('--verbose'), []);
  assert.deepEqual(flagFixes('--form=x').length, 1);
});

const marked = 'FROM debian\nUSER root\nRUN apt-get update && \\\n    apt-get install   curl\nCMD curl x\n';

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine?: number;
  readonly endColumn: number;
}

test('a finding marks words, not lines, and ends behind them in every report', () => {
  const findings = findingsIn(marked);
  assert.ok(findings.length > 4);
  for (const { rule, span } of findings) {
    const text = marked.slice(span.start, span.end);
    assert.ok(text.length > 0 && text === text.trim() && !/\n./.test(text), `${rule}: ${text}`);
  }
  const report = sarifReport(
    [{ path: 'Dockerfile', language: 'dockerfile', text: marked, findings, suppressed: [], sensitive: [] }],
    { version: '0.0.0', info: id => catalogue.info(id) },
  );
  const regions: readonly Region[] = JSON.parse(report).runs[0].results.map(
    (result: { locations: [{ physicalLocation: { region: Region } }] }) =>
      result.locations[0].physicalLocation.region,
  );
  assert.equal(regions.length, findings.length);
  for (const { startLine, startColumn, endLine = startLine, endColumn } of regions) {
    assert.ok(endLine > startLine || endColumn > startColumn);
  }
});

test('findings differ in severity, and a text that cannot be read still has some', () => {
  assert.ok(new Set(findingsIn(marked).map(({ severity }) => severity)).size > 2);
  const broken = findingsIn('FROM debian\nRUNN x\nUSER root\nENV "a');
  assert.ok(broken.some(({ rule }) => rule === 'syntax-error'));
  assert.ok(broken.some(({ rule }) => rule !== 'syntax-error'));
});

/** Modules that reach the network, or other programs, and who may use them: the extension starts its own server, registries are asked. */
const reachingOut =
  /^import (?!type ).* from '(?:node:)?(?:https?|http2|net|tls|dgram|dns|child_process|worker_threads)'/m;
const mayReachOut = [
  'server/node/programs.ts',
  'server/node/registry/addresses.ts',
  'server/node/registry/certificates.ts',
  'server/node/registry/exchange.ts',
  'server/node/registry/proxy.ts',
  'server/node/registry/socks.ts',
  'server/node/shellcheck.ts',
  'client/extension.ts',
];

test('nothing is asked of the network, and no program is started but those that are documented', () => {
  const sources = ['server', 'client'].flatMap(folder => filesBelow(folder, file => file.endsWith('.ts')));
  const found = sources.filter(file => reachingOut.test(readFileSync(inRepository(file), 'utf8')));
  assert.deepEqual(found, mayReachOut);
});

test('what the extension says about trust stands where VS Code reads it', () => {
  const manifest = JSON.parse(readFileSync(inRepository('package.json'), 'utf8'));
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
  assert.equal(manifest.contributes.configuration.properties['bulkhead.shellcheckPath'].scope, 'machine');
});
