import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { newId } from '@/lib/platform/ids';
import { readEvents } from '@/testing/events';
import { addPasskey, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import type { Project } from '../model';
import * as projects from '../service';

let first: Project;
let project: Project;
let actor: Actor;
const someOrigin = () => `https://${newId()}.example.com`;
const origins = async () => (await projects.listOrigins(project.id)).map(({ origin }) => origin);

beforeAll(async () => {
  first = await projects.ensureFirstProject('http://localhost:3000');
});
beforeEach(async () => {
  project = await makeProject();
  actor = cliActor(project.id);
});

test('adds and removes an origin, with an event for each', async () => {
  const origin = someOrigin();
  const added = await projects.addOrigin(actor, `${origin}/`);
  expect(await origins()).toEqual([project.origin, origin]);
  expect((await projects.findProjectByHost(new URL(origin).host))?.id).toBe(project.id);
  await projects.removeOrigin(actor, added.id);
  expect(await origins()).toEqual([project.origin]);
  expect(await projects.findProjectByHost(new URL(origin).host)).toBeNull();
  const events = await readEvents(project.id, 'project.updated');
  const both = [project.origin, origin].sort();
  expect(events.map(({ details }) => details.changes)).toEqual([
    { '/origins': { before: both, after: [project.origin] } },
    { '/origins': { before: [project.origin], after: both } },
  ]);
});

test('changing the primary origin changes issuer and RP ID, and no passkey of the old host is live', async () => {
  const proof = await signIn(project, await makePerson(project));
  await addPasskey(proof);
  await addPasskey(proof);
  const origin = someOrigin();
  const { id } = await projects.addOrigin(actor, origin);
  expect(await projects.countLivePasskeys(project.id, project.origin)).toBe(2);
  await projects.makePrimaryOrigin(actor, id);
  expect(await projects.getProject(project.id)).toMatchObject({ origin, rpId: new URL(origin).hostname });
  expect(await origins()).toEqual([origin, project.origin]);
  expect(await projects.countLivePasskeys(project.id, origin)).toBe(0);
  const [event] = await readEvents(project.id, 'project.updated');
  expect(event?.details.changes).toEqual({ '/origin': { before: project.origin, after: origin } });
  await projects.makePrimaryOrigin(actor, id);
  expect(await readEvents(project.id, 'project.updated')).toHaveLength(2);
});

test('keeps a single primary origin under concurrent changes', async () => {
  const added = await Promise.all([1, 2, 3].map(() => projects.addOrigin(actor, someOrigin())));
  await Promise.all(added.map(({ id }) => projects.makePrimaryOrigin(actor, id)));
  const all = await projects.listOrigins(project.id);
  expect(all.map(({ isPrimary }) => isPrimary)).toEqual([true, false, false, false]);
});

describe('refuses', () => {
  test('to remove the primary origin', async () => {
    const [primary] = await projects.listOrigins(project.id);
    await expect(projects.removeOrigin(actor, primary?.id ?? '')).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test("to add, remove or promote another project's origin", async () => {
    const other = await makeProject();
    const theirs = await projects.addOrigin(cliActor(other.id), someOrigin());
    await expect(projects.addOrigin(actor, theirs.origin)).rejects.toMatchObject({ code: 'origin_taken' });
    await expect(projects.addOrigin(actor, `${theirs.origin}:8443`)).rejects.toMatchObject({ code: 'origin_taken' });
    await expect(projects.removeOrigin(actor, theirs.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(projects.makePrimaryOrigin(actor, theirs.id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await projects.listOrigins(other.id)).toHaveLength(2);
  });

  test('its own origin, but accepts another port of its host', async () => {
    await projects.addOrigin(actor, `${project.origin}:8443`);
    expect(await origins()).toContain(`${project.origin}:8443`);
    await expect(projects.addOrigin(actor, project.origin)).rejects.toMatchObject({ code: 'origin_taken' });
  });

  test('an invalid origin', async () => {
    await expect(projects.addOrigin(actor, 'id.example.com')).rejects.toMatchObject({
      details: { violations: [{ pointer: '/origin', keyword: 'format' }] },
    });
  });

  test('more than twenty', async () => {
    for (let n = 1; n < 20; n++) await projects.addOrigin(actor, someOrigin());
    await expect(projects.addOrigin(actor, someOrigin())).rejects.toMatchObject({
      details: { violations: [{ pointer: '/origin', keyword: 'maxItems' }] },
    });
  });
});

describe('the first project', () => {
  test('accepts further origins, but its primary one follows the settings of the installation', async () => {
    const added = await projects.addOrigin(cliActor(first.id), someOrigin());
    const moved = projects.makePrimaryOrigin(cliActor(first.id), added.id);
    await expect(moved).rejects.toMatchObject({ code: 'default_project_protected' });
    // A start with this origin in SIGNET_ORIGIN makes it the primary one.
    expect((await projects.ensureFirstProject(added.origin)).origin).toBe(added.origin);
    expect(await projects.listOrigins(first.id)).toHaveLength(1);
    await projects.ensureFirstProject('http://localhost:3000');
  });

  test("does not start on another project's domain, and keeps its own", async () => {
    const port = `${project.origin}:8443`;
    await expect(projects.ensureFirstProject(project.origin)).rejects.toThrow(project.slug);
    await expect(projects.ensureFirstProject(port)).rejects.toThrow(project.slug);
    expect((await projects.getFirstProject()).origin).toBe('http://localhost:3000');
  });
});
