import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cliActor } from '@/lib/platform/actor';
import { transaction } from '@/lib/platform/db/transaction';
import { env, resetEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { updateProject } from '@/lib/project/service';
import { makeProject } from '@/testing/project';
import { deliverDueMail, queueMail } from '../service';
import { findTestMail, sendTestMail } from './test-mail';

const TO = 'ada@example.com';
let project: Project;
const send = () => sendTestMail(project.id, TO, 'en');
const outcome = (id: string) => findTestMail(project.id, id);
const setSender = (mailFrom: string) =>
  updateProject(cliActor(project.id), { base: { mailFrom: null }, mine: { mailFrom } });

/** The newest mail that was kept, as a mail program reads it. */
async function received() {
  const dir = path.join(env().dataDir, 'mail');
  const file = (await readdir(dir)).sort().at(-1) ?? '';
  return PostalMime.parse(await readFile(path.join(dir, file)));
}

beforeEach(async () => {
  project = await makeProject();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  resetEnv();
});

test('a test message waits, then it is sent', async () => {
  const id = await send();
  expect(await outcome(id)).toEqual({ state: 'queued', reason: null });
  await deliverDueMail();
  expect(await outcome(id)).toEqual({ state: 'sent', reason: null });
  expect(await received()).toMatchObject({ subject: `Test email from ${project.name}`, to: [{ address: TO }] });
});

test('why it does not go is told, while it is tried and when it is given up', async () => {
  vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:1');
  resetEnv();
  const id = await send();
  await deliverDueMail();
  expect(await outcome(id)).toEqual({ state: 'queued', reason: expect.stringMatching(/^E[A-Z]+/) });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * 60_000 });
  await deliverDueMail(new Date());
  expect(await outcome(id)).toEqual({ state: 'failed', reason: 'expired' });
});

test('it tells nothing of other mails, nor of another project’s', async () => {
  const id = await send();
  expect(await findTestMail((await makeProject()).id, id)).toBeNull();
  expect(await outcome(newId())).toBeNull();
  const other = await transaction((tx) =>
    queueMail(tx, project.id, { kind: 'account_deleted', to: TO, locale: 'en', params: {} }),
  );
  expect(await outcome(other)).toBeNull();
});

test.each([
  ['Acme <no-reply@acme.example>', { name: 'Acme', address: 'no-reply@acme.example' }],
  ['"Acme, Inc." <no-reply@acme.example>', { name: 'Acme, Inc.', address: 'no-reply@acme.example' }],
  ['no-reply@acme.example', { name: '', address: 'no-reply@acme.example' }],
])('mails of a project come from its own sender: %s', async (sender, from) => {
  await setSender(sender);
  await send();
  await deliverDueMail();
  expect((await received()).from).toEqual(from);
});

test('without one of its own they come from MAIL_FROM', async () => {
  vi.stubEnv('MAIL_FROM', 'Signet <signet@example.com>');
  resetEnv();
  await send();
  await deliverDueMail();
  expect((await received()).from).toEqual({ name: 'Signet', address: 'signet@example.com' });
});
