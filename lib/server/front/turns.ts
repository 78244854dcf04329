import { performance } from 'node:perf_hooks';

/**
 * Starts requests in order of arrival, a few in each turn of the event loop. A turn accepts about one new connection,
 * and would otherwise last as long as all busy connections have work: with fifty of them, a new connection waits until
 * they pause. A request does most of its work in later turns, and requests started together do it in the same one. So
 * the number of starts follows the length of turns: halved after a long one, doubled after a short one.
 */
export class Turns {
  static readonly MAX_STARTS = 32;
  static readonly MAX_MILLIS = 5;
  /** About two seconds of work. */
  static readonly MAX_WAITING = 1024;
  static readonly LONG_TURN_MILLIS = 20;

  readonly #waiting: Array<() => void> = [];
  #immediates = 0;
  #turnBegan: number | null = null;
  #holds = 0;
  #lastBegan = 0;
  #allowed = Turns.MAX_STARTS;
  #started = 0;

  /** `now`: milliseconds for which the event loop has been busy; idle time does not count. */
  constructor(
    private readonly maxWaiting = Turns.MAX_WAITING,
    private readonly now: () => number = () => performance.eventLoopUtilization().active,
  ) {}

  /** False: the queue is full, and `start` is not called. */
  enqueue(start: () => void): boolean {
    if (this.#waiting.length >= this.maxWaiting) return false;
    this.#waiting.push(start);
    this.#schedule();
    return true;
  }

  /** Starts nothing until every hold is released, so that turns are short and new connections are accepted quickly. */
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

  /** An immediate per start, so that a request's synchronous work counts for its turn. */
  #schedule(): void {
    if (this.#holds > 0) return;
    const wanted = Math.min(this.#waiting.length, Turns.MAX_STARTS);
    while (this.#immediates < wanted) {
      this.#immediates++;
      setImmediate(() => this.#startNext());
    }
  }

  #startNext(): void {
    this.#turnBegan ??= this.#beginTurn();
    const isInTime = this.#started < this.#allowed && this.now() - this.#turnBegan < Turns.MAX_MILLIS;
    const start = isInTime && this.#holds === 0 ? this.#waiting.shift() : undefined;
    if (start) this.#started++;
    try {
      start?.();
    } finally {
      this.#immediates--;
      if (this.#immediates === 0) {
        this.#turnBegan = null;
        this.#schedule(); // in the next turn
      }
    }
  }

  #beginTurn(): number {
    const began = this.now();
    const isLong = began - this.#lastBegan > Turns.LONG_TURN_MILLIS;
    this.#allowed = isLong ? Math.max(1, Math.floor(this.#allowed / 2)) : Math.min(Turns.MAX_STARTS, this.#allowed * 2);
    this.#lastBegan = began;
    this.#started = 0;
    return began;
  }
}
