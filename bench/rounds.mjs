// Interleaved rounds: in each round every server gets the same path for the same time, in changing order, so that
// other load on the machine affects all of them alike.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { inRoot } from '../scripts/lib/root.mjs';
import { hasPath, PATHS } from './paths.mjs';

export function startClient() {
  const child = fork(inRoot('bench/client.mjs'), { stdio: 'inherit' });
  const run = async (target, path, load) => {
    child.send({ target: toData(target), path, load });
    const [{ result, failure }] = await once(child, 'message');
    if (failure) throw new Error(`${target.name}, ${path}: ${failure}`);
    if (result.failures > 0)
      throw new Error(`${target.name}, ${path}: ${result.failures} failed, such as ${result.failure}`);
    return result;
  };
  return { run, stop: () => child.disconnect() };
}

/** The serializable part of a target. */
const toData = ({ child: _, ...target }) =>
  Object.fromEntries(Object.entries(target).filter(([, value]) => typeof value !== 'function'));

/** The rounds of one path on all targets: per target the medians, and each window. */
export async function measurePath(client, targets, path, options) {
  const { rounds, seconds, connections, warmSeconds, warmRequests } = options;
  const warmUp = { connections, seconds: warmSeconds, requests: warmRequests };
  const measured = targets.filter((target) => hasPath(path, target));
  for (const target of measured)
    await client.run(target, path, { ...warmUp, ...(await supply(client, target, path, warmUp)) });
  const windows = new Map(measured.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const target of round % 2 === 0 ? measured : measured.toReversed()) {
      const load = { connections, seconds };
      const supplied = await supply(client, target, path, load);
      windows.get(target.name).push(await measureWindow(client, target, path, { ...load, ...supplied }));
    }
  }
  return measured.map(({ name }) => ({ name, ...summarize(windows.get(name)), windows: windows.get(name) }));
}

/** More than any server here verifies in a second. */
const SIGN_INS_A_SECOND = 6000;

/** What a window of this path consumes, made outside of what is measured. */
export async function supply(client, target, path, { connections, seconds, requests = Number.POSITIVE_INFINITY }) {
  const { consumes } = PATHS[path];
  if (consumes === 'identities') await client.run(target, 'create', { connections, seconds: seconds * 2 });
  if (consumes !== 'challenges') return {};
  return { challenges: await target.addChallenges(Math.min(requests, seconds * SIGN_INS_A_SECOND)) };
}

async function measureWindow(client, target, path, load) {
  const before = target.measure();
  const { count, millis, p50, p99 } = await client.run(target, path, load);
  const after = target.measure();
  return {
    cpu: (after.millis - before.millis) / count,
    perSecond: (count / millis) * 1000,
    p50,
    p99,
    rss: after.megabytes,
  };
}

function summarize(windows) {
  const of = (key) => median(windows.map((window) => window[key]));
  return {
    cpu: of('cpu'),
    perSecond: of('perSecond'),
    p50: of('p50'),
    p99: of('p99'),
    rss: Math.max(...windows.map(({ rss }) => rss)),
  };
}

/** The median over the rounds of the ratio of CPU within a round. */
export function ratioOf(result, reference) {
  return median(result.windows.map(({ cpu }, at) => cpu / reference.windows[at].cpu));
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
