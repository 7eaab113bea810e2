// Changes of a Compose text, as the rows of a table state them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ComposeModel, Service } from '../../server/core/model/compose/model.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { applyEdits, type Edit } from '../../server/core/text/edit.ts';

export type Change = (model: ComposeModel, service: Service) => Edit[] | null;

/** The text after a change for its service `web`; null where the change says that it cannot be done. */
function changed(text: string, change: Change): string | null {
  const model = parseCompose(text);
  assert.deepEqual(model.problems, []);
  const service = model.services.find(({ name }) => name === 'web');
  assert.ok(service);
  const edits = change(model, service);
  if (edits === null) return null;
  const result = applyEdits(text, edits);
  assert.deepEqual(parseCompose(result).problems, [], result);
  return result;
}

const toWindows = (text: string | null): string | null => text?.replaceAll('\n', '\r\n') ?? null;
const withoutEnd = (text: string | null): string | null => text?.replace(/\n$/, '') ?? null;

type Row = readonly [name: string, before: string, change: Change, after: string | null];

/** Runs each row as it is, with Windows line ends, behind a byte order mark and without a final line end. */
export function runChanges(kind: string, rows: readonly Row[]): void {
  for (const [name, before, change, after] of rows) {
    test(`Compose edit, ${kind}: ${name}`, () => {
      assert.equal(changed(before, change), after);
      assert.equal(changed(toWindows(before) ?? '', change), toWindows(after));
      assert.equal(changed(`\uFEFF${before}`, change), after && `\uFEFF${after}`);
      assert.equal(changed(withoutEnd(before) ?? '', change), withoutEnd(after));
    });
  }
}
