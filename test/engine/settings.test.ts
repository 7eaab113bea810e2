import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../server/core/engine/finding.ts';
import type { Profile, RuleInfo } from '../../server/core/engine/rule.ts';
import {
  defaultSettings,
  isEnabled,
  type Settings,
  severityUnder,
} from '../../server/core/engine/settings.ts';
import { emptySpan } from '../../server/core/text/span.ts';
import { toyRule } from '../support/toy-rule.ts';

const rule = (profile: Profile, status: RuleInfo['status'] = 'stable'): RuleInfo => ({
  ...toyRule,
  profile,
  status,
});
const since = (version: string): RuleInfo => ({ ...toyRule, since: version });
const pinned = (rulesVersion: string): Settings => ({ ...defaultSettings, rulesVersion });
const profile = (name: Profile): Settings => ({ ...defaultSettings, profile: name });
const named = (severity: 'error' | 'off' | null): Settings => ({
  ...defaultSettings,
  rules: new Map([[toyRule.id, { severity, options: {} }]]),
});

const enabledRows: readonly [name: string, rule: RuleInfo, settings: Settings, expected: boolean][] = [
  ['recommended under recommended', rule('recommended'), profile('recommended'), true],
  ['strict under recommended', rule('strict'), profile('recommended'), false],
  ['recommended under strict', rule('recommended'), profile('strict'), true],
  ['all under strict', rule('all'), profile('strict'), false],
  ['all under all', rule('all'), profile('all'), true],
  ['a preview under its profile', rule('recommended', 'preview'), profile('strict'), false],
  ['a preview under all', rule('recommended', 'preview'), profile('all'), true],
  ['a deprecated one under all', rule('recommended', 'deprecated'), profile('all'), false],
  ['named with a severity', rule('all'), named('error'), true],
  ['named with options alone', rule('all'), named(null), true],
  ['a deprecated one that is named', rule('all', 'deprecated'), named('error'), true],
  ['switched off', rule('recommended'), named('off'), false],
  ['of the pinned version', since('0.2.0'), pinned('0.2'), true],
  ['of an earlier version', since('0.9.1'), pinned('0.10.0'), true],
  ['of a later patch', since('0.2.1'), pinned('0.2'), false],
  ['of a later version', since('0.10.0'), pinned('0.9'), false],
  ['of a later major version', since('1.0.0'), pinned('0.99.99'), false],
  ['of a later version, but named', since('0.3.0'), { ...named('error'), rulesVersion: '0.2' }, true],
  ['chosen', rule('all'), { ...named('off'), only: new Set([toyRule.id]) }, true],
  ['another one chosen', rule('recommended'), { ...defaultSettings, only: new Set(['other']) }, false],
];
for (const [name, info, settings, expected] of enabledRows) {
  test(`enabled: ${name}: ${expected}`, () => {
    assert.equal(isEnabled(info, settings), expected);
  });
}

const finding: Finding = {
  rule: toyRule.id,
  messageId: 'found',
  message: '',
  severity: 'warning',
  span: emptySpan(0),
  related: [],
  equivalents: ['hadolint:DL1', 'trivy:T1'],
  fixes: [],
};

const severityRows: readonly [name: string, settings: Settings, expected: string][] = [
  ['as the rule says', defaultSettings, 'warning'],
  ['named with options alone', named(null), 'warning'],
  ['named', named('error'), 'error'],
  ["another tool's", { ...defaultSettings, equivalents: new Map([['trivy:T1', 'info']]) }, 'info'],
  ["another tool's off", { ...defaultSettings, equivalents: new Map([['hadolint:DL1', 'off']]) }, 'off'],
  ['our own wins', { ...named('error'), equivalents: new Map([['hadolint:DL1', 'off']]) }, 'error'],
];
for (const [name, settings, expected] of severityRows) {
  test(`severity: ${name}`, () => {
    assert.equal(severityUnder(settings, finding), expected);
  });
}
