import { beforeAll, expect, test } from 'vitest';
import { cliActor } from '@/lib/platform/actor';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { readOutbox } from '@/testing/outbox';
import { mailsTo, makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { createInvitedIdentity } from './invite-identity';

let project: Project;
const invite = (email: unknown, more: { state?: 'inactive' } = {}) =>
  createInvitedIdentity(
    cliActor(project.id),
    { traits: { email: email as string }, ...more },
    { locale: 'de', inviter: 'Ada' },
  );

beforeAll(async () => {
  project = await makeProject();
});

test('mails a new identity the sign-in URL, in the given language and without a secret', async () => {
  const identity = await invite('New@Example.com');
  const link = expect.stringMatching(new RegExp(`^${project.origin}/login(\\?email=new%40example\\.com)?$`));
  expect(await mailsTo(identity)).toEqual([
    { kind: 'invitation', to: 'new@example.com', locale: 'de', params: { link, inviter: 'Ada' } },
  ]);
  expect(identity.verifiableAddresses[0]?.verified).toBe(false);
});

test('sends no mail if the identity is refused: a taken address, or one the schema does not accept', async () => {
  const { identifiers } = await makePerson(project);
  const before = (await readOutbox()).length;
  await expect(invite(identifiers[0])).rejects.toMatchObject({ code: 'identifier_taken' });
  await expect(invite(7)).rejects.toMatchObject({ code: 'invalid_traits' });
  expect(await readOutbox()).toHaveLength(before);
});

test('sends no mail to an inactive identity', async () => {
  expect(await mailsTo(await invite(`${newId()}@example.com`, { state: 'inactive' }))).toEqual([]);
});
