// Reading for builds: what a build has to know of a Dockerfile or a Compose file, for hosts that bring no parsers along.
import type { Lookup } from '../model/compose/interpolation.ts';
import { parseCompose } from '../model/compose/parse.ts';
import { readEnvFile } from '../model/compose/project/environment.ts';
import type { DockerfileModel } from '../model/dockerfile/model.ts';
import { parseDockerfile } from '../model/dockerfile/parse.ts';
import { builtServices, type ServiceBuild, serviceBuild } from './compose.ts';
import { type BuildQuestions, buildQuestions } from './questions.ts';

export interface BuildReading {
  dockerfile(text: string, target: string | null): DockerfileModel;
  questions(model: DockerfileModel): BuildQuestions;
  /** The service of that name, or the only one that is built. A sentence where there is none to build. */
  service(compose: string, name: string | undefined, lookup: Lookup): ServiceBuild | string;
  /** Of the text of a `.env`. */
  variables(text: string): ReadonlyMap<string, string>;
}

function chosenService(compose: string, name: string | undefined, lookup: Lookup): ServiceBuild | string {
  const model = Object.create(parseCompose(compose), { variables: { value: lookup } });
  const services = builtServices(model);
  const names = services.map(service => service.name).join(', ');
  const [first, second] = services;
  if (!first) return 'No service of this file is built: none has a build.';
  const service = name === undefined ? first : services.find(each => each.name === name);
  if (!service) return `No service called ${name} is built here. There are: ${names}.`;
  if (name === undefined && second) {
    return `Several services are built here. Name one with --service: ${names}.`;
  }
  return serviceBuild(model, service);
}

export const buildReading: BuildReading = {
  dockerfile: (text, target) => parseDockerfile(text, target ?? undefined),
  questions: buildQuestions,
  service: chosenService,
  variables(text) {
    try {
      const found = readEnvFile({ path: '.env', text }, new Map());
      return new Map([...found].map(([name, { value }]) => [name, value]));
    } catch {
      // Compose refuses it; what it would have said is not known.
      return new Map();
    }
  },
};
