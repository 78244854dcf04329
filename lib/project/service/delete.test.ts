import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApiCredential } from '@/lib/api-credential/service';
import { setPicture } from '@/lib/identity/service';
import type { Mail } from '@/lib/mail/model';
import { queueMail } from '@/lib/mail/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { type Db, db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { accessTokenKeys } from '@/lib/token/model';
import { signingKey } from '@/lib/token/service/signing-keys';
import { readEvents } from '@/testing/events';
import { addPasskey, makePerson, signIn } from '@/testing/people';
import { jpegOf } from '@/testing/pictures';
import { plansOf } from '@/testing/plans';
import { makeProject } from '@/testing/project';
import type { Project } from '../model';
import { hasUnreachableOrigin } from '../model/origin';
import { countContents } from '../repository/contents';
import { deleteOwnedRows, OWNED_TABLES } from '../repository/removal';
import * as projects from '../service';

let first: Project;
let project: Project;
let actor: Actor;

/** Every table with rows of a project. */
const TABLES = [
  'projectOrigin',
  'picture',
  'projectLogo',
  'projectText',
  'identitySchema',
  'identity',
  'identifier',
  'verifiableAddress',
  'recoveryAddress',
  'passkey',
  'challenge',
  'session',
  'verification',
  'invitation',
  'apiCredential',
  'signingKey',
  'auditEvent',
  'outboxMail',
] as const;
const TEST_MAIL: Mail = { kind: 'test', to: 'jane@example.com', locale: 'en', params: {} };
const organizationRow = () => {
  const now = new Date();
  return { id: newId(), name: 'Acme', slug: `o-${newId().slice(-12)}`, createdAt: now, updatedAt: now };
};
const countAll = async (projectId: string): Promise<Record<string, number>> => {
  const client: Db = await db();
  const count = (table: (typeof TABLES)[number]) =>
    (client[table].count as (query: object) => Promise<number>)({ where: { projectId } });
  return Object.fromEntries(await Promise.all(TABLES.map(async (table) => [table, await count(table)])));
};

beforeAll(async () => {
  first = await projects.ensureFirstProject('http://localhost:3000');
});
beforeEach(async () => {
  project = await makeProject();
  actor = { ...cliActor(project.id), kind: 'operator', id: 'an-operator' };
});

/** As the worker does it. */
async function deleteWhole(): Promise<void> {
  await projects.deleteProject(actor);
  await projects.finishDeletion(project.id);
}

/** Two people, one with a passkey, both signed in, and an API credential. */
async function fill(): Promise<void> {
  const proof = await signIn(project, await makePerson(project));
  await setPicture(actor, proof.identity.id, jpegOf());
  await addPasskey(proof);
  await signIn(project, await makePerson(project));
  await createApiCredential(actor, {
    name: 'Program',
    authMethod: 'client_secret_basic',
    audiences: [],
    expiresAt: null,
  });
  await signingKey(accessTokenKeys(project.id));
  await projects.setLogo(actor, new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  await projects.changeText(
    actor,
    { locale: 'en', key: 'login.title' },
    { base: { text: null }, mine: { text: 'Hi' } },
  );
}

test('removes all rows of the project, and none of another', async () => {
  await fill();
  const others = await countAll(first.id);
  const contents = { identities: 2, passkeys: 1, sessions: 2, apiCredentials: 1 };
  expect(await projects.countContents(project.id)).toEqual(contents);
  await deleteWhole();
  expect(Object.entries(await countAll(project.id)).filter(([, count]) => count !== 0)).toEqual([]);
  expect(await projects.findProjectByHost(new URL(project.origin).host)).toBeNull();
  await expect(projects.getProject(project.id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await countAll(first.id)).toEqual({ ...others, auditEvent: (others.auditEvent ?? 0) + 1 });
});

test("records actor and row counts in the first project's log", async () => {
  await fill();
  await projects.deleteProject(actor);
  const [event] = await readEvents(first.id, 'project.deleted');
  expect(event).toEqual({
    actorId: 'an-operator',
    actorKind: 'operator',
    identityId: null,
    details: {
      project_id: project.id,
      organization_id: project.organizationId,
      name: project.name,
      slug: project.slug,
      origin: project.origin,
      identities: 2,
      passkeys: 1,
      sessions: 2,
      api_credentials: 1,
    },
  });
});

test('removes hundreds of people in steps, letting other work run in between', async () => {
  const client = await db();
  const { id } = await makePerson(project);
  const row = await client.identity.findUniqueOrThrow({ where: { id } });
  await client.identity.createMany({
    data: Array.from({ length: 600 }, () => ({ ...row, id: newId(), userHandle: newId() })),
  });
  const deletion = deleteWhole();
  const added: string[] = [];
  for (let isOver = false; !isOver; ) {
    isOver = await Promise.race([deletion.then(() => true), makePerson(first).then(({ id }) => added.push(id) < 0)]);
  }
  expect(added.length).toBeGreaterThan(0);
  expect((await countAll(project.id)).identity).toBe(0);
});

test('releases its slug and domain', async () => {
  await projects.deleteProject(actor);
  const { name, slug, origin } = { ...project, slug: `s-${newId().slice(-12)}` };
  const again = await projects.createProject(cliActor(first.id), first.organizationId, { name, slug, origin });
  expect(again.origin).toBe(project.origin);
});

describe('a deleted project', () => {
  test('is in no list and releases slug, domain and organization before its rows are removed', async () => {
    await fill();
    const own = await (await db()).organization.create({ data: organizationRow() });
    const slug = `s-${newId().slice(-12)}`;
    await (await db()).project.update({ where: { id: project.id }, data: { organizationId: own.id, slug } });
    await projects.deleteProject(actor);
    expect((await countAll(project.id)).identity).toBe(2);
    expect(await projects.listProjects([own.id, project.organizationId])).not.toContainEqual(
      expect.objectContaining({ id: project.id }),
    );
    const listed = (await projects.listAllProjects()).map((each) => each.project.id);
    expect(listed).toContain(first.id);
    expect(listed).not.toContain(project.id);
    expect(await projects.findProjectBySlug(own.id, slug)).toBeNull();
    const { name, origin } = project;
    const again = await projects.createProject(cliActor(first.id), first.organizationId, { name, slug, origin });
    expect(again).toMatchObject({ slug, origin });
    await projects.deleteOrganization(cliActor(first.id), own.id);
    await projects.finishDeletion(project.id);
    expect((await countAll(project.id)).identity).toBe(0);
  });

  test('accepts no concurrent change', async () => {
    await projects.deleteProject(actor);
    const edit = { base: { name: project.name }, mine: { name: 'Another' } };
    await expect(projects.updateProject(actor, edit)).rejects.toMatchObject({ code: 'not_found' });
    await expect(projects.addOrigin(actor, 'https://another.example')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('sends no queued mail', async () => {
    await transaction((tx) => queueMail(tx, project.id, TEST_MAIL));
    await projects.deleteProject(actor);
    expect((await countAll(project.id)).outboxMail).toBe(0);
  });

  test('has one event for concurrent deletions by two operators', async () => {
    await fill();
    const before = await readEvents(first.id, 'project.deleted');
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => deleteWhole()));
    expect(outcomes[0]?.status).toBe('fulfilled');
    expect(await readEvents(first.id, 'project.deleted')).toHaveLength(before.length + 1);
    expect((await countAll(project.id)).identity).toBe(0);
  });

  test('is found by slug and path until its rows are removed', async () => {
    const organization = await projects.findOrganization(project.organizationId);
    await projects.deleteProject(actor);
    expect(await projects.findUnfinishedDeletion(project.slug)).toEqual({ id: project.id });
    expect(await projects.findUnfinishedDeletion(`${organization?.slug}/${project.slug}`)).toEqual({ id: project.id });
    await projects.finishDeletion(project.id);
    expect(await projects.findUnfinishedDeletion(project.slug)).toBeNull();
  });
});

describe('refuses to delete', () => {
  test('the first project', async () => {
    await expect(projects.deleteProject(cliActor(first.id))).rejects.toMatchObject({
      code: 'default_project_protected',
    });
    expect(hasUnreachableOrigin(await projects.getProject(first.id))).toBe(false);
  });

  test('a project that does not exist', async () => {
    await expect(projects.deleteProject(cliActor(newId()))).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('contents are counted in steps', async () => {
  const { session, identity } = await signIn(project, await makePerson(project));
  const client = await db();
  const more = Array.from({ length: 8 }, () => ({ ...session, id: newId() }));
  await client.session.createMany({ data: [...more, { ...session, id: newId(), expiresAt: new Date(0) }] });
  await addPasskey(await signIn(project, identity));
  const row = await client.passkey.findFirstOrThrow({ where: { projectId: project.id } });
  const passkeys = Array.from({ length: 8 }, () => ({ ...row, id: newId(), credentialId: newId() }));
  await client.passkey.createMany({ data: passkeys });
  const counts = { identities: 1, passkeys: 9, sessions: 10, apiCredentials: 0 };
  for (const step of [1, 3, 9, 10, 1000]) expect(await countContents(project.id, step)).toEqual(counts);
});

describe('a step of the removal', () => {
  const expectNoScan = (plans: string[]) => {
    expect(plans).not.toEqual([]);
    for (const plan of plans) expect(plan).not.toMatch(/\bSCAN (?!LIST|USING)|Seq Scan/);
  };
  test.each(OWNED_TABLES)('finds the rows of %s by an index', async (name) => {
    expectNoScan(await plansOf(() => transaction((tx) => deleteOwnedRows(tx, name, project.id, 100))));
  });
});
