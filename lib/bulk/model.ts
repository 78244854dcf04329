import type { ActorKind, FieldChanges } from '@/lib/audit/model';
import type { StateFilter } from '@/lib/identity/model';
import type { LeftOut as LeftOutOf } from '@/lib/job/model';
import type { Json } from '@/lib/platform/json';

/** Actions on many identities at once. */
export const BULK_KINDS = [
  'activate',
  'deactivate',
  'set_field',
  'remove_field',
  'move_schema',
  'sign_out',
  'invite',
  'delete',
] as const;
export type BulkKind = (typeof BULK_KINDS)[number];
export const FIELD_KINDS = ['set_field', 'remove_field', 'move_schema'] as const satisfies readonly BulkKind[];

/** An action with what it needs. `pointer` is below `/traits`, `/metadata_public` or `/metadata_admin`. */
export type BulkRequest =
  | { kind: Exclude<BulkKind, (typeof FIELD_KINDS)[number]> }
  | { kind: 'set_field'; pointer: string; value: Json }
  | { kind: 'remove_field'; pointer: string }
  | { kind: 'move_schema'; schemaId: string };

/** The part of an action that is kept after its end, without values. */
export function targetOf(request: BulkRequest): string | null {
  if (request.kind === 'move_schema') return request.schemaId;
  return 'pointer' in request ? request.pointer : null;
}

/** Whether identities may already be as the action leaves them. */
export function hasUnchanged(kind: BulkKind): kind is Exclude<BulkKind, 'invite' | 'delete'> {
  return kind !== 'invite' && kind !== 'delete';
}

export function isBulkKind(value: unknown): value is BulkKind {
  return BULK_KINDS.some((kind) => kind === value);
}

/** Whether what the action did can be undone as a whole. */
export function isUndoable({ kind, target }: Pick<BulkAction, 'kind' | 'target'>): boolean {
  if (kind === 'delete') return target === RECYCLE_BIN;
  return kind === 'activate' || kind === 'deactivate' || FIELD_KINDS.some((field) => field === kind);
}

/** The target of a deletion that keeps identities in the recycle bin. */
export const RECYCLE_BIN = 'recycle_bin';

/** Those named, or all that match a filter when the action is confirmed. */
export type Selection = { ids: string[] } | { matching: Matching };
export type Matching = {
  words: string;
  state: StateFilter | null;
  schemaId: string | null;
  passkeys: 'none' | 'one_device' | null;
};

/** Selected by name. More are selected by a filter. */
export const MAX_SELECTED = 1000;

/**
 * Why a person is left out. `operator`: their role is above the operator's own (contract 8.1). `self`: the operator.
 * `no_address`: no verified address to invite. `invited`: recently. `not_needed`: has a synced passkey or
 * several. `invalid`: the traits would not match the schema. `identifier`: the change would concern what they sign in with.
 * `taken`: another identity has the identifier. `failed`: an error that did not go away; the log has it.
 */
export const LEFT_OUT_REASONS = [
  'operator',
  'self',
  'last_owner',
  'inactive',
  'not_needed',
  'no_address',
  'invited',
  'invalid',
  'identifier',
  'taken',
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
  /** What changes for the first of those affected. */
  samples: Sample[];
  /** Why traits would be invalid: each fault with the number of people. */
  faults: Array<{ fault: string; count: number }>;
  /** The first of them. */
  invalid: Array<{ id: string; name: string; fault: string }>;
};
export type Sample = { id: string; name: string; changes: FieldChanges };
/** In a survey. */
export const MAX_SAMPLES = 10;

export type BulkAction = {
  id: string;
  projectId: string;
  kind: BulkKind;
  /** JSON Pointer or schema ID that it changes, `RECYCLE_BIN`, or null. */
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
