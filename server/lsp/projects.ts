// Projects: configuration and facts, kept apart for every different set of editor settings.
import type { Catalogue } from '../core/engine/catalogue.ts';
import { readConfig } from '../core/engine/config/read.ts';
import type { EditorSettings } from '../core/protocol/settings.ts';
import type { FileSystem, Location } from '../host/files.ts';
import { createProject, type FileEvent, type Project } from '../host/project.ts';

export interface Projects {
  under(settings: Omit<EditorSettings, 'enable'>): Project;
  /** To every project. */
  forget(location: Location, event?: FileEvent): void;
}

export function createProjects(
  files: FileSystem,
  catalogue: Catalogue,
  complain: (message: string) => void,
): Projects {
  const projects = new Map<string, Project>();

  const create = (written: string): Project => {
    const { config, findings } = readConfig(written, catalogue);
    for (const { message } of findings) complain(`In the editor's settings: ${message}`);
    return createProject(files, catalogue, { below: config });
  };

  return {
    under({ profile, rules, target }) {
      // JSON is YAML: the settings and the configuration file have one shape and one reader.
      const written = JSON.stringify({ profile, rules, target });
      const project = projects.get(written) ?? create(written);
      projects.set(written, project);
      return project;
    },
    forget(location, event) {
      for (const project of projects.values()) project.forget(location, event);
    },
  };
}
