// The closed-loop client, a process of its own: each connection sends its next request when it has the answer. Started
// with `fork`; receives a window of load and answers with what it measured.
import { Connection } from './http-connection.mjs';
import { requestsOf } from './paths.mjs';

/** By port: state that outlives a window, such as the IDs that may be deleted. */
const states = new Map();

process.on('message', async ({ target, path, load }) => {
  try {
    process.send({ result: await run(target, path, load) });
  } catch (error) {
    process.send({ failure: error.stack });
  }
});
process.on('disconnect', () => process.exit());

/** `load`: ends after `seconds` or `requests`, or when nothing is left to consume, whichever comes first. */
async function run(target, path, { connections, seconds, requests = Number.POSITIVE_INFINITY, challenges = [] }) {
  const state = states.get(target.port) ?? { created: [], at: 0 };
  states.set(target.port, state);
  state.challenges = challenges;
  const { next, expect, isDone = () => true, onAnswer } = requestsOf(path, target, state);
  const latencies = [];
  const failures = [];
  let sent = 0;
  const started = performance.now();
  const end = started + seconds * 1000;
  const isOpen = () => sent < requests && performance.now() < end;
  const work = async () => {
    const connection = new Connection(target.port);
    while (isOpen()) {
      const request = next();
      if (request === null) break;
      sent++;
      const began = performance.now();
      const answer = await connection.send(request);
      latencies.push(performance.now() - began);
      if (answer.status !== expect || !isDone(answer))
        failures.push(`${answer.status} ${answer.body.toString().slice(0, 300)}`);
      else onAnswer?.(answer);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, work));
  const sorted = latencies.sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    count: sorted.length,
    millis: performance.now() - started,
    p50: at(0.5),
    p99: at(0.99),
    failures: failures.length,
    failure: failures[0],
  };
}
