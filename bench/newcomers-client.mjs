import { Agent, request } from 'node:http';

/**
 * Keeps `writers` connections busy for so many seconds, and meanwhile opens a new one for a single request every quarter of a
 * second. Resolves to how many requests the writers made and to the milliseconds that each newcomer waited; one who was not
 * served before the end counts with the time until then.
 */
export async function measureNewcomers(port, { writers, seconds }) {
  const end = performance.now() + seconds * 1000;
  const isOver = () => performance.now() >= end;
  let served = 0;
  const agent = new Agent({ keepAlive: true, maxSockets: writers });
  const write = async () => {
    while (!isOver()) {
      await post(port, agent);
      served++;
    }
  };
  const work = Array.from({ length: writers }, write);
  const waits = [];
  const newcomers = [];
  await sleep(1000);
  while (!isOver()) {
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
