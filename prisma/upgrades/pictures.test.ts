import { expect, test } from 'vitest';
import { getIdentity, setPicture } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { jpegOf } from '@/testing/pictures';
import { upgradeFixture } from '@/testing/upgraded';

test('people of 0.1.0 have no picture, and can get one', async () => {
  const upgrade = await upgradeFixture();
  const identities = await upgrade.rowsOf('Identity');
  expect(identities.length).toBeGreaterThan(0);
  expect(identities.filter(({ pictureId }) => pictureId !== null)).toEqual([]);
  const { projectId } = upgrade.known.home;
  const id = String(identities.find((row) => row.projectId === projectId)?.id);
  await setPicture(cliActor(projectId), id, jpegOf());
  expect((await getIdentity(projectId, id)).pictureId).not.toBeNull();
});
