import { randomFillSync } from 'node:crypto';
import { processWide } from './process-wide';

const state = processWide('ids', () => ({ lastMillis: 0, counter: 0 }));

/**
 * A UUID version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then a 12-bit counter that makes ids of one process
 * grow even within a millisecond (§6.2 method 1), then 62 random bits. Sorting by id is sorting by creation.
 */
export function newId(): string {
  const now = Date.now();
  if (now > state.lastMillis) {
    state.lastMillis = now;
    state.counter = (randomFillSync(new Uint16Array(1))[0] ?? 0) & 0x7ff; // headroom, so that the counter rarely overflows
  } else if (++state.counter > 0xfff) {
    state.lastMillis += 1;
    state.counter = 0;
  }
  const { lastMillis, counter } = state;
  const bytes = randomFillSync(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(lastMillis / 2 ** 32));
  view.setUint32(2, lastMillis % 2 ** 32);
  view.setUint16(6, 0x7000 | counter);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether this is a UUID in its canonical lower-case form. */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}
