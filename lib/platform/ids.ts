import { randomFillSync } from 'node:crypto';
import { processWide } from './process-wide';

const state = processWide('ids', () => ({ lastMillis: 0, counter: 0, random: Buffer.alloc(4096), used: 4096 }));

/**
 * A UUID version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then a 12-bit counter that makes ids of one process
 * grow even within a millisecond (§6.2 method 1), then 62 random bits. Sorting by id is sorting by creation.
 */
export function newId(): string {
  const now = Date.now();
  if (now > state.lastMillis) {
    state.lastMillis = now;
    state.counter = randomBytes(2).readUInt16BE() & 0x7ff; // headroom, so that the counter rarely overflows
  } else if (++state.counter > 0xfff) {
    state.lastMillis += 1;
    state.counter = 0;
  }
  const { lastMillis, counter } = state;
  const time = lastMillis.toString(16).padStart(12, '0');
  const random = randomBytes(8);
  random.writeUInt8(((random[0] ?? 0) & 0x3f) | 0x80);
  const order = (0x7000 | counter).toString(16);
  const hex = random.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-${order}-${hex.slice(0, 4)}-${hex.slice(4)}`;
}

/** Bytes from a pool: one call of the system's generator per ID would cost more than the rest of it. */
function randomBytes(length: number): Buffer {
  if (state.used + length > state.random.length) {
    randomFillSync(state.random);
    state.used = 0;
  }
  state.used += length;
  return state.random.subarray(state.used - length, state.used);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether this is a UUID in its canonical lower-case form. */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}
