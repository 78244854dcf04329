import { beforeEach, describe, expect, test, vi } from 'vitest';
import { inviteToRegister, listRegistrationInvitations } from '@/lib/invitation/service';
import { systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import type { OperatorRole } from '@/lib/role/model';
import type { ProjectPlace } from '@/lib/web/console';
import { enterConsole, placeOf, refusalOf } from '@/testing/console';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { lastMailTo } from '@/testing/outbox';
import { makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { invite, revokeInvitation, sendInvitation } from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

const UNTOUCHED = { email: '', sentTo: null, fault: null, failure: null };
let project: Project;
let place: ProjectPlace;

const enter = (role: OperatorRole, of = project) => enterConsole(of, role, of.organizationId);

async function makeInviting(): Promise<Project> {
  const created = await makeProject();
  await (await db()).project.update({ where: { id: created.id }, data: { registration: 'invitation' } });
  return { ...created, registration: 'invitation' };
}

const newEmail = () => `new-${newId()}@example.com`;
const created = (of = project) => inviteToRegister(systemActor(of.id), { email: newEmail(), locale: 'en' });
const list = (of = project) => listRegistrationInvitations(of.id, { limit: 10 });
const submit = (email: string) => {
  const form = new FormData();
  form.append('email', email);
  return invite(place, UNTOUCHED, form);
};

beforeEach(async () => {
  forgetCookies();
  project = await makeInviting();
  place = await placeOf(project);
});

describe('an admin', () => {
  beforeEach(async () => {
    await enter('admin');
  });

  test('invites, named as the inviter', async () => {
    const email = newEmail();
    expect(await submit(` ${email.toUpperCase()}`)).toEqual({ ...UNTOUCHED, sentTo: email });
    expect(await list()).toMatchObject([{ email }]);
    expect((await lastMailTo(email)).params).toMatchObject({ inviter: 'admin' });
  });

  test('gets the fault of an address and the typed value back', async () => {
    const [known = ''] = (await makePerson(project)).identifiers;
    expect(await submit(known)).toEqual({ ...UNTOUCHED, email: known, fault: 'taken' });
    expect(await submit('jane')).toEqual({ ...UNTOUCHED, email: 'jane', fault: 'malformed' });
    await (await db()).project.update({ where: { id: project.id }, data: { registration: 'open' } });
    expect(await submit('jane@example.com')).toMatchObject({
      email: 'jane@example.com',
      failure: { code: 'forbidden' },
    });
    expect(await list()).toEqual([]);
  });

  test('revokes an invitation', async () => {
    const { id } = await created();
    expect(await revokeInvitation(place, { id })).toMatchObject({ ok: true });
    expect(await list()).toEqual([]);
    expect(refusalOf(await revokeInvitation(place, { id }))).toBe('not_found');
  });
});

describe('is refused', () => {
  const both = async (at: ProjectPlace, id: string) => [
    refusalOf(await sendInvitation(at, { email: newEmail() })),
    refusalOf(await revokeInvitation(at, { id })),
  ];

  test('to a viewer', async () => {
    const { id } = await created();
    await enter('viewer');
    expect(await both(place, id)).toEqual(['forbidden', 'forbidden']);
    expect(await list()).toHaveLength(1);
  });

  test('to an operator of another organization, also through their own project', async () => {
    const { id } = await created();
    const other = await makeInviting();
    await enter('owner', other);
    expect(await both(place, id)).toEqual(['not_found', 'not_found']);
    expect(refusalOf(await revokeInvitation(await placeOf(other), { id }))).toBe('not_found');
    expect(await list()).toHaveLength(1);
  });

  test('without a session', async () => {
    const { id } = await created();
    beginRequest(project);
    expect(await both(place, id)).toEqual(['unauthenticated', 'unauthenticated']);
    expect(await list()).toHaveLength(1);
  });
});
