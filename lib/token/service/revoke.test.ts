import { expect, test } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { makeProject } from '@/testing/project';
import { purgeRevokedTokens } from './revoke';

const HOUR_MILLIS = 60 * 60 * 1000;

test('purges expired revocations in steps, also when more have expired than one step deletes', async () => {
  const { id: projectId } = await makeProject();
  const { revokedToken } = await db();
  await revokedToken.deleteMany();
  const expiresAt = new Date('2026-03-01T12:00:00.000Z');
  const later = { projectId, jti: newId(), expiresAt: new Date(expiresAt.getTime() + 1) };
  const expired = Array.from({ length: 1001 }, () => ({ projectId, jti: newId(), expiresAt }));
  await revokedToken.createMany({ data: [...expired, later] });
  expect(await purgeRevokedTokens(new Date(expiresAt.getTime() + HOUR_MILLIS + 1))).toBe(1001);
  expect(await revokedToken.findMany()).toEqual([later]);
});
