// Keys under the cursor: which one it is, and what is said of it.
import type { ComposeModel } from '../../model/compose/model.ts';
import type { YamlNode, YamlPair } from '../../model/yaml/node.ts';
import { contains, emptySpan, type Span } from '../../text/span.ts';
import type { YamlPath } from '../yaml/place.ts';
import { usedPath } from './fragments.ts';
import { keyText, shapeAt } from './key-text.ts';

interface KeyAt {
  readonly path: YamlPath;
  readonly span: Span;
}

/** The key that holds an offset, or ends at it. */
function keyAt({ root }: ComposeModel, offset: number): KeyAt | null {
  const place = emptySpan(offset);
  const path: (string | null)[] = [];
  let node: YamlNode | null = root;
  while (node !== null) {
    if (node.kind === 'map') {
      const pair: YamlPair | undefined = node.pairs.find(
        ({ key, value }) => contains(key.span, place) || (value !== null && contains(value.span, place)),
      );
      if (pair === undefined) return null;
      path.push(pair.key.text);
      if (contains(pair.key.span, place)) return { path, span: pair.key.span };
      node = pair.value;
    } else if (node.kind === 'sequence') {
      path.push(null);
      node = node.items.find(item => contains(item.span, place)) ?? null;
    } else {
      return null;
    }
  }
  return null;
}

export interface KeyHelp {
  readonly span: Span;
  readonly key: string;
  readonly text: string;
  /** The values it takes, where they are few; empty elsewhere. */
  readonly choices: readonly string[];
  /** Its chapter of the reference; null where there is none. */
  readonly url: string | null;
}

const pages = new Set(['services', 'networks', 'volumes', 'secrets', 'configs', 'models', 'include']);
/** Keys of a service that have a page of their own. */
const ownPages = new Set(['build', 'deploy', 'develop']);

function pageOf([section, , first, second]: YamlPath): string | null {
  if (typeof section !== 'string' || !pages.has(section)) return null;
  const page = section === 'services' && first && ownPages.has(first) ? first : section;
  const chapter = page === section ? first : second;
  return `https://docs.docker.com/reference/compose-file/${page}/${chapter ? `#${chapter}` : ''}`;
}

/** Null where there is no key of the specification. */
export function keyHelpAt(model: ComposeModel, offset: number): KeyHelp | null {
  const found = keyAt(model, offset);
  if (found === null) return null;
  const path = usedPath(model, found.path);
  const text = keyText(path);
  if (text === null) return null;
  const choices = shapeAt(path)?.choices ?? [];
  return { span: found.span, key: path.at(-1) ?? '', text, choices, url: pageOf(path) };
}
