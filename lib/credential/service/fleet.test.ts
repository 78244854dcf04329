import { beforeEach, expect, test } from 'vitest';
import { changeIdentity, createIdentity } from '@/lib/identity/service';
import type { Project } from '@/lib/project/model';
import { createRecoveryCodes } from '@/lib/recovery-code/service';
import { SoftwareAuthenticator } from '@/testing/authenticator';
import { makeOperator } from '@/testing/operators';
import { addPasskey, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { statementsOf } from '@/testing/statements';
import { systemActor } from '../../platform/actor';
import { db } from '../../platform/db/client';
import { fleetNumbers } from '../model/fleet';
import { countFleetStep, upsertFleet } from '../repository/fleet';
import { readFleet } from './fleet';

let project: Project;
beforeEach(async () => {
  project = await makeProject();
});

const device = (isBackedUp: boolean) =>
  new SoftwareAuthenticator({ origin: project.origin, isBackupEligible: isBackedUp, isBackedUp });

async function makeHolder(...synced: boolean[]) {
  const person = await makePerson(project);
  for (const isBackedUp of synced) await addPasskey(await signIn(project, person), device(isBackedUp));
  return person;
}

test('assigns each active person to one group', async () => {
  await makeHolder();
  await makeHolder(false);
  await makeHolder(true);
  await makeHolder(false, true);
  const { id } = await makeHolder(false);
  await changeIdentity(systemActor(project.id), id, () => ({ state: 'inactive' }));
  expect(await readFleet(project)).toEqual({
    numbers: { ...fleetNumbers(), people: 4, without: 1, oneDevice: 1, oneSynced: 1, several: 1, synced: 2 },
    countedAt: null,
  });
});

test('a lost device locks out only a person without an address', async () => {
  await makeHolder(false);
  const person = await makeHolder(false);
  const { verifiableAddress } = await db();
  await verifiableAddress.deleteMany({ where: { identityId: person.id } });
  expect((await readFleet(project)).numbers).toMatchObject({ oneDevice: 2, lockedOut: 1 });
});

test('a person with a username and an unused recovery code is not locked out, unless codes are off', async () => {
  const person = await makeHolder(false);
  await createRecoveryCodes(await signIn(project, person));
  const client = await db();
  await client.verifiableAddress.deleteMany({ where: { identityId: person.id } });
  expect((await readFleet(project)).numbers).toMatchObject({ oneDevice: 1, lockedOut: 0 });
  expect((await readFleet({ ...project, recoveryCodes: 'off' })).numbers).toMatchObject({ lockedOut: 1 });
  await client.recoveryCode.updateMany({ where: { identityId: person.id }, data: { usedAt: new Date() } });
  expect((await readFleet(project)).numbers).toMatchObject({ lockedOut: 1 });
});

test('leaves out people who deleted their account', async () => {
  const { id } = await makeHolder(false);
  await (await db()).identity.update({ where: { id }, data: { deletionDueAt: new Date() } });
  expect((await readFleet(project)).numbers).toMatchObject({ people: 0 });
});

test('counts operators who depend on one device', async () => {
  const operator = await makeOperator(project, 'admin', project.organizationId);
  await addPasskey(await signIn(project, operator), device(false));
  expect((await readFleet(project)).numbers).toMatchObject({ oneDevice: 1, operators: 1 });
});

test('ignores passkeys of another domain', async () => {
  const { id } = await makeHolder(true);
  await (await db()).passkey.updateMany({ where: { identityId: id }, data: { rpId: 'former.example' } });
  expect((await readFleet(project)).numbers).toMatchObject({ people: 1, without: 1 });
});

test('counts in steps as at once', async () => {
  for (const synced of [[], [false], [true], [false, true], [true]]) await makeHolder(...synced);
  const scope = { projectId: project.id, rpId: project.rpId, hasCodes: true };
  const all = await countFleetStep(scope, '', 100);
  let [after, people, synced] = ['', 0, 0];
  for (;;) {
    const step = await countFleetStep(scope, after, 2);
    people += step.people;
    synced += step.synced;
    if (step.read < 2 || step.last === null) break;
    after = step.last;
  }
  expect([people, synced]).toEqual([all.people, all.synced]);
});

test('is read with two statements, also as the job has counted it', async () => {
  expect(await statementsOf(() => readFleet(project))).toHaveLength(2);
  await createIdentity(systemActor(project.id), { traits: { email: 'one@example.com' } });
  const numbers = { ...fleetNumbers(), people: 5000, without: 5000 };
  await upsertFleet(project.id, numbers, new Date());
  await (await db()).identityCount.updateMany({ where: { projectId: project.id }, data: { count: 5000 } });
  expect((await readFleet(project)).numbers).toEqual(numbers);
  expect(await statementsOf(() => readFleet(project))).toHaveLength(2);
});
