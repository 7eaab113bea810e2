// Services by name: which files have them, and what was meant where none has.
import { parse } from '../core/engine/language.ts';
import { Failure, meant } from './failure.ts';
import type { Input } from './inputs.ts';

function servicesIn({ text, language }: Input): string[] {
  const model = parse(text, language);
  return model.language === 'compose' ? model.services.map(({ name }) => name) : [];
}

/** The Compose files that have one of the services. A name that no file has is a slip that nobody would notice. */
export function filesWith(inputs: readonly Input[], services: readonly string[]): Input[] {
  const found = inputs.map(input => ({ input, names: servicesIn(input) }));
  const all = found.flatMap(({ names }) => names);
  const unknown = services.find(name => !all.includes(name));
  if (unknown !== undefined) throw new Failure(`No service here is called ${unknown}.${meant(unknown, all)}`);
  return found.filter(({ names }) => names.some(name => services.includes(name))).map(({ input }) => input);
}
