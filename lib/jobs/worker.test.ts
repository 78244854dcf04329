import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import type { Job } from '@/lib/platform/job';
import { LEASE_SECONDS } from '@/lib/platform/lease';
import { metrics } from '@/lib/platform/metrics';
import { type ClaimedJob, jobId } from '@/lib/queue/model';
import { claim, findJob } from '@/lib/queue/repository';
import { enqueue, holdLease, queuedJob, readQueueState } from '@/lib/queue/service';
import { eventually } from '@/testing/eventually';
import { startWorker, type Worker } from './worker';

const START = new Date('2026-03-01T12:00:00.000Z');
const KIND = 'test.work';
const workers: Worker[] = [];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: START });
  vi.spyOn(Math, 'random').mockReturnValue(0.5); // no jitter
  await (await db()).job.deleteMany();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  vi.useRealTimers();
});

function start(...jobs: Job[]): Worker {
  const worker = startWorker(jobs);
  workers.push(worker);
  return worker;
}

/** Advances the clock to `seconds` after the start; workers poll in between. */
function at(seconds: number): void {
  vi.advanceTimersByTime(START.getTime() + seconds * 1000 - Date.now());
}

const queue = (key: string) => transaction((tx) => enqueue(tx, { kind: KIND, key, projectId: null, payload: { key } }));
const rowOf = (key: string) => findJob(jobId(KIND, key));
const gone = (key: string) => eventually(async () => expect(await rowOf(key)).toBeNull());
const outcomes = async (job: string) => {
  const { values } = await metrics().jobs.get();
  const own = values.filter(({ labels }) => labels.job === job);
  return Object.fromEntries(own.map(({ labels, value }) => [labels.outcome, value]));
};

/** Work that runs until it is released or the worker stops. */
function held() {
  const running: ClaimedJob[] = [];
  const release: Array<() => void> = [];
  const job = queuedJob({
    name: KIND,
    run: (claimed, signal) =>
      new Promise((resolve, reject) => {
        running.push(claimed);
        release.push(resolve);
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  });
  return { job, running, release };
}

describe('queued work', () => {
  test('runs once among several workers, and its row is deleted', async () => {
    const done: unknown[] = [];
    let running = 0;
    let maxRunning = 0;
    const run = async ({ payload }: ClaimedJob) => {
      running += 1;
      maxRunning = Math.max(maxRunning, running);
      await db().then((client) => client.job.count());
      done.push(payload);
      running -= 1;
    };
    for (let lanes = 0; lanes < 3; lanes++) start(queuedJob({ name: KIND, run }));
    const keys = Array.from({ length: 12 }, (_, index) => `key-${index}`);
    await Promise.all(keys.map(queue));
    for (const key of keys) await gone(key);
    expect(done).toHaveLength(keys.length);
    expect(new Set(done.map((payload) => JSON.stringify(payload))).size).toBe(keys.length);
    expect(maxRunning).toBeLessThanOrEqual(3); // each worker runs one at a time
  });

  test('is not queued when its transaction rolls back', async () => {
    const undone = transaction(async (tx) => {
      await enqueue(tx, { kind: KIND, key: 'undone', projectId: null });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await rowOf('undone')).toBeNull();
  });

  test('is found by a poll when another process queued it', async () => {
    const { job, running, release } = held();
    start(job);
    const now = new Date();
    const row = { id: jobId(KIND, 'elsewhere'), kind: KIND, nextAt: now, attempts: 0, createdAt: now };
    await (await db()).job.create({ data: row });
    at(5);
    await eventually(() => expect(running).toHaveLength(1));
    release[0]?.();
    await gone('elsewhere');
  });

  test('is retried with back-off when it fails, and the queue state reports it', async () => {
    let tries = 0;
    const name = `${KIND}-failing`;
    const id = jobId(name, 'a');
    start(
      queuedJob({
        name,
        run: async () => {
          tries += 1;
          if (tries < 3) throw new Error('not yet');
        },
      }),
    );
    await transaction((tx) => enqueue(tx, { kind: name, key: 'a', projectId: null }));
    const nextAt = (seconds: number) => ({ nextAt: new Date(START.getTime() + seconds * 1000), leaseOwner: null });
    await eventually(async () => expect(await findJob(id)).toMatchObject({ ...nextAt(5), attempts: 1 }));
    expect(await readQueueState()).toEqual({ waiting: 1, waitingSince: START, failing: [{ id, attempts: 1 }] });
    at(5);
    await eventually(async () => expect(await findJob(id)).toMatchObject({ ...nextAt(20), attempts: 2 }));
    at(20);
    await eventually(async () => expect(await findJob(id)).toBeNull());
    expect(await outcomes(name)).toEqual({ failed: 2, done: 1 });
    expect(await readQueueState()).toEqual({ waiting: 0, waitingSince: null, failing: [] });
  });
});

describe('a lease', () => {
  test('expires after its process was killed, and another process takes over', async () => {
    await queue('taken');
    const row = await rowOf('taken');
    const until = new Date(START.getTime() + LEASE_SECONDS * 1000);
    expect(row && (await claim(row, { owner: 'killed', now: START, until }))).toMatchObject({ attempts: 1 });
    const { job, running, release } = held();
    start(job);
    at(LEASE_SECONDS - 1);
    await eventually(async () => expect(await rowOf('taken')).toMatchObject({ leaseOwner: 'killed' }));
    expect(running).toEqual([]);
    at(LEASE_SECONDS);
    await eventually(() => expect(running).toMatchObject([{ attempts: 2, isTakenOver: true }]));
    release[0]?.();
    await gone('taken');
  });

  test('is renewed while the work runs, so that no other process takes over', async () => {
    const [first, second] = [held(), held()];
    start(first.job);
    await queue('long');
    await eventually(() => expect(first.running).toHaveLength(1));
    start(second.job);
    for (let seconds = 5; seconds <= 60; seconds += 5) {
      const before = await rowOf('long');
      at(seconds);
      await eventually(async () => expect((await rowOf('long'))?.leaseUntil).not.toEqual(before?.leaseUntil));
    }
    expect(second.running).toEqual([]);
    first.release[0]?.();
    await gone('long');
  });

  test('rolls back the step that relies on it once it is lost', async () => {
    await queue('lost');
    const row = await rowOf('lost');
    const owner = newId();
    const claimed = row && (await claim(row, { owner, now: START, until: START }));
    if (!claimed) throw new Error('not claimed');
    const { job, running, release } = held();
    start(job);
    await eventually(() => expect(running).toHaveLength(1));
    const step = transaction(async (tx) => {
      await tx.rateLimit.create({ data: { id: owner, count: 1, expiresAt: START } });
      await holdLease(tx, claimed);
    });
    await expect(step).rejects.toMatchObject({ name: 'LeaseLostError' });
    expect(await (await db()).rateLimit.findUnique({ where: { id: owner } })).toBeNull();
    release[0]?.();
    await gone('lost');
  });
});

describe('stop', () => {
  test('releases the lease, so that another worker takes over at once', async () => {
    const [first, second] = [held(), held()];
    const stopped = start(first.job);
    await queue('handed');
    await eventually(() => expect(first.running).toHaveLength(1));
    await stopped.stop();
    expect(await rowOf('handed')).toMatchObject({ leaseOwner: null, leaseUntil: null, attempts: 0, nextAt: START });
    start(second.job);
    await eventually(() => expect(second.running).toMatchObject([{ attempts: 1, isTakenOver: false }]));
    second.release[0]?.();
    await gone('handed');
  });

  test('ends claiming', async () => {
    const { job, running } = held();
    await start(job).stop();
    await queue('later');
    expect(running).toEqual([]);
    expect(await rowOf('later')).toMatchObject({ attempts: 0 });
  });
});

describe('a periodic job', () => {
  test('runs once per period among several workers, first after a full period', async () => {
    let runs = 0;
    const job = { name: 'test.periodic', everySeconds: 600, run: async () => ++runs };
    const rowOf = () => findJob(job.name);
    for (let count = 0; count < 3; count++) start(job);
    for (let period = 1; period <= 3; period++) {
      const nextAt = new Date(START.getTime() + period * 600_000);
      await eventually(async () => expect(await rowOf()).toMatchObject({ nextAt, leaseOwner: null }));
      expect(runs).toBe(period - 1);
      at(period * 600);
    }
    await eventually(() => expect(runs).toBe(3));
  });

  test('runs once at the next start if it came due while no process was running', async () => {
    let runs = 0;
    const job = { name: 'test.overdue', everySeconds: 600, run: async () => ++runs };
    await start(job).stop();
    at(6000);
    start(job);
    const nextAt = new Date(START.getTime() + 6_600_000);
    await eventually(async () => expect(await findJob(job.name)).toMatchObject({ nextAt, attempts: 0 }));
    expect(runs).toBe(1);
  });

  test('is retried before the next period when it fails, without delaying other jobs', async () => {
    const ran: string[] = [];
    const broken = async () => {
      ran.push('broken');
      throw new Error('broken');
    };
    const sound = async () => ran.push('sound');
    await start(
      { name: 'test.broken', everySeconds: 60, run: broken },
      { name: 'test.sound', everySeconds: 60, run: sound },
    ).stop();
    at(60);
    start({ name: 'test.broken', everySeconds: 60, run: broken }, { name: 'test.sound', everySeconds: 60, run: sound });
    const nextAt = new Date(START.getTime() + 65_000);
    await eventually(async () => expect(await findJob('test.broken')).toMatchObject({ nextAt, leaseOwner: null }));
    await eventually(() => expect(ran.sort()).toEqual(['broken', 'sound']));
  });
});

describe('after the clock was ahead and is set right', () => {
  const AHEAD = 10 * 365 * 24 * 60 * 60;

  test('periodic jobs run again', async () => {
    let runs = 0;
    const job = { name: 'test.ahead', everySeconds: 600, run: async () => ++runs };
    at(AHEAD);
    await start(job).stop();
    vi.setSystemTime(START);
    start(job);
    await eventually(() => expect(runs).toBe(1));
    const nextAt = new Date(START.getTime() + 600_000);
    await eventually(async () => expect(await findJob(job.name)).toMatchObject({ nextAt, leaseOwner: null }));
  });

  test('queued work of a killed process is taken over', async () => {
    await queue('ahead');
    const row = await rowOf('ahead');
    const until = new Date(START.getTime() + AHEAD * 1000);
    expect(row && (await claim(row, { owner: 'killed', now: START, until }))).not.toBeNull();
    const { job, running, release } = held();
    start(job);
    await eventually(() => expect(running).toMatchObject([{ isTakenOver: true }]));
    release[0]?.();
    await gone('ahead');
  });

  test('a paused worker polls', async () => {
    let polls = 0;
    const claimNext = async () => {
      polls += 1;
      throw new Error('no database');
    };
    at(AHEAD);
    start({ name: KIND, concurrency: 1, claimNext });
    await eventually(() => expect(polls).toBe(1));
    await new Promise((resolve) => setImmediate(resolve)); // the failure is recorded
    vi.setSystemTime(START);
    vi.advanceTimersByTime(5000);
    await eventually(() => expect(polls).toBe(2));
  });
});

describe('a failing poll', () => {
  test('backs off until a commit wakes the worker', async () => {
    let polls = 0;
    let isBroken = true;
    const claimNext = async () => {
      polls += 1;
      if (isBroken) throw new Error('no database');
      return null;
    };
    start({ name: KIND, concurrency: 1, claimNext });
    const expected = [0, 5, 20, 50, 80]; // pauses of 5, 15, 30 and 30 seconds
    for (let seconds = 0; seconds <= 80; seconds += 5) {
      at(seconds);
      const count = expected.filter((each) => each <= seconds).length;
      await eventually(() => expect({ seconds, polls }).toEqual({ seconds, polls: count }));
      await new Promise((resolve) => setImmediate(resolve)); // the failure is recorded
    }
    isBroken = false;
    await queue('woken');
    await eventually(() => expect(polls).toBeGreaterThan(5));
  });
});
