import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApiCredential } from '@/lib/api-credential/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { type Db, db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { signingKey } from '@/lib/token/service/signing-keys';
import { readEvents } from '@/testing/events';
import { addPasskey, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { isOffTheAir, originOffTheAir, type Project } from '../model';
import * as projects from '../service';

let first: Project;
let project: Project;
let actor: Actor;

/** Every table whose rows belong to a project. */
const TABLES = [
  'projectOrigin',
  'projectLogo',
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

/** Two people, one with a passkey, both signed in, and a program. */
async function fill(): Promise<void> {
  const proof = await signIn(project, await makePerson(project));
  await addPasskey(proof);
  await signIn(project, await makePerson(project));
  await createApiCredential(actor, {
    name: 'Program',
    authMethod: 'client_secret_basic',
    audiences: [],
    expiresAt: null,
  });
  await signingKey(project.id);
  await projects.setLogo(actor, new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
}

test('all that belongs to it goes, and nothing of another project', async () => {
  await fill();
  const others = await countAll(first.id);
  const contents = { identities: 2, passkeys: 1, sessions: 2, apiCredentials: 1 };
  expect(await projects.countContents(project.id)).toEqual(contents);
  await projects.deleteProject(actor);
  expect(Object.entries(await countAll(project.id)).filter(([, count]) => count !== 0)).toEqual([]);
  expect(await projects.findProjectByHost(new URL(project.origin).host)).toBeNull();
  await expect(projects.getProject(project.id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await countAll(first.id)).toEqual({ ...others, auditEvent: (others.auditEvent ?? 0) + 1 });
});

test('who deleted what, and how much went, stays in the log of the first project', async () => {
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

test('a few hundred people go in several steps, while other work goes on in between', async () => {
  const client = await db();
  const { id } = await makePerson(project);
  const row = await client.identity.findUniqueOrThrow({ where: { id } });
  await client.identity.createMany({
    data: Array.from({ length: 600 }, () => ({ ...row, id: newId(), userHandle: newId() })),
  });
  const deletion = projects.deleteProject(actor);
  const added: string[] = [];
  for (let isOver = false; !isOver; ) {
    isOver = await Promise.race([deletion.then(() => true), makePerson(first).then(({ id }) => added.push(id) < 0)]);
  }
  expect(added.length).toBeGreaterThan(0);
  expect((await countAll(project.id)).identity).toBe(0);
});

test('its name and its domain are free again', async () => {
  await projects.deleteProject(actor);
  const { name, slug, origin } = { ...project, slug: `s-${newId().slice(-12)}` };
  const again = await projects.createProject(cliActor(first.id), first.organizationId, { name, slug, origin });
  expect(again.origin).toBe(project.origin);
});

describe('a deletion that was begun', () => {
  test('and interrupted is off the air; the next call goes on, and tells nothing twice', async () => {
    await fill();
    const before = await readEvents(first.id, 'project.deleted');
    const origin = originOffTheAir(project.id);
    const address = { origin, host: new URL(origin).host };
    await (await db()).projectOrigin.updateMany({ where: { projectId: project.id }, data: address });
    expect(isOffTheAir(await projects.getProject(project.id))).toBe(true);
    await projects.deleteProject(actor);
    expect(await countAll(project.id)).toMatchObject({ identity: 0, projectOrigin: 0, auditEvent: 0 });
    expect(await readEvents(first.id, 'project.deleted')).toEqual(before);
  });

  test('by two operators at once is told once', async () => {
    await fill();
    const before = await readEvents(first.id, 'project.deleted');
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => projects.deleteProject(actor)));
    expect(outcomes[0]?.status).toBe('fulfilled');
    expect(await readEvents(first.id, 'project.deleted')).toHaveLength(before.length + 1);
    expect((await countAll(project.id)).identity).toBe(0);
  });
});

describe('refused', () => {
  test('the first project', async () => {
    await expect(projects.deleteProject(cliActor(first.id))).rejects.toMatchObject({
      code: 'default_project_protected',
    });
    expect(isOffTheAir(await projects.getProject(first.id))).toBe(false);
  });

  test('what is not there', async () => {
    await expect(projects.deleteProject(cliActor(newId()))).rejects.toMatchObject({ code: 'not_found' });
  });
});
