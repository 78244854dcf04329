import { beforeEach, describe, expect, test, vi } from 'vitest';
import { inviteToRegister, listRegistrationInvitations } from '@/lib/invitation/service';
import type { ActionResult } from '@/lib/platform/action-result';
import { systemActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { findOrganization } from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import type { ProjectPlace } from '@/lib/web/console';
import { startSession } from '@/lib/web/sign-in';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { makeOperator } from '@/testing/operators';
import { lastMailTo } from '@/testing/outbox';
import { makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { invite, revokeInvitation, sendInvitation } from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

const UNTOUCHED = { email: '', sentTo: null, fault: null, failure: null };
let project: Project;
let place: ProjectPlace;

async function enter(role: OperatorRole, of = project): Promise<void> {
  const { session } = await signIn(of, await makeOperator(of, role));
  beginRequest(of);
  await startSession(session);
}

async function makeInviting(): Promise<Project> {
  const made = await makeProject();
  await (await db()).project.update({ where: { id: made.id }, data: { registration: 'invitation' } });
  return { ...made, registration: 'invitation' };
}

const placeOf = async (of: Project): Promise<ProjectPlace> => {
  const organization = await findOrganization(of.organizationId);
  return { organization: organization?.slug ?? '', project: of.slug };
};
const newcomer = () => `new-${newId()}@example.com`;
const made = (of = project) => inviteToRegister(systemActor(of.id), { email: newcomer(), locale: 'en' });
const list = (of = project) => listRegistrationInvitations(of.id, { limit: 10 });
const refusal = (result: ActionResult<unknown>) => (result.ok ? null : result.error.code);
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
  beforeEach(() => enter('admin'));

  test('invites, in their own name', async () => {
    const email = newcomer();
    expect(await submit(` ${email.toUpperCase()}`)).toEqual({ ...UNTOUCHED, sentTo: email });
    expect(await list()).toMatchObject([{ email }]);
    expect((await lastMailTo(email)).params).toMatchObject({ inviter: 'admin' });
  });

  test('is told what is wrong with an address, and keeps what was typed', async () => {
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

  test('takes one back', async () => {
    const { id } = await made();
    expect(await revokeInvitation(place, { id })).toMatchObject({ ok: true });
    expect(await list()).toEqual([]);
    expect(refusal(await revokeInvitation(place, { id }))).toBe('not_found');
  });
});

describe('is refused', () => {
  const both = async (at: ProjectPlace, id: string) => [
    refusal(await sendInvitation(at, { email: newcomer() })),
    refusal(await revokeInvitation(at, { id })),
  ];

  test('to a viewer', async () => {
    const { id } = await made();
    await enter('viewer');
    expect(await both(place, id)).toEqual(['forbidden', 'forbidden']);
    expect(await list()).toHaveLength(1);
  });

  test('to an operator of another organization, whose own project holds no other one’s invitations', async () => {
    const { id } = await made();
    const other = await makeInviting();
    await enter('owner', other);
    expect(await both(place, id)).toEqual(['not_found', 'not_found']);
    expect(refusal(await revokeInvitation(await placeOf(other), { id }))).toBe('not_found');
    expect(await list()).toHaveLength(1);
  });

  test('to nobody in particular', async () => {
    const { id } = await made();
    beginRequest(project);
    expect(await both(place, id)).toEqual(['unauthenticated', 'unauthenticated']);
    expect(await list()).toHaveLength(1);
  });
});
