// What a Compose file is for: signs that it is meant to run in production.
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { rememberFor } from '../model/remembered.ts';

const environment =
  /^(?:NODE|RAILS|RACK|APP|FLASK|DJANGO|ASPNETCORE|DOTNET|SYMFONY|PHX|MIX|ENV|GO)_?(?:ENV(?:IRONMENT)?)?$/;

/** What only an orchestrator carries out. */
const swarmKeys = ['placement', 'update_config', 'rollback_config', 'mode', 'endpoint_mode'];

export const isForSwarm = (service: Service): boolean => swarmKeys.some(key => service.get('deploy', key));

const isSetUp = (service: Service): boolean =>
  isForSwarm(service) ||
  service
    .pairs('environment')
    .some(({ name, value }) => environment.test(name) && /^prod(?:uction)?$/i.test(value ?? ''));

/** A service says so: by its environment, or by what it tells an orchestrator. */
export const isForProduction = rememberFor((model: ComposeModel): boolean => model.services.some(isSetUp));
