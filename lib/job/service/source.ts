import type { Tx } from '@/lib/platform/db/transaction';
import type { JobFilter, JobView, JobWindow, Principal } from '../model';

/** What a noun with jobs offers to the registry (lib/jobs/sources.ts). Each read is scoped to the project. */
export type JobSource = {
  kinds: readonly string[];
  find: (projectId: string, id: string, tx?: Tx) => Promise<JobView | null>;
  list: (projectId: string, filter: JobFilter, window: JobWindow) => Promise<JobView[]>;
  /** Ends a job before its next identity; does nothing if it has ended. */
  stop: (projectId: string, id: string, tx?: Tx) => Promise<void>;
  /** Starts the undo of a job that `find` calls possible; resolves to the ID of the undoing job. Absent: event by event. */
  undo?: (principal: Principal, projectId: string, id: string, options?: { tx?: Tx }) => Promise<string>;
  /** Runs a queued job in this process, for the command line; does nothing while a server does. */
  finish: (id: string, signal: AbortSignal) => Promise<unknown>;
};
