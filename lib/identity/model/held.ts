/** What an identity holds that a change can end or delete. */
export const HELD_KINDS = [
  'sessions',
  'passkeys',
  'recovery_codes',
  'codes',
  'links',
  'ceremonies',
  'addresses',
] as const;
export type HeldKind = (typeof HELD_KINDS)[number];

/** One of them, while it is valid. */
export type Held = { kind: HeldKind; id: string };

export type HeldCounts = Record<HeldKind, number>;

/** Counts those of `before` that are not in `after`. */
export function countEnded(before: readonly Held[], after: readonly Held[]): HeldCounts {
  const left = new Set(after.map(({ id }) => id));
  const ended = before.filter(({ id }) => !left.has(id));
  const count = (kind: HeldKind) => ended.filter((held) => held.kind === kind).length;
  return Object.fromEntries(HELD_KINDS.map((kind) => [kind, count(kind)])) as HeldCounts;
}
