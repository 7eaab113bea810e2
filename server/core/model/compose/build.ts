// The build of a service, short or long form.
import type { MappedText } from '../../text/mapped-text.ts';
import { type Known, known } from '../known.ts';
import { rememberPart } from '../remembered.ts';
import { scalarText } from '../yaml/scalar-text.ts';
import { resolveKnown } from './interpolation.ts';
import type { ComposeModel, Entry, Service } from './model.ts';
import { filledScalar, resolvedString } from './value.ts';

export interface Build {
  readonly entry: Entry;
  /** `.` where a long form states none. */
  readonly context: Known<string>;
  /** Null where it states none: the `Dockerfile` of the context. */
  readonly dockerfile: Known<string> | null;
  readonly target: Known<string> | null;
  /** The text of `dockerfile_inline`. */
  readonly inline: MappedText | null;
}

/** Null where the service is not built, or not yet. */
export const buildOf = rememberPart((model: ComposeModel, service: Service): Build | null => {
  const entry = service.get('build');
  if (entry === undefined || entry.node === null) return null;
  const short = resolvedString(model, entry.node);
  if (short !== null) return { entry, context: short, dockerfile: null, target: null, inline: null };
  if (entry.node.kind !== 'map') return null;
  const option = (name: string): Known<string> | null =>
    resolvedString(model, service.get('build', name)?.node);
  const inline = filledScalar(service.get('build', 'dockerfile_inline')?.node);
  return {
    entry,
    context: option('context') ?? known('.', null),
    dockerfile: option('dockerfile'),
    target: option('target'),
    inline: inline && resolveKnown(scalarText(inline, model.text), model.variables),
  };
});

/** A path or name beside the Compose file: not of the machine, of the network or behind a variable. */
const isBeside = (path: string): boolean => !/^(?:\/|~|[a-z+]+:\/\/|git@)|\$|\.git(?:#|$)/i.test(path);

/** The folder of the context, as it is written; null where it is none beside the Compose file, or it cannot be told. */
export const contextPathOf = ({ context }: Build): string | null =>
  context.known && isBeside(context.value) ? context.value : null;

/** The path of the Dockerfile from the folder of the Compose file; null where there is none, or it cannot be told. */
export function dockerfilePathOf({ context, dockerfile, inline }: Build): string | null {
  if (inline || !context.known || (dockerfile && !dockerfile.known) || !isBeside(context.value)) return null;
  const name = dockerfile?.known ? dockerfile.value : 'Dockerfile';
  return isBeside(name) ? `${context.value.replace(/\/+$/, '')}/${name}` : null;
}
