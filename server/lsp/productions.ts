// Checklists of open documents, as the editor shows them.
import type { Production } from '../core/checklist/checklist.ts';
import type { Catalogue } from '../core/engine/catalogue.ts';
import { type ChecklistFile, showFile } from '../core/report/checklist-file.ts';
import { type PostureStyle, postureOf } from '../core/report/posture.ts';
import { emptySpan, type Span, touches } from '../core/text/span.ts';
import type { Location } from '../host/files.ts';
import { productionOf } from '../host/production.ts';
import type { Check } from './checks.ts';
import { parent, relative } from './locations.ts';

/** Of all services, or of those that are wanted; null where the document is none of ours. */
export async function productionIn(
  { document: { location, text }, model, project }: Check,
  catalogue: Catalogue,
  isWanted?: (service: string) => boolean,
): Promise<Production | null> {
  if (!model) return null;
  const document = { location, text, language: model.language };
  return productionOf(project, catalogue, document, model, isWanted);
}

/** Paths as they are seen from the folder of the document. */
export function checklistFileOf(production: Production): ChecklistFile {
  const folder = parent(production.location);
  const pathOf = (location: Location): string =>
    (folder === null ? null : relative(folder, location)) ??
    decodeURIComponent(location.split('/').at(-1) ?? location);
  return { production, pathOf };
}

export interface Posture {
  readonly span: Span;
  readonly text: string;
}

/** Of the service whose name stands at a place. */
export async function postureAt(
  check: Check,
  catalogue: Catalogue,
  offset: number,
  style: PostureStyle,
): Promise<Posture | null> {
  const { model } = check;
  if (model?.language !== 'compose') return null;
  const service = model.services.find(({ nameSpan }) => touches(nameSpan, emptySpan(offset)));
  if (!service) return null;
  const production = await productionIn(check, catalogue, name => name === service.name);
  const [list] = production ? showFile(checklistFileOf(production)).lists : [];
  return list ? { span: service.nameSpan, text: postureOf(list, style) } : null;
}
