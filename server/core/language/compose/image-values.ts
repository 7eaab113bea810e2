// Completion of the image of a service.
import type { Completion } from '../completion.ts';
import { imageCompletions } from '../images/completion.ts';
import { type Context, tablePath } from './context.ts';

export function imageValues({ model, place, path }: Context): Completion[] {
  if (tablePath(path) !== 'services.*.image') return [];
  const { start, end } = place.word;
  return imageCompletions({ text: model.text.slice(start, end), typed: place.typed, at: start });
}
