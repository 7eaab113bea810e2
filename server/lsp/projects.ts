// Projects: configuration and facts, kept apart for every different set of editor settings.
import type { Catalogue } from '../core/engine/catalogue.ts';
import { readConfig } from '../core/engine/config/read.ts';
import type { EditorSettings } from '../core/protocol/settings.ts';
import type { FileSystem, Location } from '../host/files.ts';
import { type ImageSource, noImages } from '../host/local-images.ts';
import { createProject, type FileEvent, type Programs, type Project } from '../host/project.ts';
import {
  type FoundImages,
  noRegistries,
  registriesInBackground,
  registriesSoFar,
} from '../host/registries.ts';
import type { VersionSource } from '../host/versions.ts';
import type { ServerHost } from './host.ts';

const sourceFor = {
  never: () => noRegistries,
  'on-demand': registriesSoFar,
  background: registriesInBackground,
} as const;

export interface Projects {
  under(settings: Omit<EditorSettings, 'enable' | 'showDuplicates'>): Project;
  /** To every project. */
  forget(location: Location, event?: FileEvent): void;
}

export interface ProjectPrograms {
  readonly scriptChecker: ServerHost['scriptChecker'];
  readonly versions: VersionSource;
  readonly images: ImageSource;
  /** Null where no registry may be asked. */
  readonly registries: FoundImages | null;
}

export function createProjects(
  files: FileSystem,
  catalogue: Catalogue,
  { scriptChecker, versions, images, registries }: ProjectPrograms,
  complain: (message: string) => void,
): Projects {
  const projects = new Map<string, Project>();

  const create = (written: string, programs: Programs): Project => {
    const { config, findings } = readConfig(written, catalogue);
    for (const { message } of findings) complain(`In the editor's settings: ${message}`);
    return createProject(files, catalogue, { below: config }, programs);
  };

  return {
    under({ profile, rules, target, shellcheck, shellcheckPath, engine, registryLookups }) {
      // JSON is YAML: the settings and the configuration file have one shape and one reader.
      const written = JSON.stringify({ profile, rules, target });
      const key = JSON.stringify([written, shellcheck, shellcheckPath, engine, registryLookups]);
      const known = projects.get(key);
      if (known) return known;
      const project = create(written, {
        checkScript: shellcheck && scriptChecker ? scriptChecker(shellcheckPath) : null,
        versions,
        images: engine ? images : noImages,
        registries: registries ? sourceFor[registryLookups](registries) : noRegistries,
      });
      projects.set(key, project);
      return project;
    },
    forget(location, event) {
      for (const project of projects.values()) project.forget(location, event);
    },
  };
}
