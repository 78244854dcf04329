import type { Io } from './output';

const WIDTH = 24;
const PAUSE_MILLIS = 100;

/** A progress bar on a terminal; elsewhere it prints nothing. */
export class Progress {
  #shownAt = 0;

  constructor(
    private readonly io: Io,
    private readonly verb: string,
    /** Null: unknown. */
    private readonly total: number | null,
    private readonly unit: 'identities' | 'rows' | 'bytes' = 'identities',
  ) {}

  show(done: number): void {
    if (!this.io.isTerminal || performance.now() - this.#shownAt < PAUSE_MILLIS) return;
    this.#shownAt = performance.now();
    this.io.err(`\r${this.verb} ${this.#bar(done)}`);
  }

  end(): void {
    if (this.#shownAt > 0) this.io.err(`\r${' '.repeat(WIDTH + 60)}\r`);
  }

  #bar(done: number): string {
    const amount = this.unit === 'bytes' ? `${(done / 1_048_576).toFixed(1)} MB` : done.toLocaleString('en');
    if (this.total === null || this.total === 0) return amount;
    const share = Math.min(done / this.total, 1);
    const filled = Math.round(share * WIDTH);
    return `[${'#'.repeat(filled)}${' '.repeat(WIDTH - filled)}] ${Math.floor(share * 100)} % (${amount})`;
  }
}
