// Merging: the configurations that rule a document, weakest first, become its settings.
import type { FileSet } from '../../model/compose/neighbours/partners.ts';
import { globMatches } from '../../text/globs.ts';
import { defaultSettings, otherTools, type RuleSetting, type Settings } from '../settings.ts';
import type { ComposeSets } from './compose-sets.ts';
import type { Config, ConfigPart } from './config.ts';
import { mergeScan, type ScanConfig } from './scan.ts';
import type { SizeBudget } from './size.ts';

export interface ConfigLayer {
  readonly config: Config;
  /** The document's, relative to the folder of the configuration. */
  readonly path: string;
}

export interface Merged {
  readonly settings: Settings;
  readonly excluded: boolean;
  /** Null where nobody chose. */
  readonly failOn: NonNullable<Config['failOn']> | null;
  readonly size: SizeBudget;
  readonly scan: ScanConfig;
  readonly composeSets: ComposeSets;
  /** Null where nobody chose one. */
  readonly set: string | null;
}

/** The stronger one wins; where it states no severity, it only takes back an `off`. */
const mergeSetting = (weaker: RuleSetting | undefined, stronger: RuleSetting): RuleSetting => ({
  severity: stronger.severity ?? (weaker?.severity === 'off' ? null : (weaker?.severity ?? null)),
  options: { ...weaker?.options, ...stronger.options },
});

const partsFor = ({ config, path }: ConfigLayer): readonly ConfigPart[] => [
  config,
  ...(config.overrides ?? []).filter(({ files }) => files.some(glob => globMatches(glob, path))),
];

/** Of all tools, some, or none. */
const ignoredTools = (ignored: Config['ignoreOtherTools']): Settings['ignoredTools'] =>
  new Set(typeof ignored === 'object' ? ignored : ignored ? otherTools : []);

export function settingsFor(layers: readonly ConfigLayer[]): Merged {
  let { profile, only, target, rulesVersion } = defaultSettings;
  let failOn: Merged['failOn'] = null;
  let size: SizeBudget = {};
  let ignored: Config['ignoreOtherTools'];
  let scan: ScanConfig = {};
  let set: Merged['set'] = null;
  const composeSets = new Map<string, FileSet>();
  const rules = new Map<string, RuleSetting>();
  const equivalents = new Map(defaultSettings.equivalents);
  for (const layer of layers) {
    for (const part of partsFor(layer)) {
      profile = part.profile ?? profile;
      target = part.target ?? target;
      size = { ...size, ...part.size };
      for (const [id, setting] of part.rules ?? []) rules.set(id, mergeSetting(rules.get(id), setting));
      for (const [id, severity] of part.equivalents ?? []) equivalents.set(id, severity);
    }
    failOn = layer.config.failOn ?? failOn;
    only = layer.config.only ?? only;
    rulesVersion = layer.config.rulesVersion ?? rulesVersion;
    ignored = layer.config.ignoreOtherTools ?? ignored;
    set = layer.config.set ?? set;
    for (const [name, each] of layer.config.composeSets ?? []) composeSets.set(name, each);
    scan = layer.config.scan ? mergeScan(scan, layer.config.scan) : scan;
  }
  return {
    settings: {
      profile,
      rules,
      equivalents,
      only,
      ignoredTools: ignoredTools(ignored),
      target,
      rulesVersion,
    },
    excluded: layers.some(({ config, path }) => config.exclude?.some(glob => globMatches(glob, path))),
    failOn,
    size,
    scan,
    composeSets,
    set,
  };
}
