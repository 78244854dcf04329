import { beforeEach, describe, expect, test } from 'vitest';
import { createGroup } from '@/lib/group/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import type { Project } from '@/lib/project/model';
import { makeProject } from '@/testing/project';
import { type Application, DEFAULT_SETTINGS, MAX_SECRETS, toEtag } from './model';
import {
  createApplication,
  deleteApplication,
  disableApplication,
  enableApplication,
  endApplicationSecret,
  findApplication,
  findApplicationById,
  findApplicationLogo,
  getApplication,
  listAllowedGroups,
  listApplications,
  listSecrets,
  type NewApplication,
  removeApplicationLogo,
  rotateApplicationSecret,
  setApplicationLogo,
  updateApplication,
} from './service';

const CALLBACK = 'https://wiki.example.com/callback';
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
let project: Project;

beforeEach(async () => {
  project = await makeProject();
});

const actor = () => cliActor(project.id);
const create = async (input: Partial<NewApplication> = {}) =>
  (await createApplication(actor(), { name: 'Wiki', redirectUris: [CALLBACK], ...input })).application;
const update = (
  { clientId }: Application,
  change: Parameters<typeof updateApplication>[2],
  options?: Parameters<typeof updateApplication>[3],
) => updateApplication(actor(), clientId, change, options);
const ends = async () => {};
const events = async () => {
  const rows = await (await db()).auditEvent.findMany({ where: { projectId: project.id }, orderBy: { id: 'asc' } });
  return rows.map(({ type, details }) => ({ type, details: JSON.parse(details) }));
};

describe('createApplication', () => {
  test('returns an application with its only secret and records an event without it', async () => {
    const { application, clientSecret } = await createApplication(actor(), {
      name: '  Wiki ',
      redirectUris: [CALLBACK],
    });
    const { groupIds: _, ...defaults } = DEFAULT_SETTINGS;
    expect(application).toMatchObject({ ...defaults, name: 'Wiki', kind: 'web', redirectUris: [CALLBACK], version: 1 });
    expect(application.clientId).toMatch(/^app_[\w-]{22}$/);
    expect(await getApplication(project.id, application.clientId)).toEqual(application);
    expect(await findApplicationById(project.id, application.id)).toEqual(application);
    const recorded = await events();
    expect(recorded).toMatchObject([{ type: 'application.created', details: { client_id: application.clientId } }]);
    expect(JSON.stringify(recorded)).not.toContain(clientSecret);
    const rows = await (await db()).applicationSecret.findMany({ where: { projectId: project.id } });
    expect(JSON.stringify(rows)).not.toContain(clientSecret);
  });

  test('names every fault', async () => {
    const faulty = { name: ' ', redirectUris: ['http://wiki.example.com/', CALLBACK, CALLBACK], scopes: [] };
    await expect(create({ ...faulty, accessTokenSeconds: 5 })).rejects.toMatchObject({
      code: 'invalid_input',
      details: {
        violations: [
          { pointer: '/name', keyword: 'required' },
          { pointer: '/redirectUris/0', keyword: 'insecure' },
          { pointer: '/redirectUris/2', keyword: 'uniqueItems' },
          { pointer: '/scopes', keyword: 'required' },
          { pointer: '/accessTokenSeconds', keyword: 'range' },
        ],
      },
    });
    expect(await listApplications(project.id)).toEqual([]);
  });

  test('refuses a public application without PKCE, and gives it no secret', async () => {
    const spa = { kind: 'browser', requiresPkce: false } as const;
    await expect(create(spa)).rejects.toMatchObject({ details: { violations: [{ pointer: '/requiresPkce' }] } });
    const { application, clientSecret } = await createApplication(actor(), {
      name: 'Single page',
      kind: 'browser',
      redirectUris: [CALLBACK],
    });
    expect(clientSecret).toBeNull();
    expect(await listSecrets(application, new Date())).toEqual([]);
  });

  test('refuses the audience of the admin API', async () => {
    await expect(create({ audiences: [`${project.origin}/admin`] })).rejects.toMatchObject({
      details: { violations: [{ pointer: '/audiences/0', keyword: 'admin' }] },
    });
    expect((await create({ audiences: ['https://api.example.com'] })).audiences).toEqual(['https://api.example.com']);
  });

  test('refuses a group of another project', async () => {
    const elsewhere = await createGroup(cliActor((await makeProject()).id), { name: 'Editors' });
    await expect(create({ access: 'groups', groupIds: [elsewhere.id] })).rejects.toMatchObject({
      details: { violations: [{ pointer: '/groupIds/0', keyword: 'unknown' }] },
    });
  });
});

describe('updateApplication', () => {
  test('changes the given fields and records before and after', async () => {
    const before = await create();
    const after = await update(before, { name: 'Docs', consent: 'skip' });
    expect(after).toMatchObject({ name: 'Docs', consent: 'skip', redirectUris: [CALLBACK], version: 2 });
    expect((await events()).at(-1)).toEqual({
      type: 'application.updated',
      details: {
        client_id: before.clientId,
        name: 'Docs',
        changes: { '/name': { before: 'Wiki', after: 'Docs' }, '/skip_consent': { before: false, after: true } },
      },
    });
  });

  test('an empty change writes nothing', async () => {
    const before = await create();
    expect(await update(before, { name: ' Wiki ' })).toEqual(before);
    expect(await events()).toHaveLength(1);
  });

  test('reports a field that was changed concurrently, and writes nothing', async () => {
    const before = await create();
    await update(before, { name: 'Theirs' });
    const mine = update(before, { name: 'Mine', consent: 'skip' }, { base: { name: 'Wiki', consent: 'ask' } });
    await expect(mine).rejects.toMatchObject({
      code: 'version_conflict',
      details: { conflicts: [{ pointer: '/name', base: 'Wiki', mine: 'Mine', theirs: 'Theirs' }] },
    });
    expect(await getApplication(project.id, before.clientId)).toMatchObject({ name: 'Theirs', consent: 'ask' });
  });

  test('compares If-Match', async () => {
    const before = await create();
    const after = await update(before, { name: 'Docs' }, { ifMatch: toEtag(before) });
    await expect(update(before, { name: 'Late' }, { ifMatch: toEtag(before) })).rejects.toMatchObject({
      code: 'precondition_failed',
    });
    expect((await update(before, { name: 'Again' }, { ifMatch: toEtag(after) })).name).toBe('Again');
  });

  test('refuses an idle time beyond the lifetime, also where only one of them changes', async () => {
    const before = await create({ refreshLifetimeSeconds: 40 * 86_400 });
    await expect(update(before, { refreshIdleSeconds: 41 * 86_400 })).rejects.toMatchObject({
      details: { violations: [{ pointer: '/refreshIdleSeconds', keyword: 'order' }] },
    });
  });

  test('keeps the groups that may use it, and admits no one without any', async () => {
    const [editors, readers] = [
      await createGroup(actor(), { name: 'Editors' }),
      await createGroup(actor(), { name: 'Readers' }),
    ];
    const application = await create({ access: 'groups', groupIds: [editors.id] });
    const names = async () => (await listAllowedGroups(application)).map(({ name }) => name);
    await update(application, { groupIds: [readers.id, editors.id] });
    expect(await names()).toEqual(['Editors', 'Readers']);
    await update(application, { groupIds: [] });
    expect(await names()).toEqual([]);
    expect(await getApplication(project.id, application.clientId)).toMatchObject({ access: 'groups' });
    await update(application, { access: 'everybody' });
    expect((await events()).at(-1)?.details.changes).toEqual({ '/allowed_groups': { before: [], after: null } });
  });
});

describe('secrets', () => {
  test('a rotation keeps the previous secret for the overlap', async () => {
    const application = await create();
    const rotated = await rotateApplicationSecret(actor(), application.clientId, { overlapHours: 2, name: 'Blue' });
    const secrets = await listSecrets(application, new Date());
    expect(secrets).toMatchObject([
      { id: rotated.secret.id, name: 'Blue', expiresAt: null },
      { expiresAt: rotated.previousEndsAt },
    ]);
    expect((await events()).at(-1)).toMatchObject({
      type: 'application.secret_rotated',
      details: { secret_name: 'Blue' },
    });
  });

  test('refuses a sixth active secret, also when two rotations run at once', async () => {
    const { clientId } = await create();
    const rotate = () => rotateApplicationSecret(actor(), clientId, { overlapHours: 1 });
    for (let count = 1; count < MAX_SECRETS - 1; count++) await rotate();
    const outcomes = await Promise.allSettled([rotate(), rotate()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(rotate()).rejects.toMatchObject({ code: 'too_many_secrets' });
  });

  test('a previous secret can be ended, the current one cannot', async () => {
    const application = await create();
    const { clientId } = application;
    await rotateApplicationSecret(actor(), clientId, { overlapHours: 2 });
    const [current, previous] = await listSecrets(application, new Date());
    await endApplicationSecret(actor(), clientId, previous?.id ?? '');
    expect(await listSecrets(application, new Date())).toMatchObject([{ id: current?.id }]);
    await expect(endApplicationSecret(actor(), clientId, current?.id ?? '')).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(endApplicationSecret(actor(), clientId, previous?.id ?? '')).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('a public application has none', async () => {
    const { clientId } = await create({ kind: 'native', redirectUris: ['com.example.app:/callback'] });
    await expect(rotateApplicationSecret(actor(), clientId, { overlapHours: 0 })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});

describe('disabling and deleting', () => {
  test('ends what a noun above has, in the same transaction', async () => {
    const { clientId } = await create();
    const fails = async () => {
      throw new Error('a sign-in could not be ended');
    };
    await expect(disableApplication(actor(), clientId, fails)).rejects.toThrow('a sign-in could not be ended');
    await expect(deleteApplication(actor(), clientId, fails)).rejects.toThrow('a sign-in could not be ended');
    expect(await getApplication(project.id, clientId)).toMatchObject({ disabledAt: null });
    const ended: string[] = [];
    await disableApplication(actor(), clientId, async (_, application) => void ended.push(application.clientId));
    expect(ended).toEqual([clientId]);
  });

  test('both are recorded once, however often they are asked for', async () => {
    const { clientId } = await create();
    for (let time = 0; time < 2; time++) await disableApplication(actor(), clientId, ends);
    for (let time = 0; time < 2; time++) await enableApplication(actor(), clientId);
    expect((await events()).map(({ type }) => type)).toEqual([
      'application.created',
      'application.disabled',
      'application.enabled',
    ]);
  });

  test('a deleted application leaves no secret, logo or group behind', async () => {
    const group = await createGroup(actor(), { name: 'Editors' });
    const { id, clientId } = await create({ access: 'groups', groupIds: [group.id] });
    await setApplicationLogo(actor(), clientId, PNG);
    await deleteApplication(actor(), clientId, ends);
    expect(await findApplication(project.id, clientId)).toBeNull();
    const client = await db();
    const own = { where: { applicationId: id } };
    expect(await client.applicationSecret.count(own)).toBe(0);
    expect(await client.applicationLogo.count(own)).toBe(0);
    expect(await client.applicationGroup.count(own)).toBe(0);
    await expect(deleteApplication(actor(), clientId, ends)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the logo', () => {
  test('is found by its hash only', async () => {
    const { clientId } = await create();
    const { logoHash } = await setApplicationLogo(actor(), clientId, PNG);
    const found = await findApplicationLogo(project.id, clientId, logoHash ?? '');
    expect(found).toMatchObject({ mediaType: 'image/png' });
    expect(await findApplicationLogo(project.id, clientId, 'other')).toBeNull();
    await removeApplicationLogo(actor(), clientId);
    expect(await findApplicationLogo(project.id, clientId, logoHash ?? '')).toBeNull();
  });

  test('is no SVG, and not large', async () => {
    const { clientId } = await create();
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>');
    await expect(setApplicationLogo(actor(), clientId, svg)).rejects.toMatchObject({
      details: { violations: [{ pointer: '/logo', keyword: 'format' }] },
    });
    const large = new Uint8Array(300 * 1024);
    large.set(PNG);
    await expect(setApplicationLogo(actor(), clientId, large)).rejects.toMatchObject({
      details: { violations: [{ keyword: 'size' }] },
    });
  });
});
