import { beforeEach, describe, expect, test } from 'vitest';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { findSession } from '@/lib/session/service';
import { readEvents } from '@/testing/events';
import { makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import type { Project } from '../model';
import * as projects from '../service';

let project: Project;
const update = (edit: Parameters<typeof projects.updateProject>[1]) =>
  projects.updateProject(cliActor(project.id), edit);
/** An edit based on the settings in `project`. */
const change = (mine: Partial<projects.ProjectSettings>) => update({ base: project, mine });
const current = () => projects.getProject(project.id);
const someSlug = () => `s-${newId().slice(-12)}`;

beforeEach(async () => {
  project = await makeProject();
});

test('stores a change, records it with before and after, and shows it to every reader at once', async () => {
  const slug = someSlug();
  const changed = await change({ name: ' Acme ', slug, registration: 'open', accentColor: '#0b6e4f' });
  expect(changed).toMatchObject({ name: 'Acme', slug, registration: 'open', accentColor: '#0b6e4f' });
  expect(await current()).toEqual(changed);
  expect(await projects.findProjectByHost(new URL(project.origin).host)).toEqual(changed);
  expect(changed.updatedAt.getTime()).toBeGreaterThan(project.updatedAt.getTime());
  const [event] = await readEvents(project.id, 'project.updated');
  expect(event?.details).toEqual({
    name: 'Acme',
    changes: {
      '/name': { before: project.name, after: 'Acme' },
      '/slug': { before: project.slug, after: slug },
      '/registration': { before: 'closed', after: 'open' },
      '/accent_color': { before: null, after: '#0b6e4f' },
    },
  });
});

test('the next read sees a change by another process', async () => {
  await (await db()).project.update({ where: { id: project.id }, data: { name: 'Elsewhere' } });
  await (await db()).projectOrigin.updateMany({
    where: { projectId: project.id },
    data: { origin: `https://${project.slug}.example.net`, host: `${project.slug}.example.net` },
  });
  expect(await projects.findProjectByHost(new URL(project.origin).host)).toBeNull();
  expect(await projects.findProjectByHost(`${project.slug}.example.net`)).toMatchObject({ name: 'Elsewhere' });
});

test('an empty edit writes neither change nor event', async () => {
  expect(await change({ name: project.name, registration: 'closed' })).toEqual(project);
  expect(await readEvents(project.id, 'project.updated')).toEqual([]);
});

test('an empty sender is stored as null', async () => {
  expect((await change({ mailFrom: 'Acme <id@acme.example>' })).mailFrom).toBe('Acme <id@acme.example>');
  expect((await update({ base: { mailFrom: 'Acme <id@acme.example>' }, mine: { mailFrom: ' ' } })).mailFrom).toBeNull();
});

describe('concurrent changes', () => {
  test('keeps both changes of different fields', async () => {
    await change({ name: 'Theirs' });
    expect(await change({ registration: 'open' })).toMatchObject({ name: 'Theirs', registration: 'open' });
  });

  test('refuses a conflicting change and reports both values', async () => {
    await change({ name: 'Theirs' });
    await expect(change({ name: 'Mine', registration: 'open' })).rejects.toMatchObject({
      code: 'version_conflict',
      details: { conflicts: [{ pointer: '/name', base: project.name, mine: 'Mine', theirs: 'Theirs' }] },
    });
    expect(await current()).toMatchObject({ name: 'Theirs', registration: 'closed' });
  });

  test('writes one of many simultaneous changes to one field', async () => {
    const wanted = ['One', 'Two', 'Three', 'Four'];
    const outcomes = await Promise.allSettled(wanted.map((name) => change({ name })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes.filter((each) => each.status === 'rejected'))
      expect(outcome.reason).toMatchObject({ code: 'version_conflict' });
    expect(await readEvents(project.id, 'project.updated')).toHaveLength(1);
  });

  test('writes all simultaneous changes to different fields', async () => {
    await Promise.all([change({ name: 'Acme' }), change({ registration: 'open' }), change({ accentColor: '#0b6e4f' })]);
    expect(await current()).toMatchObject({ name: 'Acme', registration: 'open', accentColor: '#0b6e4f' });
    expect(await readEvents(project.id, 'project.updated')).toHaveLength(3);
  });
});

describe('refuses with a pointer', () => {
  test.each<[Partial<projects.ProjectSettings>, string, string]>([
    [{ name: ' ' }, '/name', 'required'],
    [{ name: 'x'.repeat(101) }, '/name', 'maxLength'],
    [{ name: 'a\nb' }, '/name', 'pattern'],
    [{ name: '\u3164\u2800' }, '/name', 'required'],
    [{ name: 'a\u202eb' }, '/name', 'pattern'],
    [{ name: `z${'\u0316'.repeat(9)}` }, '/name', 'pattern'],
    [{ slug: 'No Slug' }, '/slug', 'format'],
    [{ slug: 'console' }, '/slug', 'reserved'],
    [{ registration: 'everybody' as never }, '/registration', 'enum'],
    [{ sessionIdleSeconds: 299 }, '/sessionIdleSeconds', 'range'],
    [{ sessionIdleSeconds: 300.5 }, '/sessionIdleSeconds', 'range'],
    [{ sessionLifetimeSeconds: 366 * 86_400 }, '/sessionLifetimeSeconds', 'range'],
    [{ sessionIdleSeconds: 90_000 }, '/sessionIdleSeconds', 'order'],
    [{ accentColor: 'red' }, '/accentColor', 'format'],
    [{ accentColor: '#ffff00' }, '/accentColor', 'contrast'],
    [{ mailFrom: 'Acme' }, '/mailFrom', 'format'],
    [{ mailFrom: 'a@b.example\r\nBcc: c@d.example' }, '/mailFrom', 'format'],
    [{ mailFrom: 'A\u202eB <a@b.example>' }, '/mailFrom', 'format'],
  ])('%j', async (mine, pointer, keyword) => {
    await expect(change(mine)).rejects.toMatchObject({
      code: 'invalid_input',
      details: { violations: [{ pointer, keyword }] },
    });
    expect(await current()).toEqual(project);
  });

  test('a slug of another project, even concurrently', async () => {
    const other = await makeProject();
    const slug = someSlug();
    const outcomes = await Promise.allSettled(
      [project, other].map((one) => projects.updateProject(cliActor(one.id), { base: one, mine: { slug } })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const loser = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(loser?.reason).toMatchObject({ code: 'slug_taken' });
  });

  test('a project that does not exist', async () => {
    const nowhere = projects.updateProject(cliActor(newId()), { base: {}, mine: { name: 'x' } });
    await expect(nowhere).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('suggests the nearest valid color for a refused one', async () => {
  const refusal = await change({ accentColor: '#ffff00' }).catch((error) => error);
  const { suggestion } = refusal.details.violations[0].params;
  expect((await change({ accentColor: suggestion })).accentColor).toBe(suggestion);
});

describe('session times', () => {
  test('a shorter lifetime ends open sessions, and a longer one does not extend them', async () => {
    const { session } = await signIn(project, await makePerson(project));
    const client = await db();
    const began = new Date(Date.now() - 3_000_000);
    await client.session.update({ where: { id: session.id }, data: { createdAt: began } });
    expect(await findSession(project.id, session.id)).not.toBeNull();
    await update({ base: project, mine: { sessionIdleSeconds: 900, sessionLifetimeSeconds: 900 } });
    expect(await findSession(project.id, session.id)).toBeNull();
    await update({ base: await current(), mine: { sessionLifetimeSeconds: 200 * 86_400 } });
    const seen = await findSession(project.id, session.id);
    expect(seen?.session.expiresAt).toEqual(session.expiresAt);
  });

  test('a shorter idle time ends sessions that were idle for longer', async () => {
    const { session } = await signIn(project, await makePerson(project));
    const lastSeenAt = new Date(Date.now() - 600_000);
    await (await db()).session.update({ where: { id: session.id }, data: { lastSeenAt } });
    expect(await findSession(project.id, session.id)).not.toBeNull();
    await change({ sessionIdleSeconds: 300 });
    expect(await findSession(project.id, session.id)).toBeNull();
  });
});
