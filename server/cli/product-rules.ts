// The product's rules, loaded by the commands that run or show them.
import { type Catalogue, catalogueOf } from '../core/engine/catalogue.ts';

export async function loadCatalogue(): Promise<Catalogue> {
  const { rules } = await import('../core/rules/index.generated.ts');
  return catalogueOf(rules);
}
