import { type Fields, log } from './log';

/**
 * When the database is gone every request fails of the same cause, often hundreds a second: one line a second says so, and how many
 * more there were. On globalThis, because the front server and Next's build each carry a copy of this module.
 */
const EVERY_MILLIS = 1000;
const SLOT = Symbol.for('signet.outage_log');
type State = { saidAt: number; unsaid: number };
const holder: { [key: symbol]: State | undefined } = globalThis as never;

export function logOutage(code: string, fields: Fields): void {
  holder[SLOT] ??= { saidAt: Number.NEGATIVE_INFINITY, unsaid: 0 };
  const state = holder[SLOT];
  const now = performance.now();
  if (now - state.saidAt < EVERY_MILLIS) {
    state.unsaid += 1;
    return;
  }
  log.error('database unavailable', {
    ...fields,
    database_code: code,
    ...(state.unsaid > 0 && { not_logged: state.unsaid }),
  });
  holder[SLOT] = { saidAt: now, unsaid: 0 };
}
