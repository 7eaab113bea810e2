// The schemas of what people configure: in the extension's manifest, and for the configuration file.
import { configSchema, ruleSettingsSchema } from '../../server/core/engine/config/schema.ts';
import type { RuleInfo } from '../../server/core/engine/rule.ts';
import type { Product } from './product.ts';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

interface Manifest {
  readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, object>> } };
}

/** One property of the manifest is generated; people write the others. */
export const manifestSettings = (infos: readonly RuleInfo[]): Product => ({
  path: 'package.json',
  text(current) {
    const manifest: Manifest = JSON.parse(current);
    const { contributes } = manifest;
    const { configuration } = contributes;
    const rules = { scope: 'resource', default: {}, ...ruleSettingsSchema(infos) };
    const properties = { ...configuration.properties, 'bulkhead.rules': rules };
    return json({
      ...manifest,
      contributes: { ...contributes, configuration: { ...configuration, properties } },
    });
  },
});

export const configFileSchema = (infos: readonly RuleInfo[]): Product => ({
  path: 'schemas/bulkhead.schema.json',
  text: () => json(configSchema(infos)),
});
