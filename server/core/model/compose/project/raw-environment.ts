// Variables of an env file with `format: raw`: everything behind the equals sign, as `docker run --env-file` takes it.
import { emptySpan } from '../../../text/span.ts';
import { type Environment, Refusal, type Source } from './value.ts';

const line = /^[^\S\n]*([^\s#].*)$/gmu;

/** A name alone is taken from those given, and left out where they have none. */
export function readRawEnvFile(
  source: Source,
  given: Environment,
  before: Environment = new Map(),
): Environment {
  const found = new Map(before);
  for (const { 1: written = '', index, 0: whole } of source.text.matchAll(line)) {
    const start = index + whole.length - written.length;
    const text = written.replace(/\r$/, '').replace(/^\uFEFF/, '');
    const span = { start, end: start + text.length };
    const [name = ''] = text.split('=', 1);
    if (name === '' || /\s/.test(name)) {
      const problem = name === '' ? 'a line without a name' : `the name "${name}" has blanks`;
      throw new Refusal(`failed to read ${source.path}: ${problem}`, {
        source,
        span: emptySpan(start),
        node: null,
      });
    }
    const inherited = given.get(name) ?? found.get(name);
    const value = text.slice(name.length + 1);
    if (text.length > name.length) found.set(name, { name, value, from: { source, span, node: null } });
    else if (inherited) found.set(name, inherited);
  }
  return found;
}
