// What engines say of images: remembered, never waited for, and asked again behind the back of who reads it.
import type { Answer } from '../core/engine/facts.ts';
import type { LocalImage } from '../core/model/local-image.ts';

/** What an engine of this machine says of an image; null where none has it. */
export type ImageInspector = (image: string) => Promise<LocalImage | null>;

/** How a project comes by what engines know. */
export interface ImageSource {
  known(image: string): Answer<'image'>;
  ask(image: string): Promise<void>;
}

/** Nothing is ever there. */
export const noImages: ImageSource = { known: () => null, ask: async () => {} };

export interface Keeping {
  /** An image that was known is another one now, has come or has gone. */
  changed?(): void;
  now?(): number;
}

interface Kept {
  readonly image: LocalImage | null;
  readonly text: string;
  /** When it was asked for. */
  readonly at: number;
}

/** More than all open documents name; what is half typed is pushed out again. */
const remembered = 500;

/** Images are built and pulled while files are open: what is older is asked for again. Milliseconds. */
const fresh = 60_000;

export function rememberImages(
  inspect: ImageInspector,
  { changed = () => {}, now = Date.now }: Keeping = {},
): ImageSource {
  const kept = new Map<string, Kept>();
  const awaited = new Map<string, Promise<void>>();

  const look = async (name: string): Promise<void> => {
    const at = now();
    const image = await inspect(name).catch(() => null);
    const text = JSON.stringify(image, (_key, value: unknown) => (value instanceof Map ? [...value] : value));
    const before = kept.get(name);
    // The same answer is the same object: whoever rests on it need not look again.
    kept.set(name, before?.text === text ? { ...before, at } : { image, text, at });
    const [oldest] = kept.keys();
    if (kept.size > remembered && oldest !== undefined) kept.delete(oldest);
    if (before !== undefined && before.text !== text) changed();
  };
  const ask = (name: string): Promise<void> => {
    const asked = awaited.get(name) ?? look(name).finally(() => awaited.delete(name));
    awaited.set(name, asked);
    return asked;
  };
  return {
    known(name) {
      const found = kept.get(name);
      if (found === undefined) return undefined;
      if (now() - found.at > fresh) void ask(name);
      return found.image;
    },
    ask: async name => {
      if (!kept.has(name)) await ask(name);
    },
  };
}
