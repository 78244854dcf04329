import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { resetEnv } from '@/lib/platform/env';
import { selfSigned } from '@/testing/certificate';
import { logLines } from '@/testing/log-lines';
import { checkMailServer, DeliveryError, deliver, reportMailServer } from '../transport';

/**
 * TLS to the mail server, with real servers. 0.0.0.0 reaches this machine but is not a loopback name, so the rules for
 * remote hosts apply.
 */
const OTHER_HOST = '0.0.0.0';
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
const servers: SMTPServer[] = [];
let own: { key: string; cert: string };

beforeAll(async () => {
  own = await selfSigned({ addresses: [OTHER_HOST, '127.0.0.1'], names: ['localhost'] });
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  resetEnv();
  await Promise.all(servers.splice(0).map((server) => new Promise<void>((resolve) => server.close(resolve))));
});

type Seen = { isSecure: boolean }[];

/** A mail server that records whether each mail arrived over TLS. */
async function serve(options: SMTPServerOptions = {}): Promise<{ port: number; seen: Seen }> {
  const seen: Seen = [];
  const server = new SMTPServer({
    authOptional: true,
    ...own,
    onData(stream, session, done) {
      seen.push({ isSecure: session.secure === true });
      stream.on('end', done).resume();
    },
    ...options,
  });
  server.on('error', () => undefined);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', () => resolve()));
  const address = server.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return { port: address.port, seen };
}

const NO_STARTTLS: SMTPServerOptions = { disabledCommands: ['STARTTLS'] };
/** STARTTLS is supported but not offered, as after a STARTTLS stripping attack. */
const STRIPPED: SMTPServerOptions = { hideSTARTTLS: true };
const trust = () => `tls.ca=${encodeURIComponent(own.cert)}`;

async function send(url: string): Promise<'sent' | string> {
  vi.stubEnv('SMTP_URL', url);
  resetEnv();
  try {
    await deliver(MESSAGE);
    return 'sent';
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    expect(error.isPermanent).toBe(false);
    return error.reason;
  }
}

describe('to a remote host', () => {
  test('sends over STARTTLS with a trusted certificate', async () => {
    const { port, seen } = await serve();
    expect(await send(`smtp://${OTHER_HOST}:${port}?${trust()}`)).toBe('sent');
    expect(seen).toEqual([{ isSecure: true }]);
  });

  test('sends over STARTTLS also when the offer was stripped', async () => {
    const { port, seen } = await serve(STRIPPED);
    expect(await send(`smtp://${OTHER_HOST}:${port}?${trust()}`)).toBe('sent');
    expect(seen).toEqual([{ isSecure: true }]);
  });

  test('sends nothing without STARTTLS, and gives the reason', async () => {
    const { port, seen } = await serve(NO_STARTTLS);
    expect(await send(`smtp://${OTHER_HOST}:${port}`)).toMatch(/^ETLS \d{3} STARTTLS$/);
    expect(seen).toEqual([]);
  });

  test.each(['smtp', 'smtps'])('sends nothing if the certificate is not trusted: %s', async (scheme) => {
    const { port, seen } = await serve({ secure: scheme === 'smtps' });
    expect(await send(`${scheme}://${OTHER_HOST}:${port}`)).toBe('ETLS certificate');
    expect(seen).toEqual([]);
    expect(await send(`${scheme}://${OTHER_HOST}:${port}?tls.rejectUnauthorized=false`)).toBe('sent');
    expect(seen).toEqual([{ isSecure: true }]);
  });

  test('does not trust a certificate for another name', async () => {
    const { port, seen } = await serve();
    expect(await send(`smtp://${OTHER_HOST}:${port}?${trust()}&tls.servername=other.example`)).toBe('ETLS certificate');
    expect(seen).toEqual([]);
  });

  test('?tls=opportunistic uses STARTTLS if offered and sends without it otherwise', async () => {
    const [offering, silent] = [await serve(), await serve(NO_STARTTLS)];
    expect(await send(`smtp://${OTHER_HOST}:${offering.port}?tls=opportunistic&${trust()}`)).toBe('sent');
    expect(await send(`smtp://${OTHER_HOST}:${silent.port}?tls=opportunistic`)).toBe('sent');
    expect([offering.seen, silent.seen]).toEqual([[{ isSecure: true }], [{ isSecure: false }]]);
  });

  test('?tls=none never uses STARTTLS', async () => {
    const { port, seen } = await serve();
    expect(await send(`smtp://${OTHER_HOST}:${port}?tls=none`)).toBe('sent');
    expect(seen).toEqual([{ isSecure: false }]);
  });
});

describe('to a loopback host', () => {
  test.each(['127.0.0.1', 'localhost'])('sends without TLS if it is not offered: %s', async (host) => {
    const { port, seen } = await serve(NO_STARTTLS);
    expect(await send(`smtp://${host}:${port}`)).toBe('sent');
    expect(seen).toEqual([{ isSecure: false }]);
    expect(await send(`smtp://${host}:${port}?tls=required`)).toMatch(/^ETLS/);
  });

  test('sends with TLS if it is offered', async () => {
    const { port, seen } = await serve();
    expect(await send(`smtp://127.0.0.1:${port}?${trust()}`)).toBe('sent');
    expect(seen).toEqual([{ isSecure: true }]);
  });
});

test('the start and doctor report the failure with advice', async () => {
  const { port } = await serve(NO_STARTTLS);
  vi.stubEnv('SMTP_URL', `smtp://${OTHER_HOST}:${port}`);
  vi.stubEnv('LOG_LEVEL', 'error');
  resetEnv();
  const refusal = await checkMailServer().catch((error: unknown) => error);
  expect(refusal).toMatchObject({ advice: expect.stringContaining('?tls=opportunistic') });
  const lines = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await reportMailServer();
  expect(await logLines(lines)).toMatchObject([
    { level: 'error', message: 'mail cannot be sent', advice: expect.stringContaining('does not offer it') },
  ]);
});
