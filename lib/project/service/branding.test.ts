import { beforeEach, expect, test } from 'vitest';
import { MAX_PICTURE_BYTES } from '@/lib/picture/model';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { readEvents } from '@/testing/events';
import { makeProject } from '@/testing/project';
import type { Project } from '../model';
import * as projects from '../service';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const png = (...rest: number[]) => new Uint8Array([...PNG, ...rest]);
let project: Project;
let actor: Actor;

beforeEach(async () => {
  project = await makeProject();
  actor = cliActor(project.id);
});

test('stores a picture under the hash of its bytes, replaces and removes it', async () => {
  const { logoHash: before } = await projects.setLogo(actor, png(1));
  const changed = await projects.setLogo(actor, png(2));
  expect(changed.logoHash).not.toBe(before);
  expect(await projects.findLogo(changed, changed.logoHash ?? '')).toEqual({ mediaType: 'image/png', bytes: png(2) });
  expect(await projects.findLogo(changed, before ?? '')).toBeNull();
  const none = await projects.removeLogo(actor);
  expect(none.logoHash).toBeNull();
  expect(await (await db()).projectLogo.count()).toBe(0);
  expect(await readEvents(project.id, 'project.updated')).toHaveLength(3);
});

test('finds it in its own project only', async () => {
  const { logoHash } = await projects.setLogo(actor, png());
  expect(await projects.findLogo(await makeProject(), logoHash ?? '')).toBeNull();
});

test.each([
  ['format', new Uint8Array(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))],
  ['format', new Uint8Array()],
  ['size', new Uint8Array([...PNG, ...new Uint8Array(MAX_PICTURE_BYTES)])],
])('refuses a picture for its %s', async (keyword, bytes) => {
  await expect(projects.setLogo(actor, bytes)).rejects.toMatchObject({
    code: 'invalid_input',
    details: { violations: [{ pointer: '/logo', keyword }] },
  });
  expect((await projects.getProject(project.id)).logoHash).toBeNull();
});

test('accepts the maximum size', async () => {
  const largest = new Uint8Array(MAX_PICTURE_BYTES);
  largest.set(PNG);
  const { logoHash } = await projects.setLogo(actor, largest);
  expect((await projects.findLogo(await projects.getProject(project.id), logoHash ?? ''))?.bytes).toEqual(largest);
});
