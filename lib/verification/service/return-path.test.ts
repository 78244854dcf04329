import { beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/platform/db/client';
import type { Project } from '@/lib/project/model';
import { makeProject } from '@/testing/project';
import { findReturnPath, purgeReturnPaths, storeReturnPath } from './return-path';

const PATH = `/console/acme/main/users?ids=${'a'.repeat(3000)}`;
const HOUR_MILLIS = 60 * 60 * 1000;
let project: Project;

beforeEach(async () => {
  project = await makeProject();
  await (await db()).rateLimit.deleteMany();
  await (await db()).returnPath.deleteMany();
});

const clientContextOf = (address = '192.0.2.1') => ({ projectId: project.id, address });
const later = (millis: number) => new Date(Date.now() + millis);

test('CVE-2025-64708: a path is found by its ID for an hour, repeatedly, in its project only', async () => {
  const id = (await storeReturnPath(clientContextOf(), PATH)) ?? '';
  expect(id).toMatch(/^[\w-]{43}$/);
  for (let times = 1; times <= 2; times++) expect(await findReturnPath(project.id, id)).toBe(PATH);
  expect(await findReturnPath(project.id, id, later(HOUR_MILLIS - 60_000))).toBe(PATH);
  expect(await findReturnPath(project.id, id, later(HOUR_MILLIS))).toBeNull();
  expect(await findReturnPath((await makeProject()).id, id)).toBeNull();
  expect(await findReturnPath(project.id, `${id.slice(0, -1)}_`)).toBeNull();
});

test('the database contains neither ID nor path in readable form', async () => {
  const id = (await storeReturnPath(clientContextOf(), PATH)) ?? '';
  const rows = JSON.stringify(await (await db()).returnPath.findMany());
  expect(rows).not.toContain(id);
  expect(rows).not.toContain('/console/');
});

test('allows 30 an hour per client, and 1000 per project', async () => {
  const keepMany = async (address: string, times: number) => {
    const kept: boolean[] = [];
    for (let at = 0; at < times; at++) kept.push((await storeReturnPath(clientContextOf(address), PATH)) !== null);
    return kept.filter(Boolean).length;
  };
  expect(await keepMany('2001:db8::1', 31)).toBe(30);
  expect(await keepMany('2001:db8::2', 1)).toBe(0); // the same /64
  expect(await keepMany('192.0.2.2', 1)).toBe(1);
  await (await db()).rateLimit.updateMany({ data: { count: 1000 } });
  expect(await keepMany('192.0.2.3', 1)).toBe(0);
});

test('purges expired rows', async () => {
  const id = (await storeReturnPath(clientContextOf(), PATH)) ?? '';
  expect(await purgeReturnPaths()).toBe(0);
  expect(await findReturnPath(project.id, id)).toBe(PATH);
  expect(await purgeReturnPaths(later(HOUR_MILLIS))).toBe(1);
});
