import type { Database } from 'better-sqlite3';

/**
 * A read transaction for the reads of one run of JavaScript. Without it, SQLite begins and ends a transaction for each
 * statement, which costs as much as the statement. It ends before the event loop continues, so a read never sees less than
 * what was committed when its callback began.
 */
export class SqliteSnapshot {
  readonly #database: Database;
  readonly #begin;
  readonly #commit;
  readonly #end = () => this.end();
  #isOpen = false;

  constructor(database: Database) {
    this.#database = database;
    this.#begin = database.prepare('BEGIN');
    this.#commit = database.prepare('COMMIT');
  }

  /** Call before each read. */
  open(): void {
    if (this.#isOpen) return;
    this.#begin.run();
    this.#isOpen = true;
    process.nextTick(this.#end); // after all promises that settle until then
  }

  /** Call after a commit of this process: later reads must see it. */
  end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (this.#database.open) this.#commit.run();
  }
}
