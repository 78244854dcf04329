import { readdir, readFile, stat } from 'node:fs/promises';
import type { Socket } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { removePicture, setPicture } from '@/lib/identity/service';
import { startWorker, type Worker } from '@/lib/jobs/worker';
import { cliActor, systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { env, resetEnv } from '@/lib/platform/env';
import type { Project } from '@/lib/project/model';
import { deleteProject, ensureFirstProject, setLogo } from '@/lib/project/service';
import { makePerson } from '@/testing/people';
import { jpegOf } from '@/testing/pictures';
import { makeProject } from '@/testing/project';
import type { Mail } from './model';
import { claim } from './repository';
import { deliverDueMail, purgeFinishedMail, queueMail } from './service';
import { mailJobs } from './service/jobs';

const START = new Date('2026-03-01T12:00:00.000Z');
const LINK = 'http://localhost:3000/login/link?0123456789abcdefghijklmn';
let project: Project;

const signIn = (to: string, locale: 'en' | 'de' = 'en'): Mail => ({
  kind: 'sign_in',
  to,
  locale,
  params: { code: '012345', link: LINK, minutes: 10 },
});
const queue = (mail: Mail, options?: Parameters<typeof queueMail>[3]) =>
  transaction((tx) => queueMail(tx, project.id, mail, options));
const rows = async () => (await db()).outboxMail.findMany({ orderBy: { id: 'asc' } });
const onlyRow = async () => {
  const [row, ...more] = await rows();
  if (!row || more.length > 0) throw new Error(`there are ${more.length + (row ? 1 : 0)} mails`);
  return row;
};
const at = (seconds: number) => vi.setSystemTime(START.getTime() + seconds * 1000);
const files = async () => (await readdir(path.join(env().dataDir, 'mail')).catch(() => [])).sort();
const parse = async (name: string) => PostalMime.parse(await readFile(path.join(env().dataDir, 'mail', name)));

beforeAll(async () => {
  project = await ensureFirstProject('http://localhost:3000');
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: START });
  await (await db()).outboxMail.deleteMany();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  resetEnv();
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

const cleanups: Array<() => Promise<unknown>> = [];

/** Starts a real SMTP server on this machine and sets SMTP_URL to it. */
async function smtpServer(options: SMTPServerOptions = {}): Promise<{ received: string[]; drop: () => void }> {
  const received: string[] = [];
  const sockets: Socket[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      void text(stream).then((mail) => {
        received.push(mail);
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  cleanups.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  vi.stubEnv('SMTP_URL', `smtp://127.0.0.1:${address.port}`);
  resetEnv();
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return { received, drop };
}

function worker(): Worker {
  const started = startWorker(mailJobs);
  cleanups.push(() => started.stop());
  return started;
}

class SmtpRefusal extends Error {
  constructor(readonly responseCode: number) {
    super('refused by the test');
  }
}

describe('queueMail', () => {
  test('stores neither address nor code in plain text', async () => {
    await queue(signIn('jane@example.com'));
    const row = await onlyRow();
    expect(row).toMatchObject({ projectId: project.id, kind: 'sign_in', attempts: 0, sentAt: null });
    expect(row.payload).toEqual(expect.any(String));
    expect(JSON.stringify(row)).not.toMatch(/jane|012345/);
  });

  test('a rolled-back transaction leaves no mail and does not wake the worker', async () => {
    worker();
    const undone = transaction(async (tx) => {
      await queueMail(tx, project.id, signIn('jane@example.com'));
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await rows()).toEqual([]);
    expect(await files()).toEqual([]);
  });

  test('a discarded mail looks the same in the outbox and is never sent', async () => {
    const { received } = await smtpServer();
    await queue(signIn('jane@example.com'));
    await queue(signIn('john@example.com'), { discard: true });
    const [known, unknown] = await rows();
    const { id: _a, payload: knownPayload, ...knownRest } = known ?? { payload: null };
    const { id: _b, payload: unknownPayload, ...unknownRest } = unknown ?? { payload: null };
    expect(unknownRest).toEqual(knownRest);
    expect(Math.abs((unknownPayload?.length ?? 0) - (knownPayload?.length ?? 0))).toBeLessThanOrEqual(2);
    await deliverDueMail();
    expect(received).toHaveLength(1);
    expect(received[0]).toContain('jane@example.com');
    expect((await onlyRow()).id).toBe(known?.id);
  });
});

describe('without SMTP', () => {
  test('writes a mail to a file that only its owner can read', async () => {
    await queue(signIn('jane@example.com'));
    const { id } = await onlyRow();
    await deliverDueMail();
    const [name = ''] = await files();
    expect(name).toBe(`20260301T120000Z-${id}.eml`);
    const folder = path.join(env().dataDir, 'mail');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o600);
    const mail = await parse(name);
    expect(mail).toMatchObject({ subject: '012345 is your sign-in code', messageId: `<${id}@localhost>` });
    expect(mail.to).toEqual([{ name: '', address: 'jane@example.com' }]);
    expect(mail.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }));
    expect(await onlyRow()).toMatchObject({ sentAt: START, payload: null, attempts: 1 });
  });

  test.each(['en', 'de'] as const)('keeps code and link on one line each of the raw file: %s', async (locale) => {
    await queue(signIn('jane@example.com', locale));
    await deliverDueMail();
    const name = (await files()).at(-1) ?? '';
    const raw = await readFile(path.join(env().dataDir, 'mail', name), 'latin1');
    expect(raw.split('\r\n')).toEqual(expect.arrayContaining(['012345', LINK]));
    expect((await parse(name)).text).toContain(locale === 'de' ? 'Ihr Code für die Anmeldung' : 'Your code to sign in');
  });

  test.each([
    ['http://localhost:3000', true],
    ['https://id.example.com', false],
  ])('prints it to the terminal only on a loopback origin: %s', async (origin, isShown) => {
    vi.stubEnv('LOG_LEVEL', 'error');
    resetEnv();
    project = await ensureFirstProject(origin);
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await queue(signIn('jane@example.com'));
    await deliverDueMail();
    const shown = write.mock.calls.map(([text]) => String(text)).join('');
    project = await ensureFirstProject('http://localhost:3000');
    expect(shown.includes('jane@example.com')).toBe(isShown);
    expect(shown.split('\n').includes('012345')).toBe(isShown);
  });
});

describe('over SMTP', () => {
  test('sends a mail once and blanks its payload', async () => {
    const { received } = await smtpServer();
    await queue(signIn('jane@example.com'));
    expect(await deliverDueMail()).toBe(1);
    expect(await deliverDueMail()).toBe(0);
    expect(received).toHaveLength(1);
    expect(await onlyRow()).toMatchObject({ sentAt: START, failedAt: null, payload: null, claimedUntil: null });
  });

  test('contains the project’s logo, unless it is large', async () => {
    const { received } = await smtpServer();
    const png = (size: number) =>
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...new Array(size).fill(7)]);
    const own = await makeProject();
    const send = async (size: number) => {
      await setLogo(cliActor(own.id), png(size));
      await transaction((tx) => queueMail(tx, own.id, signIn('jane@example.com')));
      await deliverDueMail();
      return PostalMime.parse(received.at(-1) ?? '');
    };
    const small = await send(1000);
    expect(small.attachments).toMatchObject([
      { contentId: '<logo@signet.invalid>', mimeType: 'image/png', disposition: 'inline', related: true },
    ]);
    expect(small.html).toContain('src="cid:logo@signet.invalid"');
    const large = await send(64 * 1024);
    expect(large.attachments).toEqual([]);
    expect(large.html).not.toContain('<img');
    expect(large.html).toContain(own.name);
  });

  test('contains the recipient’s picture while they have it', async () => {
    const { received } = await smtpServer();
    const own = await makeProject();
    const { id } = await makePerson(own);
    const { pictureId } = await setPicture(cliActor(own.id), id, jpegOf());
    const send = async () => {
      const mail: Mail = {
        kind: 'recovery_used',
        to: 'jane@example.com',
        locale: 'en',
        picture: pictureId ?? '',
        params: {},
      };
      await transaction((tx) => queueMail(tx, own.id, mail));
      await deliverDueMail();
      return PostalMime.parse(received.at(-1) ?? '');
    };
    const shown = await send();
    expect(shown.attachments).toMatchObject([
      {
        contentId: '<picture@signet.invalid>',
        mimeType: 'image/jpeg',
        filename: 'picture.jpeg',
        disposition: 'inline',
      },
    ]);
    expect(shown.html).toContain('src="cid:picture@signet.invalid"');
    await removePicture(cliActor(own.id), id);
    expect((await send()).html).not.toContain('<img');
  });

  test('retries after a temporary refusal, with the same Message-ID', async () => {
    let refusals = 1;
    const { received } = await smtpServer({
      onRcptTo: (_address, _session, done) => done(refusals-- > 0 ? new SmtpRefusal(451) : null),
    });
    await queue(signIn('jane@example.com'));
    await deliverDueMail();
    const row = await onlyRow();
    expect(row).toMatchObject({ sentAt: null, failedAt: null, attempts: 1, lastError: 'EENVELOPE 451 RCPT TO' });
    expect(row.payload).not.toBeNull();
    expect(await deliverDueMail()).toBe(0);
    at(10);
    expect(await deliverDueMail()).toBe(1);
    expect(received).toHaveLength(1);
    expect(received[0]).toMatch(new RegExp(`^Message-ID: <${row.id}@localhost>\r?$`, 'm'));
    expect(await onlyRow()).toMatchObject({ attempts: 2, payload: null, lastError: null });
  });

  test('does not retry after a permanent refusal of the recipient', async () => {
    await smtpServer({ onRcptTo: (_address, _session, done) => done(new SmtpRefusal(550)) });
    await queue(signIn('jane@example.com'));
    await deliverDueMail();
    const row = await onlyRow();
    expect(row).toMatchObject({ sentAt: null, failedAt: START, payload: null, lastError: 'EENVELOPE 550 RCPT TO' });
    expect(JSON.stringify(row)).not.toContain('jane');
  });

  test('retries when the sender is refused, as that is a matter of the settings', async () => {
    await smtpServer({ onMailFrom: (_address, _session, done) => done(new SmtpRefusal(550)) });
    await queue(signIn('jane@example.com'));
    await deliverDueMail();
    expect(await onlyRow()).toMatchObject({ failedAt: null, lastError: 'EENVELOPE 550 MAIL FROM' });
  });

  test('retries when the connection drops', async () => {
    let drops = 1;
    const { received, drop } = await smtpServer({
      onRcptTo(_address, _session, done) {
        if (drops-- > 0) drop();
        else done();
      },
    });
    await queue(signIn('jane@example.com'));
    await deliverDueMail();
    expect(await onlyRow()).toMatchObject({ sentAt: null, failedAt: null, attempts: 1 });
    at(10);
    await deliverDueMail();
    expect(received).toHaveLength(1);
  });

  test('retries an unreachable server for a day, then abandons the mail', async () => {
    vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:1');
    resetEnv();
    await queue({ kind: 'account_deleted', to: 'jane@example.com', locale: 'en', params: {} });
    let tries = 0;
    for (let hours = 0; hours < 30; hours++) {
      at(hours * 3600);
      tries += await deliverDueMail();
    }
    expect(tries).toBeGreaterThan(5);
    const row = await onlyRow();
    expect(row).toMatchObject({ attempts: tries, sentAt: null, payload: null, lastError: 'ESOCKET CONN' });
    expect(row.failedAt?.getTime()).toBeLessThanOrEqual(START.getTime() + 24 * 3600 * 1000);
  });

  test('does not send an expired code', async () => {
    const { received } = await smtpServer();
    await queue(signIn('jane@example.com'), { validUntil: new Date(START.getTime() + 600_000) });
    at(600);
    await deliverDueMail();
    expect(received).toEqual([]);
    expect(await onlyRow()).toMatchObject({ lastError: 'expired', payload: null });
  });

  test('keeps a mail encrypted under another secret until that secret is back', async () => {
    const { received } = await smtpServer();
    const id = await queue({
      kind: 'passkey_added',
      to: 'jane@example.com',
      locale: 'en',
      params: { passkeyName: 'Key' },
    });
    const { payload } = await onlyRow();
    vi.stubEnv('SIGNET_SECRET', 'another-secret-of-the-tests-abcdef0123');
    resetEnv();
    for (let day = 0; day < 3; day++) {
      at(day * 86_400);
      expect(await deliverDueMail(new Date())).toBe(1);
      expect(await onlyRow()).toMatchObject({ id, lastError: 'unreadable', payload, failedAt: null, sentAt: null });
    }
    vi.stubEnv('SIGNET_SECRET', 'secret-of-the-tests-0123456789abcdef');
    resetEnv();
    at(4 * 86_400);
    await deliverDueMail(new Date());
    expect(received).toHaveLength(1);
  });

  test('does not parse a second recipient from user input', async () => {
    const recipients: string[] = [];
    await smtpServer({
      onRcptTo(address, _session, done) {
        recipients.push(address.address);
        done();
      },
    });
    await queue(signIn('jane@example.com,evil@example.net'));
    await queue(signIn('<evil@example.net> jane@example.com'));
    await deliverDueMail();
    expect(recipients).not.toContain('evil@example.net');
  });
});

describe('claims', () => {
  test('one of several processes sends each mail', async () => {
    const { received } = await smtpServer();
    const recipients = Array.from({ length: 12 }, (_, index) => `person-${index}@example.com`);
    for (const to of recipients) await queue(signIn(to));
    const tried = await Promise.all([1, 2, 3, 4].map(() => deliverDueMail()));
    expect(tried.reduce((sum, count) => sum + count)).toBe(12);
    const sentTo = received.map((mail) => /^To: (.*?)\r?$/m.exec(mail)?.[1]);
    expect(sentTo.sort()).toEqual(recipients.sort());
  });

  test('a mail of a killed process is taken over when its lease expires', async () => {
    const { received } = await smtpServer();
    await queue(signIn('jane@example.com'));
    const { id } = await onlyRow();
    expect(await claim(id, START, new Date(START.getTime() + 120_000))).toMatchObject({ id });
    at(119);
    expect(await deliverDueMail()).toBe(0);
    at(120);
    expect(await deliverDueMail()).toBe(1);
    expect(received).toHaveLength(1);
    expect(await onlyRow()).toMatchObject({ attempts: 2, payload: null });
  });
});

describe('a lease', () => {
  test('is renewed while a slow mail server responds, so that no other process sends the mail too', async () => {
    const accepts: Array<() => void> = [];
    const { received } = await smtpServer({
      onData(stream, _session, done) {
        void text(stream).then((mail) => {
          received.push(mail);
          accepts.push(() => done());
        });
      },
    });
    await queue(signIn('jane@example.com'));
    const sending = deliverDueMail(new Date());
    await vi.waitFor(() => expect(accepts).toHaveLength(1));
    for (let seconds = 5; seconds <= 55; seconds += 5) {
      const { claimedUntil } = await onlyRow();
      at(seconds);
      vi.advanceTimersByTime(5000);
      await vi.waitFor(async () => expect((await onlyRow()).claimedUntil).not.toEqual(claimedUntil));
      expect(await deliverDueMail(new Date())).toBe(0);
    }
    for (const accept of accepts) accept();
    await sending;
    expect(received).toHaveLength(1);
    expect(await onlyRow()).toMatchObject({ attempts: 1, payload: null });
  });

  test('of a killed worker expires in time for the mail to be sent within 30 seconds', async () => {
    const { received } = await smtpServer({ onData: () => undefined });
    await queue(signIn('jane@example.com'));
    const killed = deliverDueMail(new Date()); // never renewed: its timers do not advance
    await vi.waitFor(async () => expect((await onlyRow()).claimedUntil).not.toBeNull());
    const { claimedUntil } = await onlyRow();
    const pollMillis = 5000;
    expect((claimedUntil?.getTime() ?? 0) + pollMillis - START.getTime()).toBeLessThan(30_000);
    expect(received).toEqual([]);
    await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
    await killed;
  });
});

test('does not send a mail that a concurrent request queued in a deleted project', async () => {
  const deleted = await makeProject();
  await deleteProject(systemActor(deleted.id));
  await transaction((tx) => queueMail(tx, deleted.id, signIn('jane@example.com')));
  const before = await files();
  expect(await deliverDueMail()).toBe(1);
  expect(await rows()).toEqual([]);
  expect(await files()).toEqual(before);
});

describe('the worker', () => {
  test('is woken by the commit, without waiting for its next poll', async () => {
    const { received } = await smtpServer();
    worker();
    await queue(signIn('jane@example.com'));
    await vi.waitFor(() => expect(received).toHaveLength(1));
  });

  test('finds mails of other processes when it polls', async () => {
    const { received } = await smtpServer();
    const first = startWorker(mailJobs);
    await first.stop();
    await queue(signIn('jane@example.com'));
    await (await db()).outboxMail.updateMany({ data: { nextAttemptAt: new Date(START.getTime() + 1000) } });
    worker();
    at(5);
    vi.advanceTimersByTime(5000);
    await vi.waitFor(() => expect(received).toHaveLength(1));
  });

  test('sends mails queued before a restart', async () => {
    const { received } = await smtpServer();
    await queue(signIn('jane@example.com'));
    worker();
    await vi.waitFor(() => expect(received).toHaveLength(1));
  });

  test('finishes the current mail on stop and claims no other one', async () => {
    const accepts: Array<() => void> = [];
    const { received } = await smtpServer({
      onData(stream, _session, done) {
        void text(stream).then((mail) => {
          received.push(mail);
          accepts.push(() => done());
        });
      },
    });
    const running = worker();
    await queue(signIn('jane@example.com'));
    await vi.waitFor(() => expect(accepts).toHaveLength(1));
    let hasStopped = false;
    const stopped = running.stop().then(() => {
      hasStopped = true;
    });
    await queue(signIn('john@example.com'));
    expect(hasStopped).toBe(false);
    for (const accept of accepts) accept();
    await stopped;
    const [first, second] = await rows();
    expect(first).toMatchObject({ payload: null, attempts: 1 });
    expect(first?.sentAt).not.toBeNull();
    expect(second).toMatchObject({ sentAt: null, attempts: 0 });
    expect(received).toHaveLength(1);
  });
});

test('purges finished mails after a week, and never queued ones', async () => {
  await queue(signIn('jane@example.com'));
  await deliverDueMail();
  at(3600);
  await queue(signIn('john@example.com'));
  const week = 7 * 24 * 3600;
  expect(await purgeFinishedMail(new Date(START.getTime() + week * 1000))).toBe(0);
  expect(await purgeFinishedMail(new Date(START.getTime() + (week + 1) * 1000))).toBe(1);
  expect(await rows()).toHaveLength(1);
  expect(await onlyRow()).toMatchObject({ sentAt: null });
});
