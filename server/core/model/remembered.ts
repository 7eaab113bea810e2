// What is worked out of the parts of a document, on first use, and goes with them. It depends on the part and on what the
// part leads to, so that nobody can see the difference: who is given it has looked where it was looked to make it.
import { attached } from './attached.ts';
import { looking } from './looking.ts';

interface Made<V> {
  readonly value: V;
  /** More than the part was looked at. */
  readonly around: boolean;
  readonly stages: readonly object[];
}

const none: readonly object[] = [];

function make<V>(work: () => V): Made<V> {
  const { around, asked, stages } = looking;
  const seen = stages.length;
  looking.around = false;
  looking.asked = false;
  const value = work();
  // An answer that is remembered counts as looked for by all who are given it.
  const made = {
    value,
    around: looking.around || looking.asked,
    stages: stages.length === seen ? none : [...new Set(stages.slice(seen))],
  };
  stages.length = seen;
  looking.around = around;
  looking.asked = asked;
  return made;
}

function given<V>({ value, around, stages }: Made<V>): V {
  if (around) looking.around = true;
  for (const stage of stages) looking.stages.push(stage);
  return value;
}

/** The same function, called once for each key. */
export function rememberFor<K extends object, V>(work: (key: K) => V): (key: K) => V {
  const made = attached<K, Made<V>>();
  return key => {
    let known = made.get(key);
    if (known === undefined) {
      known = make(() => work(key));
      made.set(key, known);
    }
    return given(known);
  };
}

/** The same for the parts of something larger, which is handed over with each of them. */
export function rememberPart<K extends object, W extends object, V>(
  work: (whole: W, part: K) => V,
): (whole: W, part: K) => V {
  const wholes = attached<W, Map<K, Made<V>>>();
  return (whole, part) => {
    let parts = wholes.get(whole);
    if (parts === undefined) {
      parts = new Map();
      wholes.set(whole, parts);
    }
    let known = parts.get(part);
    if (known === undefined) {
      known = make(() => work(whole, part));
      parts.set(part, known);
    }
    return given(known);
  };
}
