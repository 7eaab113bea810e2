// Settings: which rules run on a file, how severe they are, with which options. Made by the hosts from files and flags.
import type { Equivalent, Finding, Severity } from './finding.ts';
import { optionValues } from './options.ts';
import { type Profile, profiles, type RuleInfo } from './rule.ts';
import { isLater } from './version.ts';

/** Tools of which the comments that silence findings are honoured, through equivalents. */
export const otherTools = [
  'hadolint',
  'buildkit',
  'checkov',
  'trivy',
  'kics',
  'semgrep',
  'dclint',
  'dockerfile-utils',
] as const;
export type OtherTool = (typeof otherTools)[number];

export interface RuleSetting {
  /** Null: as the rule says. */
  readonly severity: Severity | 'off' | null;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Settings {
  readonly profile: Profile;
  readonly rules: ReadonlyMap<string, RuleSetting>;
  /** Severities given under another tool's id, from that tool's own configuration: `hadolint:DL3008` -> off. */
  readonly equivalents: ReadonlyMap<Equivalent, Severity | 'off'>;
  /** Only these rules run, whatever the profile says; null: no such choice. */
  readonly only: ReadonlySet<string> | null;
  /** Comments of these tools are not honoured. */
  readonly ignoredTools: ReadonlySet<OtherTool>;
  /** The stage that `docker build --target` is given; null: the last one ships. */
  readonly target: string | null;
  /** The version whose set of rules is wanted: later ones stay off; null: all there are. */
  readonly rulesVersion: string | null;
}

export const defaultSettings: Settings = {
  profile: 'recommended',
  rules: new Map(),
  equivalents: new Map(),
  only: null,
  ignoredTools: new Set(),
  target: null,
  rulesVersion: null,
};

/** Whether a rule runs: named ones always, the others by version and profile; previews only under `all`. */
export function isEnabled(rule: RuleInfo, settings: Settings): boolean {
  if (settings.only !== null) return settings.only.has(rule.id);
  const own = settings.rules.get(rule.id);
  if (own) return own.severity !== 'off';
  if (rule.status === 'deprecated') return false;
  if (settings.rulesVersion !== null && isLater(rule.since, settings.rulesVersion)) return false;
  const smallest = rule.status === 'preview' ? 'all' : rule.profile;
  return profiles.indexOf(smallest) <= profiles.indexOf(settings.profile);
}

/** Just these rules run, also those that are switched off or beyond the profile; options and severities stay. */
export const withJust = (ids: ReadonlySet<string>, settings: Settings): Settings => ({
  ...settings,
  only: ids,
  rules: new Map(
    [...settings.rules].map(([id, setting]) => [
      id,
      setting.severity === 'off' ? { ...setting, severity: null } : setting,
    ]),
  ),
  equivalents: new Map([...settings.equivalents].filter(([, severity]) => severity !== 'off')),
});

/** These rules run besides those that run anyway, unless they were switched off or others were chosen. */
export const withAlso = (ids: ReadonlySet<string>, settings: Settings): Settings => {
  const unmentioned = [...ids].filter(id => !settings.rules.has(id));
  return {
    ...settings,
    rules: new Map([
      ...settings.rules,
      ...unmentioned.map(id => [id, { severity: null, options: {} }] as const),
    ]),
  };
};

export const optionsOf = (rule: RuleInfo, settings: Settings): Readonly<Record<string, unknown>> =>
  optionValues(rule.options, settings.rules.get(rule.id)?.options ?? {});

/** The severity under the settings, or `off`. Our own id wins over another tool's. */
export function severityUnder(settings: Settings, finding: Finding): Severity | 'off' {
  const own = settings.rules.get(finding.rule)?.severity;
  if (own != null) return own;
  for (const equivalent of finding.equivalents) {
    const severity = settings.equivalents.get(equivalent);
    if (severity !== undefined) return severity;
  }
  return finding.severity;
}
