import type { IdentityState } from '@/lib/identity/model';

/** Actions of operators on many identities at once. */
export const BULK_KINDS = ['activate', 'deactivate', 'sign_out', 'delete', 'invite'] as const;
export type BulkKind = (typeof BULK_KINDS)[number];

/** Whether identities may already be as the action leaves them. */
export function hasUnchanged(kind: BulkKind): kind is 'activate' | 'deactivate' | 'sign_out' {
  return kind === 'activate' || kind === 'deactivate' || kind === 'sign_out';
}

/** Those named, or all that match a filter when the action is confirmed. */
export type Selection = { ids: string[] } | { matching: Matching };
export type Matching = {
  words: string;
  state: IdentityState | null;
  schemaId: string | null;
  passkeys: 'none' | 'one_device' | null;
};

/** Selected by name. More are selected by a filter. */
export const MAX_SELECTED = 1000;

/**
 * Why a person is left out. `operator`: their role is above the operator's own (contract 8.1). `self`: the operator.
 * `no_address`: no verified address to invite. `invited`: recently. `not_needed`: has a synced passkey or
 * several. `failed`: an error that did not go away; the log has it.
 */
export const LEFT_OUT_REASONS = [
  'operator',
  'self',
  'last_owner',
  'inactive',
  'not_needed',
  'no_address',
  'invited',
  'gone',
  'failed',
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];
export type LeftOutCounts = Partial<Record<LeftOutReason, number>>;

/** What an action would do now, in exact numbers. `matched` includes those left out and those already in that state. */
export type Survey = {
  matched: number;
  affected: number;
  unchanged: number;
  sessions: number;
  passkeys: number;
  leftOut: LeftOutCounts;
};

export type BulkAction = {
  id: string;
  projectId: string;
  kind: BulkKind;
  organizationId: string;
  operatorId: string;
  operatorEpoch: number;
  /** Encrypted; null once finished. */
  selection: string | null;
  total: number;
  position: string | null;
  done: number;
  unchanged: number;
  endedSessions: number;
  leftOut: LeftOut;
  /** `stopped` by an operator; `not_permitted`: the operator lost the role. */
  endedBy: 'stopped' | 'not_permitted' | null;
  createdAt: Date;
  finishedAt: Date | null;
};

/** The first ones are listed; all are counted. */
export type LeftOut = { counts: LeftOutCounts; people: Array<{ id: string; reason: LeftOutReason }> };
const MAX_LEFT_OUT_LISTED = 200;

/** What happened to one identity. `ended`: sessions. `skipped`: created after the confirmation, so never counted. */
export type Outcome =
  | { type: 'done'; ended: number }
  | { type: 'unchanged' }
  | { type: 'skipped' }
  | { type: 'left_out'; reason: LeftOutReason };

export function handledCount({ done, unchanged, leftOut }: Pick<BulkAction, 'done' | 'unchanged' | 'leftOut'>): number {
  return done + unchanged + leftOutCount(leftOut.counts);
}

export function leftOutCount(counts: LeftOutCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

export function withLeftOut({ counts, people }: LeftOut, id: string, reason: LeftOutReason): LeftOut {
  const isListed = reason !== 'gone' && people.length < MAX_LEFT_OUT_LISTED;
  return {
    counts: { ...counts, [reason]: (counts[reason] ?? 0) + 1 },
    people: isListed ? [...people, { id, reason }] : people,
  };
}
