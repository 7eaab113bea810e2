// Checklists of texts, as a host makes them: files in memory, all rules.
import path from 'node:path';
import type { Production } from '../../server/core/checklist/checklist.ts';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { languageOf, parse } from '../../server/core/engine/language.ts';
import type { ChecklistFile } from '../../server/core/report/checklist-file.ts';
import { rules } from '../../server/core/rules/index.generated.ts';
import type { FileSystem } from '../../server/host/files.ts';
import { productionOf } from '../../server/host/production.ts';
import { createProject, type Project } from '../../server/host/project.ts';

export const catalogue = catalogueOf(rules);

/** By their paths. */
export type Files = Readonly<Record<string, string>>;

const memoryFiles = (files: Files): FileSystem => ({
  read: async location => files[location] ?? null,
  list: async folder =>
    Object.keys(files).some(each => each.startsWith(`${folder}/`))
      ? Object.keys(files)
          .filter(each => path.posix.dirname(each) === folder)
          .map(each => ({ name: path.posix.basename(each), kind: 'file' }))
      : null,
  resolve: (folder, relative) => path.posix.join(folder, relative),
  parent: location => (location === '/' ? null : path.posix.dirname(location)),
  relative: (folder, location) => {
    const relative = path.posix.relative(folder, location);
    return relative.startsWith('..') ? null : relative;
  },
});

/** The first file is the one that is reported on, below `/app`. */
export async function produce(
  files: Files,
): Promise<{ readonly production: Production; readonly project: Project; readonly location: string }> {
  const placed = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/app/${name}`, text]));
  const [location = ''] = Object.keys(placed);
  const language = languageOf(location) ?? 'dockerfile';
  const text = placed[location] ?? '';
  const project = createProject(memoryFiles(placed), catalogue);
  const production = await productionOf(
    project,
    catalogue,
    { location, text, language },
    parse(text, language),
  );
  return { production, project, location };
}

/** The same for the reports. */
export async function checklistFileOf(files: Files): Promise<ChecklistFile> {
  const { production } = await produce(files);
  return { production, pathOf: place => place.replace('/app/', '') };
}
