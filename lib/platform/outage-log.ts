import { type Fields, log } from './log';
import { processWide } from './process-wide';

/**
 * Without a database every request fails for the same reason, often hundreds per second: logged once a second, with the
 * number of failures not logged.
 */
const LOG_INTERVAL_MILLIS = 1000;
const state = processWide('outage_log', () => ({ loggedAt: Number.NEGATIVE_INFINITY, unlogged: 0 }));

/** For tests: the next outage is logged immediately. */
export function resetOutageLog(): void {
  Object.assign(state, { loggedAt: Number.NEGATIVE_INFINITY, unlogged: 0 });
}

export function logOutage(code: string, fields: Fields): void {
  const now = performance.now();
  if (now - state.loggedAt < LOG_INTERVAL_MILLIS) {
    state.unlogged += 1;
    return;
  }
  log.error('database unavailable', {
    ...fields,
    database_code: code,
    ...(state.unlogged > 0 && { not_logged: state.unlogged }),
  });
  Object.assign(state, { loggedAt: now, unlogged: 0 });
}
