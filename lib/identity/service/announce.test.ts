import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deliverDueMail } from '@/lib/mail/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { readOutbox } from '@/testing/outbox';
import { actorOf, makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import type { Identity } from '../model';
import { changeIdentity, createIdentity, patchIdentity } from '../service';
import { editIdentity } from './edit-fields';

let project: Project;
const ACTORS = ['api_credential', 'operator', 'cli', 'system'] as const;

const by = (kind: Actor['kind']): Actor => ({
  ...cliActor(project.id),
  kind,
  id: kind === 'operator' ? newId() : null,
});
const newEmail = () => `new-${newId()}@example.com`;
const addressOf = ({ identifiers: [address = ''] }: Identity) => address;
const setEmail = (actor: Actor, { id }: Identity, email: string) =>
  changeIdentity(actor, id, ({ traits }) => ({ traits: { ...traits, email } }));
const proven = async () => {
  const person = await makePerson(project);
  return changeIdentity(by('cli'), person.id, () => ({ verified: { [addressOf(person)]: true } }));
};
const mailsTo = async (address: string) =>
  (await readOutbox()).filter(({ mail }) => mail.to === address).map(({ mail }) => mail);
const sentTo = async (addresses: string[]) => {
  const waiting = (await readOutbox()).filter(({ mail }) => addresses.includes(mail.to)).length;
  await deliverDueMail();
  const sent = await (await db()).outboxMail.count({ where: { sentAt: { not: null } } });
  return { waiting, sent };
};

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(async () => {
  const client = await db();
  await client.outboxMail.deleteMany();
  await client.rateLimit.deleteMany();
});

describe.each(ACTORS)('an email change by: %s', (kind) => {
  test('notifies the old and the new address', async () => {
    const [person, email] = [await proven(), newEmail()];
    await setEmail(by(kind), person, email);
    expect(await mailsTo(addressOf(person))).toMatchObject([
      { kind: 'email_change_notice', params: { by: 'administrator', newAddress: email } },
    ]);
    expect(await mailsTo(email)).toEqual([{ kind: 'email_changed', to: email, locale: 'en', params: {} }]);
  });
});

test('patches and the operator form notify as well', async () => {
  for (const change of [
    (id: string, value: string) =>
      patchIdentity(by('api_credential'), id, [{ op: 'replace', path: '/traits/email', value }]),
    (id: string, mine: string, base: string) =>
      editIdentity(by('operator'), id, [{ pointer: '/traits/email', base, mine }]),
  ]) {
    const [person, email] = [await proven(), newEmail()];
    await change(person.id, email, addressOf(person));
    expect(await mailsTo(addressOf(person))).toHaveLength(1);
    expect(await mailsTo(email)).toHaveLength(1);
  }
});

test('an unverified old address does not learn the new one', async () => {
  const [person, email] = [await makePerson(project), newEmail()];
  await setEmail(by('api_credential'), person, email);
  const [mail, ...more] = await mailsTo(addressOf(person));
  expect(mail).toMatchObject({ kind: 'email_change_notice', params: { by: 'administrator' } });
  expect(JSON.stringify(mail)).not.toContain(email);
  expect(more).toEqual([]);
});

test('sends nothing when the address is kept: other traits, case, verified flag, new identity', async () => {
  const person = await makePerson(project);
  await setEmail(by('cli'), person, addressOf(person).toUpperCase());
  await changeIdentity(by('cli'), person.id, () => ({ verified: { [addressOf(person)]: true } }));
  await changeIdentity(by('cli'), person.id, ({ traits }) => ({ traits: { ...traits, name: { first: 'Ada' } } }));
  await createIdentity(by('api_credential'), { traits: { email: newEmail() } });
  expect(await readOutbox()).toEqual([]);
});

test('leaves notifications of a self-made change to the verified flow', async () => {
  const person = await proven();
  await setEmail(actorOf(person), person, newEmail());
  expect(await readOutbox()).toEqual([]);
});

test('a refused change sends nothing', async () => {
  const [person, other] = [await proven(), await proven()];
  await expect(setEmail(by('cli'), person, addressOf(other))).rejects.toMatchObject({ code: 'identifier_taken' });
  expect(await readOutbox()).toEqual([]);
});

test('limits one mailbox to ten a day, across +tags and changes', async () => {
  const person = await proven();
  const addresses = Array.from({ length: 14 }, (_, tag) => `victim-${project.slug}+${tag}@example.com`);
  for (const address of addresses) await setEmail(by('api_credential'), person, address);
  const { waiting, sent } = await sentTo(addresses);
  expect(waiting).toBe(27);
  expect(sent).toBe(1 + 10); // the first old address, and ten of the mailbox
});
