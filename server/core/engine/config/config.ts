// Configuration as written: the content of `.bulkhead.yaml`, of an editor setting, or of command line flags. All parts optional.
import { type Equivalent, type Finding, type Severity, severities } from '../finding.ts';
import type { Profile } from '../rule.ts';
import type { OtherTool, RuleSetting } from '../settings.ts';
import type { ComposeSets, NamedFile } from './compose-sets.ts';
import type { ScanConfig } from './scan.ts';
import type { SizeBudget } from './size.ts';

export { type Draft, put } from './draft.ts';

/** What may stand at the top and in each override. */
export interface ConfigPart {
  readonly profile?: Profile;
  /** The stage of a Dockerfile that ships. */
  readonly target?: string;
  readonly rules?: ReadonlyMap<string, RuleSetting>;
  readonly size?: SizeBudget;
  readonly equivalents?: ReadonlyMap<Equivalent, Severity | 'off'>;
}

export interface Config extends ConfigPart {
  /** Globs, relative to the folder of the configuration, of files that are not read. */
  readonly exclude?: readonly string[];
  /** Later ones win. */
  readonly overrides?: readonly (ConfigPart & { readonly files: readonly string[] })[];
  /** The version whose set of rules is wanted. */
  readonly rulesVersion?: string;
  /** The severity from which a run on the command line fails. */
  readonly failOn?: Severity | 'never';
  /** Comments of other tools, or of some, that silence findings are not honoured. */
  readonly ignoreOtherTools?: boolean | readonly OtherTool[];
  readonly scan?: ScanConfig;
  readonly composeSets?: ComposeSets;
  /** Of the sets that a file is in, this one counts; flags alone say so. */
  readonly set?: string;
  /** Only these rules run; flags alone say so. */
  readonly only?: ReadonlySet<string>;
}

/** What may stand for a rule; `on` leaves the severity to the rule. */
export const ruleWords = [...severities, 'off', 'on'] as const;

export const failOnWords = [...severities, 'never'] as const;

/** A configuration file as read, with what is wrong in it. */
export interface ReadConfig {
  readonly config: Config;
  readonly findings: readonly Finding[];
  /** Files that it speaks of, relative to it. */
  readonly named: readonly NamedFile[];
}
