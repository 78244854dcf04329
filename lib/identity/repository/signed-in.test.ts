import { beforeEach, expect, test } from 'vitest';
import type { Project } from '@/lib/project/model';
import { makePerson } from '@/testing/people';
import { plansOf } from '@/testing/plans';
import { makeProject } from '@/testing/project';
import { db } from '../../platform/db/client';
import { transaction } from '../../platform/db/transaction';
import { findPlaces, updateSignedInAt } from '../repository';

let project: Project;
const ORDER = { by: 'signedIn', isDescending: true } as const;
const window = (limit: number) => ({ after: null, offset: 0, limit });

beforeEach(async () => {
  project = await makeProject();
});

async function makeSignedIn(at: number | null): Promise<string> {
  const { id } = await makePerson(project);
  if (at !== null) await transaction((tx) => updateSignedInAt(tx, project.id, id, new Date(at)));
  return id;
}

test('lists by the last sign-in, those without one last, and continues after any place', async () => {
  const ids: string[] = [];
  for (const at of [2000, null, 5000, 1000, null, 2000]) ids.push(await makeSignedIn(at));
  const [first, never, latest, earliest, neverToo, second] = ids;
  const expected = [latest, second, first, earliest, neverToo, never];
  const all = await findPlaces(project.id, {}, ORDER, window(10));
  expect(all.map(({ id }) => id)).toEqual(expected);
  for (const [at, place] of all.entries()) {
    const rest = await findPlaces(project.id, {}, ORDER, { after: place, offset: 0, limit: 10 });
    expect(rest.map(({ id }) => id)).toEqual(expected.slice(at + 1));
  }
  const ascending = await findPlaces(project.id, {}, { ...ORDER, isDescending: false }, window(10));
  expect(ascending.map(({ id }) => id)).toEqual(expected.toReversed());
});

test('follows an index, without sorting', async () => {
  await makeSignedIn(1000);
  const plans = await plansOf(() => findPlaces(project.id, {}, ORDER, window(2)));
  expect(plans.join()).toContain('Identity_projectId_signedInAt_id_idx');
  expect(plans.join()).not.toMatch(/TEMP B-TREE|Sort/);
});

test('a sign-in is written at most once and never goes back', async () => {
  const id = await makeSignedIn(5000);
  await transaction((tx) => updateSignedInAt(tx, project.id, id, new Date(4000)));
  const row = await (await db()).identity.findUniqueOrThrow({ where: { id } });
  expect(Number(row.signedInAt)).toBe(5000);
});
