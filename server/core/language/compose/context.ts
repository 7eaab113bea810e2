// What completion has in hand: the model, the place, what is around the file.
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { quoteScalar } from '../../model/yaml/quote.ts';
import type { YamlStyle } from '../../model/yaml/style.ts';
import { type Span, span } from '../../text/span.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Place, YamlPath } from '../yaml/place.ts';

export interface Context {
  readonly model: ComposeModel;
  readonly place: Place;
  /** Of the value that is completed. */
  readonly path: YamlPath;
  readonly around: Surroundings;
  readonly style: YamlStyle;
}

const sections = new Set(['services', 'networks', 'volumes', 'secrets', 'configs', 'models']);

/** A path as tables have it: `services.*.ports.[]`. Jobs are services that end. */
export function tablePath(path: YamlPath): string {
  const [first, ...rest] = path;
  const section = first === 'jobs' ? 'services' : (first ?? '[]');
  const isNamed = (index: number): boolean =>
    index === 0 ? sections.has(section) : rest[index - 1] === 'additional_contexts';
  const steps = rest.map((step, index) => (step === null ? '[]' : isNamed(index) ? '*' : step));
  return [section, ...steps].join('.');
}

/** The service that a path leads into. */
export const serviceAt = ({ model, path }: Context): Service | undefined =>
  path[0] === 'services' ? model.services.find(({ name }) => name === path[1]) : undefined;

/** A whole value as it is written at the place: in quotes where YAML needs them and there are none. */
export const written = ({ place, style }: Context, text: string): string =>
  place.quote === null ? quoteScalar(text, style, place.flow) : text;

/** The part of the word between two marks, such as the name in front of a colon. */
export function partOfWord({ model, place }: Context, from: number, end: RegExp): Span {
  const start = place.word.start + from;
  const rest = model.text.slice(start, place.word.end);
  const length = rest.search(end);
  return span(start, length < 0 ? place.word.end : start + length);
}
