import { createServer, request as httpRequest, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { Turns } from './front/turns';
import { drain, shutdownInOrder, trackConnections } from './shutdown';

const LONG = 60_000;
const never = new Promise<never>(() => {});
let server: Server | undefined;

async function listen(listener: RequestListener): Promise<number> {
  const listening = trackConnections(createServer(listener));
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return (listening.address() as AddressInfo).port;
}

const get = (port: number) =>
  new Promise<string>((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, agent: false }, (incoming) => {
      let body = '';
      incoming.on('data', (chunk) => (body += chunk));
      incoming.on('error', reject);
      incoming.on('end', () => resolve(body));
    })
      .on('error', reject)
      .end();
  });

/** A promise with its resolve function. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

afterEach(() => {
  vi.useRealTimers();
  server?.closeAllConnections();
  server?.close();
});

test('finishes requests in progress, and accepts no new one', async () => {
  const [begun, told] = [gate(), gate()];
  const port = await listen(async (_, response) => {
    begun.open();
    await told.opened;
    response.end('finished');
  });
  const underWay = get(port);
  await begun.opened;
  const drained = server && drain(server, LONG);
  await expect.poll(() => server?.listening).toBe(false);
  await expect(get(port)).rejects.toThrow('ECONNREFUSED');
  told.open();
  expect(await underWay).toBe('finished');
  await drained;
});

test('serves clients that connected before, even if not yet accepted', async () => {
  const port = await listen((_, response) => response.end('served'));
  const answers = Promise.allSettled(Array.from({ length: 60 }, () => get(port)));
  // Node connects at the end of this turn; the connection then waits in the accept queue.
  await new Promise<void>((resolve) => process.nextTick(resolve));
  await (server && drain(server, LONG));
  expect(new Set((await answers).map((answer) => ('value' in answer ? answer.value : String(answer.reason))))).toEqual(
    new Set(['served']),
  );
});

test('does not wait for a connection without a request, and serves one with a request in progress', async () => {
  const [begun, told] = [gate(), gate()];
  const port = await listen(async (_, response) => {
    begun.open();
    await told.opened;
    response.end('finished');
  });
  const silent = connect(port, '127.0.0.1');
  const ended = new Promise((resolve) => silent.on('error', resolve).on('close', resolve));
  await new Promise<void>((resolve) => silent.once('connect', resolve));
  const underWay = get(port);
  await begun.opened;
  const drained = server && drain(server, LONG);
  await ended;
  told.open();
  expect(await underWay).toBe('finished');
  await drained;
});

test('serves or refuses clients that reconnect after each response, and never cuts them off', async () => {
  const turns = new Turns();
  const port = await listen((_, response) => void turns.enqueue(() => setImmediate(() => response.end('served'))));
  let answered = 0;
  const untilRefused = async (): Promise<string> => {
    for (;;) {
      try {
        await get(port);
        answered += 1;
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
    }
  };
  const clients = Array.from({ length: 60 }, untilRefused);
  await vi.waitUntil(() => answered > 200);
  await (server && drain(server, LONG, turns));
  const ends = await Promise.all(clients);
  expect(ends.filter((end) => !end.includes('ECONNREFUSED'))).toEqual([]);
});

test('cuts off a request at the deadline', async () => {
  const begun = gate();
  const port = await listen(() => begun.open());
  const cut = get(port).catch((error: Error) => error.message);
  await begun.opened;
  await (server && drain(server, 10));
  expect(await cut).toBe('socket hang up');
});

test('stops groups one after the other', async () => {
  const ended: string[] = [];
  const part = (name: string, before: Promise<void> = Promise.resolve()) => ({
    name,
    stop: async () => {
      await before;
      ended.push(name);
    },
  });
  const slow = gate();
  const stopped = shutdownInOrder([[part('slow', slow.opened), part('quick')], [part('last')]], LONG);
  await vi.waitUntil(() => ended.length === 1);
  slow.open();
  expect(await stopped).toBe(true);
  expect(ended).toEqual(['quick', 'slow', 'last']);
});

test('a failure, immediate or late, does not prevent the others from stopping', async () => {
  const ended: string[] = [];
  const parts = [
    [
      { name: 'late', stop: () => Promise.reject(new Error('no')) },
      {
        name: 'at once',
        stop: () => {
          throw new Error('no');
        },
      },
    ],
    [{ name: 'last', stop: async () => ended.push('last') }],
  ];
  expect(await shutdownInOrder(parts, LONG)).toBe(false);
  expect(ended).toEqual(['last']);
});

test('abandons a step that never ends at the deadline, and still gives the rest its time', async () => {
  vi.useFakeTimers();
  const ended: string[] = [];
  const parts = [
    [{ name: 'stuck', stop: () => never }],
    [{ name: 'also stuck', stop: () => never }],
    [{ name: 'last', stop: async () => ended.push('last') }],
  ];
  const stopped = shutdownInOrder(parts, 25_000);
  await vi.advanceTimersByTimeAsync(LONG);
  expect(await stopped).toBe(false);
  expect(ended).toEqual(['last']);
});
