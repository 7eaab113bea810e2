// The largest of many, without keeping them all.

/** At most `count` items, the largest first; of equals the earlier one first. */
export class Largest<Item> {
  readonly #items: { readonly item: Item; readonly size: number }[] = [];
  readonly #count: number;

  constructor(count: number) {
    this.#count = count;
  }

  add(item: Item, size: number): void {
    const smallest = this.#items.at(-1);
    if (size === 0 || (this.#items.length === this.#count && smallest && smallest.size >= size)) return;
    const at = this.#items.findIndex(other => other.size < size);
    this.#items.splice(at < 0 ? this.#items.length : at, 0, { item, size });
    if (this.#items.length > this.#count) this.#items.pop();
  }

  get items(): Item[] {
    return this.#items.map(({ item }) => item);
  }
}
