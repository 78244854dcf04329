import { beforeAll, describe, expect, test } from 'vitest';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { findSchema } from '@/lib/schema/service';
import { accessTokenKeys } from '@/lib/token/model';
import { signingKey } from '@/lib/token/service/signing-keys';
import { readEvents } from '@/testing/events';
import type { Project } from '../model';
import * as projects from '../service';

let first: Project;
let actor: Actor;
const someSlug = () => `s-${newId().slice(-12)}`;
const create = (input: Partial<projects.NewProject> = {}) => {
  const project = { name: 'Acme', slug: someSlug(), origin: '', ...input };
  return projects.createProject(actor, first.organizationId, project, { isInstallationOwner: true });
};

beforeAll(async () => {
  first = await projects.ensureFirstProject('http://localhost:3000');
  actor = { ...cliActor(first.id), kind: 'operator', id: 'an-operator' };
});

test("creates schema, keys and audit log, and on a developer's machine a default origin", async () => {
  const slug = someSlug();
  const made = await create({ name: ' Acme ', slug });
  expect(made).toMatchObject({
    name: 'Acme',
    slug,
    organizationId: first.organizationId,
    origin: `http://${slug}.localhost:3000`,
    rpId: `${slug}.localhost`,
    registration: 'closed',
  });
  expect(await projects.findProjectByHost(`${slug}.localhost:3000`)).toEqual(made);
  expect(await projects.listOrigins(made.id)).toMatchObject([{ origin: made.origin, isPrimary: true }]);
  expect(await findSchema(made.id, 'default')).toMatchObject({ version: 1 });
  expect((await signingKey(accessTokenKeys(made.id))).kid).toContain(made.id);
  const [event] = await readEvents(made.id, 'project.created');
  expect(event).toMatchObject({ actorId: 'an-operator', actorKind: 'operator', details: { name: 'Acme' } });
  expect(await readEvents(first.id, 'project.created')).toEqual([]);
});

test('normalizes its domain', async () => {
  const slug = someSlug();
  expect((await create({ origin: ` HTTPS://${slug}.Example.com:443/ ` })).origin).toBe(`https://${slug}.example.com`);
});

test('requires a domain where the first project has one', async () => {
  await projects.ensureFirstProject('https://id.example.com');
  const refused = create();
  await expect(refused).rejects.toMatchObject({
    code: 'invalid_input',
    details: { violations: [{ pointer: '/origin', keyword: 'required' }] },
  });
  await projects.ensureFirstProject('http://localhost:3000');
});

describe('refuses and writes nothing', () => {
  test.each<[Partial<projects.NewProject>, string, string]>([
    [{ name: '' }, '/name', 'required'],
    [{ slug: '-' }, '/slug', 'format'],
    [{ slug: 'admin' }, '/slug', 'reserved'],
    [{ origin: 'http://id.example.com' }, '/origin', 'scheme'],
    [{ origin: 'https://id.example.com/x' }, '/origin', 'path'],
    [{ origin: 'https://192.0.2.1' }, '/origin', 'address'],
  ])('%j', async (input, pointer, keyword) => {
    await expect(create(input)).rejects.toMatchObject({ details: { violations: [{ pointer, keyword }] } });
  });

  test('a taken slug, even concurrently and in another organization', async () => {
    const slug = someSlug();
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map((n) => create({ slug, origin: `https://${slug}-${n}.example.com` })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes.filter((each) => each.status === 'rejected'))
      expect(outcome.reason).toMatchObject({ code: 'slug_taken' });
    expect(await (await db()).projectOrigin.count({ where: { host: { startsWith: slug } } })).toBe(1);
  });

  test('a host name of another project, on any port or scheme, even concurrently', async () => {
    const name = `${someSlug()}.localhost`;
    const outcomes = await Promise.allSettled(
      [`http://${name}:3000`, `https://${name}`, `http://${name}:4000`].map((origin) => create({ origin })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes.filter((each) => each.status === 'rejected'))
      expect(outcome.reason).toMatchObject({ code: 'origin_taken' });
  });

  test.each(['http://localhost:4000', 'https://localhost'])(
    'the host name of the first project: %s',
    async (origin) => {
      await expect(create({ origin })).rejects.toMatchObject({ code: 'origin_taken' });
    },
  );

  test('a deleted organization', async () => {
    const slug = someSlug();
    const nowhere = projects.createProject(actor, newId(), { name: 'Acme', slug, origin: '' });
    await expect(nowhere).rejects.toMatchObject({ code: 'not_found' });
    expect(await projects.findProjectByHost(`${slug}.localhost:3000`)).toBeNull();
  });
});
