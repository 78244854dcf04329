/**
 * A Map of bounded size that forgets entries unused for long. For values that can be recomputed and never change. Two
 * generations instead of the exact order of use, which would cost each `get` three look-ups.
 */
export class BoundedCache<Value> {
  #recent = new Map<string, Value>();
  /** No key is in both. */
  #older = new Map<string, Value>();

  constructor(private readonly maxSize: number) {}

  get(key: string): Value | undefined {
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const older = this.#older.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: string, value: Value): void {
    if (this.#recent.size >= this.maxSize / 2 && !this.#recent.has(key)) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#older.delete(key);
    this.#recent.set(key, value);
  }

  delete(key: string): void {
    this.#recent.delete(key);
    this.#older.delete(key);
  }

  get size(): number {
    return this.#recent.size + this.#older.size;
  }
}
