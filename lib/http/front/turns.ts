/**
 * Starts requests in the order they came, a few in each turn of the event loop. A turn accepts about one new connection, and
 * would otherwise last as long as all connections that are busy: with fifty of them a newcomer waits until they pause.
 */
export class Turns {
  static readonly MAX_STARTS = 32;
  static readonly MAX_MILLIS = 5;
  /** About two seconds of work. */
  static readonly MAX_WAITING = 1024;

  readonly #waiting: Array<() => void> = [];
  #immediates = 0;
  #turnBegan: number | null = null;
  #holds = 0;

  constructor(
    private readonly maxWaiting = Turns.MAX_WAITING,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** False: too many wait already, and `start` is not called. */
  enqueue(start: () => void): boolean {
    if (this.#waiting.length >= this.maxWaiting) return false;
    this.#waiting.push(start);
    this.#schedule();
    return true;
  }

  /** Starts nothing until each hold is released, so that turns are short and new connections come in quickly. */
  hold(): void {
    this.#holds++;
  }

  release(): void {
    this.#holds--;
    this.#schedule();
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** An immediate for each start, so that what a request does at once counts for its turn. */
  #schedule(): void {
    if (this.#holds > 0) return;
    const wanted = Math.min(this.#waiting.length, Turns.MAX_STARTS);
    while (this.#immediates < wanted) {
      this.#immediates++;
      setImmediate(() => this.#startNext());
    }
  }

  #startNext(): void {
    this.#turnBegan ??= this.now();
    const isInTime = this.now() - this.#turnBegan < Turns.MAX_MILLIS;
    const start = isInTime && this.#holds === 0 ? this.#waiting.shift() : undefined;
    try {
      start?.();
    } finally {
      this.#immediates--;
      if (this.#immediates === 0) {
        this.#turnBegan = null;
        this.#schedule(); // for the next turn
      }
    }
  }
}
