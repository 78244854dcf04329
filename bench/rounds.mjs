// Interleaved rounds: in each round every server gets the same path for the same time, in changing order, so that the
// machine's other work meets all of them alike.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { inRoot } from '../scripts/lib/root.mjs';
import { PATHS } from './paths.mjs';
import { measureTree } from './process-tree.mjs';

export function startClient() {
  const child = fork(inRoot('bench/client.mjs'), { stdio: 'inherit' });
  const run = async (target, path, load) => {
    const { stop: _, ...plain } = target;
    child.send({ target: plain, path, load });
    const [{ result, failure }] = await once(child, 'message');
    if (failure) throw new Error(`${target.name}, ${path}: ${failure}`);
    if (result.failures > 0)
      throw new Error(`${target.name}, ${path}: ${result.failures} failed, such as ${result.failure}`);
    return result;
  };
  return { run, stop: () => child.disconnect() };
}

/** The rounds of one path on all targets: [{ name, perSecond, p50, p99, cpu, rss, ratios }]. */
export async function measurePath(client, targets, path, options) {
  const { rounds, seconds, connections, warmSeconds, warmRequests } = options;
  for (const target of targets) {
    if (PATHS[path].consumes) await refill(client, target, options);
    await client.run(target, path, { connections, seconds: warmSeconds, requests: warmRequests });
  }
  const windows = new Map(targets.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const target of round % 2 === 0 ? targets : targets.toReversed()) {
      if (PATHS[path].consumes) await refill(client, target, options);
      windows.get(target.name).push(await measureWindow(client, target, path, { connections, seconds }));
    }
  }
  return targets.map(({ name }) => ({ name, ...summarize(windows.get(name)), windows: windows.get(name) }));
}

async function measureWindow(client, target, path, load) {
  const before = target.measure ? target.measure() : measureTree(target.pid);
  const { count, millis, p50, p99 } = await client.run(target, path, load);
  const after = target.measure ? target.measure() : measureTree(target.pid);
  return {
    cpu: (after.millis - before.millis) / count,
    perSecond: (count / millis) * 1000,
    p50,
    p99,
    rss: after.megabytes,
  };
}

/** Identities to delete, outside of what is measured. */
async function refill(client, target, { connections, seconds }) {
  await client.run(target, 'create', { connections, seconds: seconds * 2 });
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
