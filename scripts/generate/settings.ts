// The schemas of what people configure: in the extension's manifest, and for the configuration file.
import { configSchema, ruleSettingsSchema } from '../../server/core/engine/config/schema.ts';
import type { RuleInfo } from '../../server/core/engine/rule.ts';
import type { Product } from './product.ts';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

interface Manifest {
  readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, object>> } };
}

/** The lines of an object's entries, each on one line however long it is. */
const entryLines = (entries: object, indentation: string): string =>
  Object.entries(entries)
    .map(([name, value]) => `${indentation}${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(',\n');

/** Without what the schema of the configuration file tells of each rule: the manifest is read at every start. */
const withoutWords = (schema: object): object =>
  JSON.parse(JSON.stringify(schema, (name, value: unknown) => (name === 'description' ? undefined : value)));

/** One property of the manifest's settings is generated, a line for each rule; people write the others. */
export const manifestSettings = (infos: readonly RuleInfo[]): Product => ({
  path: 'package.json',
  text(current) {
    const manifest: Manifest = JSON.parse(current);
    const { contributes } = manifest;
    const { configuration } = contributes;
    const { properties: rules, ...schema } = ruleSettingsSchema(infos);
    const setting = { scope: 'resource', default: {}, ...schema, properties: { '@rules': 0 } };
    const properties = { ...configuration.properties, 'bulkhead.rules': setting };
    const text = json({
      ...manifest,
      contributes: { ...contributes, configuration: { ...configuration, properties } },
    });
    return text.replace(/^( *)"@rules": 0$/m, (_, indentation: string) =>
      entryLines(withoutWords(rules), indentation),
    );
  },
});

export const configFileSchema = (infos: readonly RuleInfo[]): Product => ({
  path: 'schemas/bulkhead.schema.json',
  text: () => json(configSchema(infos)),
});
