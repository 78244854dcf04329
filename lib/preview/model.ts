import type { EventRecord } from '@/lib/audit/service';
import { HELD_KINDS, type HeldCounts } from '@/lib/identity/model/held';

/** What a change would do. */
export type Preview = {
  /** The audit events it would record. */
  events: EventRecord[];
  /** How much would end or be deleted. */
  ends: HeldCounts;
};

export const NOTHING_ENDS = Object.fromEntries(HELD_KINDS.map((kind) => [kind, 0])) as HeldCounts;

export function addCounts(one: HeldCounts, other: HeldCounts): HeldCounts {
  return Object.fromEntries(HELD_KINDS.map((kind) => [kind, one[kind] + other[kind]])) as HeldCounts;
}
