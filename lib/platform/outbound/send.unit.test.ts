import net, { type AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { resetEnv } from '@/lib/platform/env';
import { selfSigned } from '@/testing/certificate';
import { watchOutbound } from '@/testing/outbound';
import { type Receiver, startReceiver } from '@/testing/receiver';
import { OutboundError, type OutboundOptions, sendOutbound } from './send';
import { isOutboundUrl } from './url';

const NAME = 'hooks.example.com';
const receivers: Receiver[] = [];
const closers: Array<() => void> = [];
let tls: { key: string; cert: string };

beforeAll(async () => {
  tls = await selfSigned({ names: [NAME], addresses: ['127.0.0.1'] });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  resetEnv();
  for (const close of closers.splice(0)) close();
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
});

async function receiver(options: Parameters<typeof startReceiver>[0] = {}): Promise<Receiver> {
  const started = await startReceiver(options);
  receivers.push(started);
  return started;
}
function allow(targets: string): void {
  vi.stubEnv('SIGNET_PRIVATE_TARGETS', targets);
  resetEnv();
}
const send = (url: string, options: OutboundOptions = {}) =>
  sendOutbound({ url, headers: { 'content-type': 'application/json' }, body: '{"a":"ü"}' }, options);
/** A resolver that gives these addresses in turn. */
const resolver = (...answers: string[]) =>
  vi.fn(async () => [answers.length > 1 ? (answers.shift() ?? '') : (answers[0] ?? '')].map(toAddress));
const toAddress = (address: string) => ({ address, family: net.isIP(address) });

describe('a request', () => {
  test('goes to the resolved address under the name of the URL, in a connection of its own', async () => {
    const { port, received } = await receiver({ tls });
    const resolve = resolver('127.0.0.1');
    const answer = await send(`https://${NAME}:${port}/in?a=1`, { resolve, ca: tls.cert });
    expect(answer).toMatchObject({ status: 204, body: '', isTruncated: false });
    expect(received).toEqual([
      {
        path: '/in?a=1',
        headers: {
          host: `${NAME}:${port}`,
          connection: 'close',
          'content-type': 'application/json',
          'content-length': '10',
        },
        body: '{"a":"ü"}',
      },
    ]);
    expect(resolve).toHaveBeenCalledExactlyOnceWith(NAME);
  });

  test('returns the beginning of a long answer', async () => {
    const one = await receiver();
    one.answer = (_, response) => {
      response.writeHead(500, { 'content-type': 'text/plain', 'retry-after': '120' });
      response.end('x'.repeat(100_000));
    };
    const expected = { status: 500, contentType: 'text/plain', retryAfterSeconds: 120, body: 'x'.repeat(2048) };
    expect(await send(one.url)).toEqual({ ...expected, isTruncated: true });
  });

  test('tries the next address where one refuses connections', async () => {
    const { port, received } = await receiver({ tls });
    const resolve = async () => ['127.0.0.3', '127.0.0.1'].map(toAddress);
    expect(await send(`https://${NAME}:${port}`, { resolve, ca: tls.cert })).toMatchObject({ status: 204 });
    expect(received).toHaveLength(1);
  });
});

describe('CVE-2026-55671, CVE-2026-27945: a request cannot be turned inward', () => {
  test.each([301, 302, 303, 307, 308])('by a redirect with status %i', async (status) => {
    const [one, inside] = [await receiver(), await receiver()];
    one.answer = ({ path }, response) =>
      response
        .writeHead(status, { location: path === '/hook' ? 'http://169.254.169.254/latest/meta-data' : inside.url })
        .end();
    const watched = watchOutbound();
    expect((await send(one.url)).status).toBe(status);
    expect((await send(`${one.url}/inside`)).status).toBe(status);
    watched.stop();
    expect(watched.calls.filter(({ target }) => target !== `127.0.0.1:${one.port}`)).toEqual([]);
    expect(inside.received).toEqual([]);
  });

  test('by a name that resolves to another address the second time', async () => {
    const inside = await receiver({ tls });
    const outside = await startReceiver({ address: '127.0.0.2', tls });
    receivers.push(outside);
    allow('127.0.0.2');
    const resolve = resolver('127.0.0.2', '127.0.0.1');
    expect((await send(`https://${NAME}:${outside.port}`, { resolve, ca: tls.cert })).status).toBe(204);
    expect(resolve).toHaveBeenCalledTimes(1);
    const again = send(`https://${NAME}:${inside.port}`, { resolve, ca: tls.cert });
    await expect(again).rejects.toMatchObject({ fault: 'address_refused' });
    expect([outside.received.length, inside.received.length]).toEqual([1, 0]);
  });

  test.each([
    'https://127.0.0.1',
    'https://2130706433',
    'https://0x7f.1',
    'https://0177.0.0.1',
    'https://127.1',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://[::ffff:a9fe:a9fe]',
    'https://[64:ff9b::7f00:1]',
    'https://0',
    'https://169.254.169.254',
    'http://127.0.0.1',
    'http://localhost',
  ])('by the address in %s', async (url) => {
    allow('none');
    const watched = watchOutbound();
    await expect(send(url, { resolve: resolver('127.0.0.1') })).rejects.toMatchObject({ fault: 'address_refused' });
    watched.stop();
    expect(watched.calls).toEqual([]);
  });

  test('by a name whose every address is inside, while a public one beside them is used', async () => {
    allow('none');
    const inside = async () => ['10.0.0.1', 'fe80::1', '::ffff:10.0.0.1'].map(toAddress);
    await expect(send(`https://${NAME}`, { resolve: inside })).rejects.toMatchObject({ fault: 'address_refused' });
  });

  test('in plain text by a loopback name that resolves elsewhere', async () => {
    const resolve = resolver('192.168.1.1');
    await expect(send('http://app.localhost', { resolve })).rejects.toMatchObject({ fault: 'address_refused' });
  });

  test('to private networks, unless the origin is a loopback one', async () => {
    const one = await receiver();
    vi.stubEnv('SIGNET_ORIGIN', 'https://id.example.com');
    resetEnv();
    await expect(send(one.url)).rejects.toMatchObject({ fault: 'address_refused' });
    vi.stubEnv('SIGNET_ORIGIN', 'http://localhost:3000');
    resetEnv();
    expect((await send(one.url)).status).toBe(204);
  });
});

test.each([
  ['https://hooks.example.com/a?b=c', true],
  ['http://localhost:3000/a', true],
  ['http://127.0.0.1', true],
  ['http://[::1]:1', true],
  ['http://hooks.example.com', false],
  ['http://localhost.example.com', false],
  ['http://10.0.0.1', false],
  ['https://user:pass@hooks.example.com', false],
  ['https://hooks.example.com/#a', false],
  ['ftp://hooks.example.com', false],
  ['file:///etc/passwd', false],
  ['hooks.example.com', false],
  [`https://hooks.example.com/${'a'.repeat(2048)}`, false],
])('whether requests may go to %s: %s', async (url, isPossible) => {
  expect(isOutboundUrl(url)).toBe(isPossible);
  if (!isPossible) await expect(send(url)).rejects.toMatchObject({ fault: 'url_refused' });
});

describe('a failure is named', () => {
  /** A server below HTTP. */
  async function raw(onConnection: (socket: net.Socket) => void): Promise<string> {
    const server = net.createServer((socket) => onConnection(socket.on('error', () => {})));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test('timeout: a receiver that does not answer', async () => {
    const one = await receiver();
    one.answer = () => {};
    await expect(send(one.url, { timeoutMillis: 50 })).rejects.toMatchObject({ fault: 'timeout' });
  });

  test('timeout: an answer that does not end', async () => {
    const one = await receiver();
    one.answer = (_, response) => response.writeHead(200).write('a');
    await expect(send(one.url, { timeoutMillis: 50 })).rejects.toMatchObject({ fault: 'timeout' });
  });

  test('timeout: a resolver that does not answer', async () => {
    const resolve = () => new Promise<never>(() => {});
    const sending = send(`https://${NAME}`, { resolve, timeoutMillis: 50 });
    await expect(sending).rejects.toMatchObject({ fault: 'timeout' });
  });

  test('unresolvable: an unknown name', async () => {
    const resolve = () => Promise.reject(new Error('ENOTFOUND'));
    await expect(send(`https://${NAME}`, { resolve })).rejects.toMatchObject({ fault: 'unresolvable' });
    await expect(send(`https://${NAME}`, { resolve: async () => [] })).rejects.toMatchObject({ fault: 'unresolvable' });
  });

  test('unreachable: no server', async () => {
    const one = await startReceiver();
    await one.close();
    const failure = await send(one.url).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OutboundError);
    expect(failure).toMatchObject({ fault: 'unreachable' });
  });

  test('tls: a certificate that is not trusted, or of another name', async () => {
    const { port } = await receiver({ tls });
    const resolve = resolver('127.0.0.1');
    await expect(send(`https://${NAME}:${port}`, { resolve })).rejects.toMatchObject({ fault: 'tls' });
    const other = send(`https://other.example.com:${port}`, { resolve, ca: tls.cert });
    await expect(other).rejects.toMatchObject({ fault: 'tls' });
  });

  test('interrupted: a connection closed before the answer', async () => {
    const url = await raw((socket) => socket.once('data', () => socket.destroy()));
    await expect(send(url)).rejects.toMatchObject({ fault: 'interrupted' });
  });

  test('bad_answer: something other than HTTP', async () => {
    const url = await raw((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9\r\n')));
    await expect(send(url)).rejects.toMatchObject({ fault: 'bad_answer' });
  });

  test('an aborted signal ends the request with its reason', async () => {
    const one = await receiver();
    const stop = new AbortController();
    one.answer = () => stop.abort(new Error('stopping'));
    await expect(send(one.url, { signal: stop.signal })).rejects.toThrow('stopping');
  });
});
