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

/** The newest mail file, parsed as a mail client would. */
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

test('a test message is queued, then sent', async () => {
  const id = await send();
  expect(await outcome(id)).toEqual({ state: 'queued', reason: null });
  await deliverDueMail();
  expect(await outcome(id)).toEqual({ state: 'sent', reason: null });
  expect(await received()).toMatchObject({ subject: `Test email from ${project.name}`, to: [{ address: TO }] });
});

test('reports the reason of a failure, while it is retried and once it is abandoned', async () => {
  vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:1');
  resetEnv();
  const id = await send();
  await deliverDueMail();
  expect(await outcome(id)).toEqual({ state: 'queued', reason: expect.stringMatching(/^E[A-Z]+/) });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * 60_000 });
  await deliverDueMail(new Date());
  expect(await outcome(id)).toEqual({ state: 'failed', reason: 'expired' });
});

test('does not report other mails or those of another project', async () => {
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
])('sends mails of a project from its own sender: %s', async (sender, from) => {
  await setSender(sender);
  await send();
  await deliverDueMail();
  expect((await received()).from).toEqual(from);
});

test('sends from MAIL_FROM if the project has no sender', async () => {
  vi.stubEnv('MAIL_FROM', 'Signet <signet@example.com>');
  resetEnv();
  await send();
  await deliverDueMail();
  expect((await received()).from).toEqual({ name: 'Signet', address: 'signet@example.com' });
});
