import type { ActorKind } from '@/lib/audit/model';
import type { LeftOut } from '@/lib/job/model';
import type { JsonObject } from '@/lib/platform/json';
import type { Reason } from './model/reason';
import type { Repair } from './model/repair';

/** `schema_impact` only reads. `schema_publish` moves identities to a new version; `schema_undo` puts back what a job did. */
export const SCHEMA_CHANGE_KINDS = ['schema_impact', 'schema_publish', 'schema_undo'] as const;
export type SchemaChangeKind = (typeof SCHEMA_CHANGE_KINDS)[number];

/**
 * Why an identity stays on its version. `invalid`: the new version refuses it. `changed`: refused, and changed since the
 * impact was read. `chosen`: a repair leaves it. `operator`: contract 8.1. `conflict`: what an undo would put back was
 * changed since. `failed`: an error that did not go away; the log has it.
 */
export const STAY_REASONS = [
  'invalid',
  'changed',
  'chosen',
  'operator',
  'identifier_taken',
  'conflict',
  'gone',
  'failed',
] as const;
export type StayReason = (typeof STAY_REASONS)[number];

export type SchemaChange = {
  id: string;
  projectId: string;
  kind: SchemaChangeKind;
  schemaId: string;
  /** The newest version when it started. */
  baseVersion: number;
  /** The version that a publication made; null: none. */
  version: number | null;
  document: JsonObject;
  repairs: Repair[];
  /** The job whose result was confirmed, or which is undone. */
  sourceJobId: string | null;
  /** The schema's ID while it moves identities. */
  claim: string | null;
  actorKind: ActorKind;
  actorId: string | null;
  /** Encrypted: in whose name it acts. */
  principal: string;
  /** Counted by the job's first step. */
  total: number | null;
  /** ID of the last identity, or event of an undo, that was handled. */
  position: string | null;
  done: number;
  unchanged: number;
  leftOut: LeftOut<StayReason>;
  /** Of an impact; null until its first step. */
  impact: Impact | null;
  endedBy: 'stopped' | 'not_permitted' | 'failed' | null;
  createdAt: Date;
  finishedAt: Date | null;
};

/** Every identity of the schema is in exactly one of `valid`, `repaired`, `left`, `operators` and `invalid`. */
export type Impact = {
  scanned: number;
  valid: number;
  /** Valid once the repairs have changed them. */
  repaired: number;
  /** Stay on their version by a repair. */
  left: number;
  invalid: number;
  /** Operators that the caller may not change (contract 8.1). */
  operators: number;
  /** Among those that would move: lose their last identifier, and with it the way to sign in. */
  locked: number;
  reasons: Reason[];
  /** Whether there were more reasons than are kept. */
  hasMoreReasons: boolean;
  /** By repair, in order: identities that it changed, and that it could not change. */
  repairs: Array<{ changed: number; failed: number }>;
  /** IDs of the first identities that the repairs change. */
  changedPeople: string[];
};

export const MAX_CHANGED_PEOPLE = 10;

export function emptyImpact(repairs: number): Impact {
  return {
    ...{ scanned: 0, valid: 0, repaired: 0, left: 0, operators: 0, invalid: 0, locked: 0 },
    reasons: [],
    hasMoreReasons: false,
    repairs: Array.from({ length: repairs }, () => ({ changed: 0, failed: 0 })),
    changedPeople: [],
  };
}
