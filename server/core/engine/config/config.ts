// Configuration as written: the content of `.bulkhead.yaml`, of an editor setting, or of command line flags. All parts optional.
import type { Equivalent, Severity } from '../finding.ts';
import type { Profile } from '../rule.ts';
import type { RuleSetting } from '../settings.ts';

/** What may stand at the top and in each override. */
export interface ConfigPart {
  readonly profile?: Profile;
  readonly rules?: ReadonlyMap<string, RuleSetting>;
  readonly equivalents?: ReadonlyMap<Equivalent, Severity | 'off'>;
}

export interface Config extends ConfigPart {
  /** Globs, relative to the folder of the configuration, of files that are not read. */
  readonly exclude?: readonly string[];
  /** Later ones win. */
  readonly overrides?: readonly (ConfigPart & { readonly files: readonly string[] })[];
  /** The severity from which a run on the command line fails. */
  readonly failOn?: Severity | 'never';
  /** Comments of other tools that silence findings are not honoured. */
  readonly ignoreOtherTools?: boolean;
}
