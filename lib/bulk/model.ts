import type { ActorKind } from '@/lib/audit/model';
import type { IdentityState } from '@/lib/identity/model';
import type { LeftOut as LeftOutOf } from '@/lib/job/model';

/** Actions of operators on many identities at once. */
export const BULK_KINDS = ['activate', 'deactivate', 'sign_out', 'delete', 'invite'] as const;
export type BulkKind = (typeof BULK_KINDS)[number];

/** Whether identities may already be as the action leaves them. */
export function hasUnchanged(kind: BulkKind): kind is 'activate' | 'deactivate' | 'sign_out' {
  return kind === 'activate' || kind === 'deactivate' || kind === 'sign_out';
}

export function isBulkKind(value: unknown): value is BulkKind {
  return BULK_KINDS.some((kind) => kind === value);
}

/** Whether what the action did can be undone as a whole. */
export function isUndoable(kind: BulkKind): boolean {
  return kind === 'activate' || kind === 'deactivate';
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
export type LeftOut = LeftOutOf<LeftOutReason>;
export type LeftOutCounts = LeftOut['counts'];

/** What an action would do now, in exact numbers. `matched` includes those left out and those already in that state. */
export type Survey = {
  matched: number;
  affected: number;
  unchanged: number;
  sessions: number;
  passkeys: number;
  leftOut: LeftOutCounts;
  /** For how many days those deleted can be restored; 0: the deletion is permanent. */
  recycleBinDays?: number;
};

export type BulkAction = {
  id: string;
  projectId: string;
  kind: BulkKind;
  /** JSON Pointer or schema ID that it changes, or null. */
  target: string | null;
  actorKind: ActorKind;
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

/** What happened to one identity. `ended`: sessions. `skipped`: created after the confirmation, so never counted. */
export type Outcome =
  | { type: 'done'; ended: number }
  | { type: 'unchanged' }
  | { type: 'skipped' }
  | { type: 'left_out'; reason: LeftOutReason };
