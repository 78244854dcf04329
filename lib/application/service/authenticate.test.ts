import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cliActor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';
import { makeProject } from '@/testing/project';
import { statementsOf } from '@/testing/statements';
import {
  authenticateApplication,
  createApplication,
  disableApplication,
  getApplication,
  isBrowserOrigin,
  listSecrets,
  type NewApplication,
  rotateApplicationSecret,
} from '../service';

const HOUR = 3_600_000;
let project: Project;

beforeEach(async () => {
  project = await makeProject();
});
afterEach(() => {
  vi.useRealTimers();
});

const create = (input: Partial<NewApplication> = {}) =>
  createApplication(cliActor(project.id), {
    name: 'Wiki',
    redirectUris: ['https://wiki.example.com/callback'],
    ...input,
  });
const authenticate = (clientId: string, clientSecret: string | null, projectId = project.id) =>
  authenticateApplication({ projectId, clientId, clientSecret });

describe('authenticateApplication', () => {
  test('CVE-2026-28513: refuses each fault alone', async () => {
    const { application, clientSecret } = await create();
    const other = await create();
    const { clientId } = application;
    const unknown = { reason: 'unknown' };
    expect(await authenticate(clientId, other.clientSecret)).toEqual(unknown);
    expect(await authenticate(clientId, '')).toEqual(unknown);
    expect(await authenticate(clientId, null)).toEqual(unknown);
    expect(await authenticate(clientId, `${clientSecret}x`)).toEqual(unknown);
    expect(await authenticate('app_unknown', clientSecret)).toEqual(unknown);
    expect(await authenticate(clientId, clientSecret, (await makeProject()).id)).toEqual(unknown);
    expect(await authenticate(clientId, clientSecret)).toEqual(application);
  });

  test('runs the same reads for an unknown application as for a wrong secret', async () => {
    const { application } = await create();
    const ofKnown = await statementsOf(() => authenticate(application.clientId, 'wrong'));
    expect(ofKnown).toHaveLength(1);
    expect(ofKnown[0]).toContain("coalesce(a.id, 'none')"); // looks for secrets also without an application
    expect(await statementsOf(() => authenticate('app_unknown', 'wrong'))).toEqual(ofKnown);
  });

  test('accepts a public application by its ID alone, and refuses a secret from it', async () => {
    const { application, clientSecret } = await create({ kind: 'browser' });
    expect(clientSecret).toBeNull();
    expect(await authenticate(application.clientId, null)).toEqual(application);
    expect(await authenticate(application.clientId, 'anything')).toEqual({ reason: 'secret_refused' });
    expect(await authenticate(application.clientId, '')).toEqual({ reason: 'secret_refused' });
  });

  test('says that an application is disabled only to one that proved itself', async () => {
    const { application, clientSecret } = await create();
    await disableApplication(cliActor(project.id), application.clientId, async () => {});
    expect(await authenticate(application.clientId, 'wrong')).toEqual({ reason: 'unknown' });
    expect(await authenticate(application.clientId, clientSecret)).toEqual({ reason: 'disabled' });
  });

  test('CVE-2025-64708: accepts a previous secret until exactly the end of its overlap', async () => {
    const { application, clientSecret } = await create();
    const { clientId } = application;
    const rotated = await rotateApplicationSecret(cliActor(project.id), clientId, { overlapHours: 1 });
    const end = rotated.previousEndsAt.getTime();
    vi.useFakeTimers({ toFake: ['Date'], now: end - 1 });
    expect(await authenticate(clientId, clientSecret)).toMatchObject({ clientId });
    vi.setSystemTime(end);
    expect(await authenticate(clientId, clientSecret)).toEqual({ reason: 'unknown' });
    expect(await authenticate(clientId, rotated.clientSecret)).toMatchObject({ clientId });
  });

  test('records the use of a secret at most once a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-01T10:00:00Z') });
    const { application, clientSecret } = await create();
    const used = async () => (await listSecrets(application, new Date())).map(({ lastUsedAt }) => lastUsedAt);
    await authenticate(application.clientId, 'wrong');
    await authenticate(application.clientId, clientSecret);
    await vi.waitFor(async () => expect(await used()).toEqual([new Date('2026-05-01T10:00:00Z')]));
    vi.setSystemTime(new Date('2026-05-01T10:00:00Z').getTime() + HOUR);
    await authenticate(application.clientId, clientSecret);
    await vi.waitFor(async () => expect(await used()).toEqual([new Date('2026-05-01T11:00:00Z')]));
  });
});

describe('isBrowserOrigin', () => {
  test('knows the origins of enabled applications that run in browsers', async () => {
    await create();
    const { application } = await create({ kind: 'browser', redirectUris: ['https://spa.example.com/callback'] });
    expect(await isBrowserOrigin(project.id, 'https://spa.example.com')).toBe(true);
    expect(await isBrowserOrigin(project.id, 'https://spa.example.com.evil.example')).toBe(false);
    expect(await isBrowserOrigin(project.id, 'https://wiki.example.com')).toBe(false);
    expect(await isBrowserOrigin(project.id, 'null')).toBe(false);
    expect(await isBrowserOrigin((await makeProject()).id, 'https://spa.example.com')).toBe(false);
    await disableApplication(cliActor(project.id), application.clientId, async () => {});
    expect((await getApplication(project.id, application.clientId)).disabledAt).not.toBeNull();
    expect(await isBrowserOrigin(project.id, 'https://spa.example.com')).toBe(false);
  });
});
