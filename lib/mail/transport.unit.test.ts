import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { resetEnv } from '@/lib/platform/env';
import { DeliveryError, deliver, smtpTransport } from './transport';

const MESSAGE = {
  id: '019d0000-0000-7000-8000-000000000000',
  from: null,
  to: 'jane@example.com',
  locale: 'en' as const,
  origin: 'https://id.example.com',
  subject: 'Hello',
  text: 'Hello',
  html: '<p>Hello</p>',
  createdAt: new Date('2026-03-01T12:00:00.000Z'),
};
const cleanups: Array<() => Promise<unknown>> = [];

afterEach(async () => {
  resetEnv();
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

/** A mail server that sends one of these lines per command, then goes silent. */
async function hangingServer(lines: string[]): Promise<string> {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    const rest = [...lines];
    const reply = () => rest.length > 0 && socket.write(`${rest.shift()}\r\n`);
    sockets.push(socket);
    socket.on('error', () => undefined).on('data', reply);
    reply();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return `smtp://127.0.0.1:${address.port}`;
}

describe('effective options', () => {
  const OURS = {
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    dnsTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  };

  test.each([
    ['smtp://mail.example.com', { host: 'mail.example.com', secure: false }],
    ['smtps://mail.example.com:2465/', { host: 'mail.example.com', port: 2465, secure: true }],
    ['smtp://[::1]:2525', { host: '::1', port: 2525 }],
    [
      'smtp://user%40example.com:p%3Aa%2Fs%25s%23@mail.example.com',
      { auth: { user: 'user@example.com', pass: 'p:a/s%s#' } },
    ],
    [
      'smtps://mail.example.com?tls.rejectUnauthorized=false&name=id',
      { tls: { rejectUnauthorized: false }, name: 'id' },
    ],
  ])('combine the defaults with those of the URL: %s', (url, own) => {
    const transport = smtpTransport(url);
    expect(transport.options).toMatchObject({ ...OURS, ...own });
    expect(transport.transporter).toMatchObject({ options: { ...OURS, ...own } });
  });

  test('allow the URL to set timeouts, but not file or URL access', () => {
    const url = 'smtp://mail.example.com?socketTimeout=50000&disableFileAccess=false&disableUrlAccess=false';
    expect(smtpTransport(url).options).toMatchObject({ ...OURS, socketTimeout: 50_000 });
  });
});

test.each([{ path: import.meta.filename }, { href: 'http://127.0.0.1:1/' }])(
  'refuses to read a file or URL for a mail: %j',
  async (html) => {
    const url = await hangingServer(['220 hello', '250 hello', '250 ok', '250 ok', '354 go on']);
    const sending = smtpTransport(url).sendMail({ from: 'a@example.com', to: 'b@example.com', html });
    await expect(sending).rejects.toThrow(/access rejected/);
  },
);

describe('a hanging server', () => {
  test.each([
    ['before its greeting', [], 'greetingTimeout=20'],
    ['after its greeting', ['220 hello'], 'socketTimeout=20'],
    ['in the middle of a mail', ['220 hello', '250 hello', '250 ok'], 'socketTimeout=20'],
  ])('times out, and the mail can be retried: %s', async (_, lines, query) => {
    vi.stubEnv('SMTP_URL', `${await hangingServer(lines)}?${query}`);
    resetEnv();
    const error = await deliver(MESSAGE).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(DeliveryError);
    expect(error).toMatchObject({ isPermanent: false, reason: expect.stringMatching(/^ETIMEDOUT/) });
  });
});
