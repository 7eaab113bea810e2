// The laboratory of the tests on a real engine, with VS Code in it.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { inRepository } from '../../../scripts/repository.ts';
import { runApart } from '../../docker/support/apart.ts';
import { obstacle } from '../../docker/support/machine.ts';
import { makeMaterials } from '../../docker/support/materials.ts';
import { editorHome } from './editor.ts';

/** What the program in the laboratory is told, as JSON. */
export interface EngineTask {
  readonly vsix: string;
  /** For whatever it writes. */
  readonly folder: string;
}

/** Null where no engine can be started here, which has been said. */
export async function tryWithEngine(vsix: string, folder: string): Promise<boolean | null> {
  const reason = await obstacle();
  if (reason !== null) {
    console.log(`passed over: ${reason}`);
    return process.env.CI ? false : null;
  }
  await editorHome();
  const materials = await makeMaterials();
  const [work, own] = [path.join(folder, 'laboratory'), path.join(folder, 'window')];
  for (const each of [work, own]) mkdirSync(each, { recursive: true });
  const task: EngineTask = { vsix, folder: own };
  const args = [inRepository('test', 'vscode', 'engine.ts'), JSON.stringify(task)];
  return (await runApart({ work, materials, args })) === 0;
}
