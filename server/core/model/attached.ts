// What is attached to an object, and goes when the object goes. To V8's collector of what is young, a WeakMap that is older
// than its keys holds what they map to: with every edit, a whole version of the file, until all that is old is gone through.

/** Hidden from whoever lists, copies or compares properties. */
const place = Symbol('attached');

/** The object itself, since one that is made from another finds what the other has; then keys and values in turn. */
type List = [owner: object, ...unknown[]];

export interface Attached<K extends object, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
}

const listOf = (key: object): List | undefined => {
  const list = (key as { readonly [place]?: List })[place];
  return list?.[0] === key ? list : undefined;
};

/** Of one purpose: other purposes attach other things to the same objects. */
export function attached<K extends object, V>(): Attached<K, V> {
  const purpose = {
    get(key: K): V | undefined {
      const list = listOf(key);
      const at = list?.indexOf(purpose) ?? -1;
      return at < 0 ? undefined : (list?.[at + 1] as V);
    },
    set(key: K, value: V): void {
      let list = listOf(key);
      if (list === undefined) {
        list = [key];
        Object.defineProperty(key, place, { value: list });
      }
      const at = list.indexOf(purpose);
      if (at < 0) list.push(purpose, value);
      else list[at + 1] = value;
    },
  };
  return purpose;
}
