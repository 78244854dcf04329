import type { GrantableScope } from '@/lib/api-credential/model';
import type { ActorKind } from '@/lib/audit/model';
import type { JsonObject } from '@/lib/platform/json';

/** `stopped`: by a person or program. `failed`: the person or program lost the permission, or an error did not go away. */
export const JOB_STATES = ['queued', 'running', 'finished', 'stopped', 'failed'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** The rows of a table of jobs in a state, as a filter; the columns are those of `stateOf`. */
export const JOB_IN_STATE = {
  queued: { finishedAt: null, position: null },
  running: { finishedAt: null, position: { not: null } },
  finished: { finishedAt: { not: null }, endedBy: null },
  stopped: { finishedAt: { not: null }, endedBy: 'stopped' },
  failed: { finishedAt: { not: null }, endedBy: { notIn: ['stopped'] } },
} satisfies Record<JobState, object>;

/**
 * Why a job offers no undo. `unfinished`: it still works. `nothing_changed`: it has no events. `not_undoable`: what it
 * did has no undo, such as ending sessions. `undone`: another job undoes it, or has.
 */
export const NO_UNDO_REASONS = ['unfinished', 'nothing_changed', 'not_undoable', 'undone'] as const;
export type NoUndoReason = (typeof NO_UNDO_REASONS)[number];
export type UndoState = { possible: true } | { possible: false; reason: NoUndoReason; jobId?: string };

/** An identity that a job left as it was. The first of them are listed, all are counted. */
export type LeftOutIdentity<Reason extends string = string> = { id: string; reason: Reason };
export type LeftOutCounts<Reason extends string = string> = Partial<Record<Reason, number>>;
export type LeftOut<Reason extends string = string> = {
  counts: LeftOutCounts<Reason>;
  people: Array<LeftOutIdentity<Reason>>;
};
const MAX_LEFT_OUT_LISTED = 200;

/** What all jobs look like, whichever noun does them: on screens, in the API and on the command line. */
export type JobView = {
  /** UUID version 7, unique among all sources: lists of all jobs sort by it. */
  id: string;
  projectId: string;
  /** Unique among all sources, such as `deactivate` or `import`. */
  kind: string;
  state: JobState;
  /** In whose name it acts. */
  actor: { kind: ActorKind; id: string | null };
  /** Number of identities it handles, including those it leaves out; null: not known yet. */
  total: number | null;
  /** Number of identities it changed. */
  done: number;
  unchanged: number;
  leftOut: LeftOut;
  /** What only this kind of job reports, without secrets. */
  result: JsonObject;
  createdAt: Date;
  finishedAt: Date | null;
  /** As far as the source knows; the registry adds the job that undid it. */
  undo: UndoState;
  /** The job that this one undoes. */
  undoes: string | null;
};

export type JobFilter = { kinds?: readonly string[] | undefined; states?: readonly JobState[] | undefined };

/** Newest first. `before` is a job ID: only older ones. */
export type JobWindow = { before?: string | undefined; limit: number };

/** In whose name a job acts, for as long as they may. */
export type Principal =
  | (Requester & {
      kind: 'operator';
      /** The project of the operator's identity. */
      projectId: string;
      organizationId: string;
      /** The revocation epoch when the job was started. */
      epoch: number;
    })
  | (Requester & {
      kind: 'api_credential';
      /** The scopes that the job needs. */
      scopes: GrantableScope[];
    })
  | { kind: 'cli' };
type Requester = { id: string; requestId: string | null; address: string | null };

/** What a row says about its progress. `endedBy`: why it ended early. */
type Progress = {
  position: string | null;
  endedBy: 'stopped' | 'not_permitted' | 'failed' | null;
  finishedAt: Date | null;
};

export function stateOf({ position, endedBy, finishedAt }: Progress): JobState {
  if (finishedAt === null) return position === null ? 'queued' : 'running';
  if (endedBy === null) return 'finished';
  return endedBy === 'stopped' ? 'stopped' : 'failed';
}

export function isOver({ state }: Pick<JobView, 'state'>): boolean {
  return state !== 'queued' && state !== 'running';
}

export function handledCount({ done, unchanged, leftOut }: Pick<JobView, 'done' | 'unchanged' | 'leftOut'>): number {
  return done + unchanged + leftOutCount(leftOut.counts);
}

export function leftOutCount(counts: LeftOutCounts): number {
  return Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

export function withLeftOut<Reason extends string>(
  { counts, people }: LeftOut<Reason>,
  id: string,
  reason: Reason,
): LeftOut<Reason> {
  return {
    counts: { ...counts, [reason]: (counts[reason] ?? 0) + 1 },
    people: people.length < MAX_LEFT_OUT_LISTED ? [...people, { id, reason }] : people,
  };
}

export const ENDINGS = ['stopped', 'not_permitted', 'failed'] as const;

/** The undo of a whole job, one audit event at a time, newest first. */
export type UndoJob = {
  id: string;
  projectId: string;
  undoes: string;
  /** `undoes` while it works or has finished; null once it ended early. Unique in a project. */
  claim: string | null;
  actorKind: ActorKind;
  actorId: string | null;
  /** Encrypted; null once finished. */
  principal: string | null;
  /** Number of events. */
  total: number;
  /** ID of the last event that was handled. */
  position: string | null;
  done: number;
  unchanged: number;
  leftOut: LeftOut;
  endedBy: (typeof ENDINGS)[number] | null;
  createdAt: Date;
  finishedAt: Date | null;
};

export const UNDO_KIND = 'undo';
