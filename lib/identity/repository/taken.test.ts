import fc from 'fast-check';
import { expect, test } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { findHoldersOfIds, findTaken } from '../repository';
import { findReserved } from './email-change';

/** Few values, so that many are asked for that are taken. Quotes, brackets and signs of JSON and LIKE are texts too. */
const key = fc.constantFrom('a', 'A', 'ä', "'", '"', '[', '%', '_', '\\', 'null', '1', '', '😀', 'z');
const keys = fc.uniqueArray(key, { maxLength: 6 });
const minute = fc.integer({ min: -2, max: 2 });
const scene = fc.record({
  values: keys,
  externalId: fc.option(key),
  reservations: fc.array(fc.record({ oldAddress: key, minutes: minute, isByOther: fc.boolean() }), { maxLength: 5 }),
});

test('taken and reserved keys are those that Prisma finds', () =>
  fc.assert(
    fc.asyncProperty(scene, keys, async ({ values, externalId, reservations }, asked) => {
      const project = await makeProject();
      const { id: projectId } = project;
      const [one, other] = [await makePerson(project), await makePerson(project)];
      const client = await db();
      const now = new Date();
      const row = { projectId, createdAt: now };
      await client.identity.update({ where: { id: one.id }, data: { externalId } });
      await client.identifier.createMany({
        data: values.map((value) => ({ ...row, id: newId(), identityId: one.id, value })),
      });
      await client.emailChange.createMany({
        data: reservations.map(({ oldAddress, minutes, isByOther }) => ({
          ...{ ...row, id: newId(), linkHash: newId(), oldAddress, pointer: '/email' },
          identityId: isByOther ? other.id : one.id,
          expiresAt: new Date(now.getTime() + minutes * 60_000),
        })),
      });

      const reserved = async (exceptId: string | null) =>
        (
          await client.emailChange.findMany({
            where: {
              ...{ projectId, oldAddress: { in: asked }, expiresAt: { gt: now } },
              ...(exceptId !== null && { identityId: { not: exceptId } }),
            },
          })
        ).map(({ oldAddress }) => oldAddress);
      for (const exceptId of [null, one.id]) {
        const found = await findReserved(projectId, { addresses: asked, exceptId }, now);
        expect(found.toSorted()).toEqual((await reserved(exceptId)).toSorted());
      }
      const identifiers = await client.identifier.findMany({ where: { projectId, value: { in: asked } } });
      const externals = await client.identity.findMany({ where: { projectId, externalId: { in: asked } } });
      const wanted = { identifiers: asked, externalIds: asked, userHandles: [one.userHandle, ...asked] };
      const taken = await transaction((tx) => findTaken(tx, projectId, wanted));
      expect(taken.identifiers.toSorted()).toEqual(
        [...identifiers.map(({ value }) => value), ...(await reserved(null))].toSorted(),
      );
      expect(taken.externalIds).toEqual(externals.map((identity) => identity.externalId));
      expect(taken.userHandles).toEqual([one.userHandle]);
      expect(await findHoldersOfIds([one.id, newId(), one.id, ...asked])).toEqual(new Map([[one.id, projectId]]));

      const { id: elsewhere } = await makeProject();
      const none = { identifiers: [], externalIds: [], userHandles: [one.userHandle] };
      expect(await transaction((tx) => findTaken(tx, elsewhere, wanted))).toEqual(none);
    }),
    { numRuns: 25 },
  ));
