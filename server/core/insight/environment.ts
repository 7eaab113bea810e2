// The environment that a stage starts with: what its base may have set.
import { setsVariable } from '../knowledge/image-environment.ts';
import type { Stage } from '../model/dockerfile/model.ts';
import { familiarName } from '../model/image-reference.ts';

/** Whether the base brings the variable along; `unknown` where nobody knows the base. */
export function inheritsVariable({ root }: Stage, name: string): boolean | 'unknown' {
  if (name === 'PATH') return true;
  if (root.kind === 'scratch') return false;
  if (root.kind !== 'image') return 'unknown';
  return root.local?.env.has(name) ?? setsVariable(familiarName(root.reference), name);
}
