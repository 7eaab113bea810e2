// Rule names: which rules a person means, by our ids or by those of other tools.
import type { Catalogue } from '../core/engine/catalogue.ts';
import type { RuleInfo } from '../core/engine/rule.ts';
import { equivalentsOf } from '../core/report/page.ts';
import { Failure, meant } from './failure.ts';

/** `DL3002` and `hadolint:DL3002` both name the rules that say the same. */
function isEquivalent(info: RuleInfo, name: string): boolean {
  const wanted = name.toLowerCase();
  return equivalentsOf(info).some(equivalent => {
    const id = equivalent.toLowerCase();
    return id === wanted || id.slice(id.indexOf(':') + 1) === wanted;
  });
}

/** At least one. */
export function rulesNamed(catalogue: Catalogue, name: string): readonly RuleInfo[] {
  const own = catalogue.info(name);
  if (own) return [own];
  const equal = catalogue.infos.filter(info => isEquivalent(info, name));
  if (equal.length > 0) return equal;
  const ids = catalogue.infos.flatMap(info => [
    info.id,
    ...equivalentsOf(info).map(id => id.slice(id.indexOf(':') + 1)),
  ]);
  throw new Failure(`There is no rule ${name}.${meant(name, ids)} bulkhead rules lists them.`);
}
