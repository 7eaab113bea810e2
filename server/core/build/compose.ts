// The build of a Compose service: what of a request it writes down itself.
import { type Build, buildOf } from '../model/compose/build.ts';
import { itemsOf } from '../model/compose/items.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { filledText } from '../model/compose/value.ts';
import type { BuildRequest } from './command-line.ts';

export interface ServiceBuild {
  readonly name: string;
  /** As written, seen from the folder of the Compose file. */
  readonly context: string;
  /** Seen from the context. */
  readonly dockerfile: string;
  /** The text of `dockerfile_inline`. */
  readonly inline: string | null;
  readonly target: string | null;
  readonly args: BuildRequest['args'];
  /** Files are as written, seen from the folder of the Compose file. */
  readonly secrets: BuildRequest['secrets'];
  readonly platforms: readonly string[];
  /** What Compose calls the image. */
  readonly image: string | null;
}

/** Services that are built, in the order of the file. */
export const builtServices = (model: ComposeModel): Service[] =>
  model.services.filter(service => buildOf(model, service) !== null);

const textAt = (model: ComposeModel, service: Service, ...path: readonly string[]): string | null =>
  filledText(model, service.get(...path)?.node)?.text ?? null;

/** By its entry at the top of the file; one that is not there is left to the person. */
function secretsOf(model: ComposeModel, service: Service): BuildRequest['secrets'] {
  const listed = service.get('build', 'secrets')?.node;
  const items = listed?.kind === 'sequence' ? listed.items : [];
  return items.flatMap(item => {
    const source = item.kind === 'map' ? item.pairs.find(({ key }) => key.text === 'source')?.value : item;
    const named = item.kind === 'map' ? item.pairs.find(({ key }) => key.text === 'target')?.value : null;
    const name = filledText(model, source)?.text;
    const node = model.section('secrets').find(entry => entry.name === name)?.node;
    if (name === undefined || node?.kind !== 'map') return [];
    const option = (key: string): string | null =>
      filledText(model, node.pairs.find(pair => pair.key.text === key)?.value)?.text ?? null;
    const [file, env] = [option('file'), option('environment')];
    const id = filledText(model, named)?.text ?? name;
    return file === null && env === null ? [] : [{ id, file, env: file === null ? env : null }];
  });
}

/** A sentence where it is not for this machine to build, or not yet. */
export function serviceBuild(model: ComposeModel, service: Service): ServiceBuild | string {
  const build: Build | null = buildOf(model, service);
  if (build === null) return `${service.name} is not built: it has no build.`;
  const { context, dockerfile, target, inline } = build;
  if (!context.known || dockerfile?.known === false || target?.known === false) {
    return `The build of ${service.name} depends on a variable that has no value here. Set it in the environment or in .env.`;
  }
  if (/^[a-z+]+:\/\/|^git@|\.git(?:#|$)/i.test(context.value)) {
    return `The context of ${service.name} is not on this machine: ${context.value}. docker compose build fetches it.`;
  }
  return {
    name: service.name,
    context: context.value,
    dockerfile: dockerfile?.value ?? 'Dockerfile',
    inline: inline?.text ?? null,
    target: target?.value ?? null,
    args: service.pairs('build', 'args').flatMap(({ name }) => {
      const value = textAt(model, service, 'build', 'args', name);
      return [{ name, value: value ?? listedValue(model, service, name) }];
    }),
    secrets: secretsOf(model, service),
    platforms: itemsOf(model, service, 'build', 'platforms').map(({ text }) => text),
    image: textAt(model, service, 'image'),
  };
}

/** Of a list: `- NAME=value`. */
function listedValue(model: ComposeModel, service: Service, name: string): string | null {
  const written = itemsOf(model, service, 'build', 'args').find(({ text }) => text.startsWith(`${name}=`));
  return written ? written.text.slice(name.length + 1) : null;
}
