// What a person gives a build on a command line or in a field: `NAME=value`, `id=token,src=file`.
import type { BuildRequest } from './command-line.ts';

export function readArgument(text: string): BuildRequest['args'][number] {
  const equals = text.indexOf('=');
  return equals < 0
    ? { name: text, value: null }
    : { name: text.slice(0, equals), value: text.slice(equals + 1) };
}

/**
 * `id=token,src=file`, `id=token,env=VARIABLE`. As Docker reads it, an id alone is a variable of that name where there is
 * one, and a file otherwise. A string says what is wrong.
 */
export function readSecret(
  text: string,
  hasVariable: (name: string) => boolean,
): BuildRequest['secrets'][number] | string {
  const options = new Map(
    text.split(',').map(option => {
      const { name, value } = readArgument(option);
      return [name.trim(), value ?? ''] as const;
    }),
  );
  const id = options.get('id') ?? '';
  const file = options.get('src') ?? options.get('source') ?? null;
  const env = options.get('env') ?? null;
  const known = ['id', 'src', 'source', 'env', 'type'];
  if (id === '' || [...options.keys()].some(name => !known.includes(name))) {
    return `${JSON.stringify(text.replace(/=.*/s, '=...'))} is no secret: write id=NAME,src=FILE or id=NAME,env=VARIABLE.`;
  }
  if (file !== null) return { id, file, env: null };
  if (env !== null || hasVariable(id)) return { id, file: null, env: env ?? id };
  return { id, file: id, env: null };
}
