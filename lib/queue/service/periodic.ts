import { type ClaimingJob, claimingJob, type PeriodicJob } from '@/lib/platform/job';
import * as rows from '../repository';
import { claimFirst } from './lease';
import { perform } from './perform';

/** All periodic jobs as one claiming job: they run one after the other, each once per period among all processes. */
export function periodicJobs(jobs: readonly PeriodicJob[]): ClaimingJob {
  const byName = new Map(jobs.map((job) => [job.name, job]));
  let isPrepared = false;
  return claimingJob({
    name: rows.PERIODIC,
    concurrency: 1,
    async claimNext(now) {
      if (!isPrepared)
        await rows.insertPeriodic(
          jobs.map(({ name, everySeconds }) => ({ id: name, nextAt: after(now, everySeconds) })),
          now,
        );
      isPrepared = true;
      return claimFirst(now, (limit) => rows.listDue(rows.PERIODIC, now, limit, [...byName.keys()]));
    },
    async run(claimed, signal) {
      const job = byName.get(claimed.id);
      if (!job) return;
      const { name, everySeconds, run } = job;
      const onDone = () => rows.reschedule(claimed, after(new Date(), everySeconds), 0);
      await perform(claimed, { name, run, onDone, maxPauseSeconds: everySeconds, isLoggedWhenDone: false }, signal);
    },
  });
}

function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
