import 'reflect-metadata'; // the certificates' library wants it before itself
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { resetEnv } from '@/lib/platform/env';
import { checkMailServer, DeliveryError, deliver, reportMailServer } from '../transport';

/**
 * TLS on the way to the mail server, with real servers. 0.0.0.0 reaches this machine without being called its loopback, so
 * the rules of other hosts hold there.
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
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=mail',
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date('2020-01-01'),
    notAfter: new Date('2120-01-01'),
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        { type: 'ip', value: OTHER_HOST },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'dns', value: 'localhost' },
      ]),
    ],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  own = {
    key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
    cert: certificate.toString('pem'),
  };
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  resetEnv();
  await Promise.all(servers.splice(0).map((server) => new Promise<void>((resolve) => server.close(resolve))));
});

type Seen = { isSecure: boolean }[];

/** A mail server that writes down how each mail came. */
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
/** Offered by nobody, yet understood: as it looks when somebody on the way has struck the offer out. */
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

describe('to another host', () => {
  test('a mail goes out over STARTTLS with a trusted certificate', async () => {
    const { port, seen } = await serve();
    expect(await send(`smtp://${OTHER_HOST}:${port}?${trust()}`)).toBe('sent');
    expect(seen).toEqual([{ isSecure: true }]);
  });

  test('also when the offer was struck out on the way', async () => {
    const { port, seen } = await serve(STRIPPED);
    expect(await send(`smtp://${OTHER_HOST}:${port}?${trust()}`)).toBe('sent');
    expect(seen).toEqual([{ isSecure: true }]);
  });

  test('nothing is sent where there is no STARTTLS, and the reason says so', async () => {
    const { port, seen } = await serve(NO_STARTTLS);
    expect(await send(`smtp://${OTHER_HOST}:${port}`)).toMatch(/^ETLS \d{3} STARTTLS$/);
    expect(seen).toEqual([]);
  });

  test.each(['smtp', 'smtps'])('nothing is sent to a certificate that is not trusted: %s', async (scheme) => {
    const { port, seen } = await serve({ secure: scheme === 'smtps' });
    expect(await send(`${scheme}://${OTHER_HOST}:${port}`)).toBe('ETLS certificate');
    expect(seen).toEqual([]);
    expect(await send(`${scheme}://${OTHER_HOST}:${port}?tls.rejectUnauthorized=false`)).toBe('sent');
    expect(seen).toEqual([{ isSecure: true }]);
  });

  test('a certificate of another name is not trusted', async () => {
    const { port, seen } = await serve();
    expect(await send(`smtp://${OTHER_HOST}:${port}?${trust()}&tls.servername=other.example`)).toBe('ETLS certificate');
    expect(seen).toEqual([]);
  });

  test('?tls=opportunistic uses what is offered and goes on where nothing is', async () => {
    const [offering, silent] = [await serve(), await serve(NO_STARTTLS)];
    expect(await send(`smtp://${OTHER_HOST}:${offering.port}?tls=opportunistic&${trust()}`)).toBe('sent');
    expect(await send(`smtp://${OTHER_HOST}:${silent.port}?tls=opportunistic`)).toBe('sent');
    expect([offering.seen, silent.seen]).toEqual([[{ isSecure: true }], [{ isSecure: false }]]);
  });

  test('?tls=none never asks for it', async () => {
    const { port, seen } = await serve();
    expect(await send(`smtp://${OTHER_HOST}:${port}?tls=none`)).toBe('sent');
    expect(seen).toEqual([{ isSecure: false }]);
  });
});

describe('to this machine', () => {
  test.each(['127.0.0.1', 'localhost'])('a mail goes out without TLS where none is offered: %s', async (host) => {
    const { port, seen } = await serve(NO_STARTTLS);
    expect(await send(`smtp://${host}:${port}`)).toBe('sent');
    expect(seen).toEqual([{ isSecure: false }]);
    expect(await send(`smtp://${host}:${port}?tls=required`)).toMatch(/^ETLS/);
  });

  test('and with TLS where it is', async () => {
    const { port, seen } = await serve();
    expect(await send(`smtp://127.0.0.1:${port}?${trust()}`)).toBe('sent');
    expect(seen).toEqual([{ isSecure: true }]);
  });
});

test('who runs it is told by the start and by doctor, with what to do', async () => {
  const { port } = await serve(NO_STARTTLS);
  vi.stubEnv('SMTP_URL', `smtp://${OTHER_HOST}:${port}`);
  vi.stubEnv('LOG_LEVEL', 'error');
  resetEnv();
  const refusal = await checkMailServer().catch((error: unknown) => error);
  expect(refusal).toMatchObject({ advice: expect.stringContaining('?tls=opportunistic') });
  const lines = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await reportMailServer();
  expect(lines.mock.calls.map(([line]) => JSON.parse(String(line)))).toMatchObject([
    { level: 'error', message: 'mail cannot be sent', advice: expect.stringContaining('does not offer it') },
  ]);
});
