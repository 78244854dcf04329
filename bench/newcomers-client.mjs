import { Agent, request } from 'node:http';

/**
 * Keeps `writers` connections busy for `seconds` and opens a new connection for a single request every 250 ms. Resolves
 * to the number of writes and the milliseconds each new connection waited; one not served by the end counts with its
 * time so far.
 */
export async function measureNewcomers(port, { writers, seconds }) {
  const end = performance.now() + seconds * 1000;
  const isFinished = () => performance.now() >= end;
  let served = 0;
  const agent = new Agent({ keepAlive: true, maxSockets: writers });
  const write = async () => {
    while (!isFinished()) {
      await post(port, agent);
      served++;
    }
  };
  const work = Array.from({ length: writers }, write);
  const waits = [];
  const newcomers = [];
  await sleep(1000);
  while (!isFinished()) {
    const began = performance.now();
    const visit = Promise.race([post(port, false), sleep(end - began)]);
    newcomers.push(visit.then(() => waits.push(performance.now() - began)));
    await sleep(250);
  }
  await Promise.all([...newcomers, ...work]);
  agent.destroy();
  return { perSecond: served / seconds, waits: waits.sort((a, b) => a - b) };
}

function post(port, agent) {
  return new Promise((resolve, reject) => {
    const headers = { host: `localhost:${port}`, 'content-length': 0 };
    const outgoing = request({ host: '127.0.0.1', port, method: 'POST', path: '/admin/identities', headers, agent });
    outgoing.on('response', (answer) => answer.resume().on('end', () => resolve(answer.statusCode)));
    outgoing.on('error', reject).end();
  });
}

function sleep(millis) {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, millis)));
}
