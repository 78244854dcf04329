import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Identity } from '@/lib/identity/model';
import { changeIdentity, deleteIdentity, rememberLocale } from '@/lib/identity/service';
import { deliverDueMail } from '@/lib/mail/service';
import * as operators from '@/lib/operator/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Organization, Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import { findSession } from '@/lib/session/service';
import { finishSignInWithLink, issueRecovery } from '@/lib/verification/service';
import { readEvents } from '@/testing/events';
import { grantRole, makeOperator, makeOrganization, operatorActor, roleIn } from '@/testing/operators';
import { lastMailTo } from '@/testing/outbox';
import { makePerson, signInByPasskey } from '@/testing/people';
import * as invitations from '../service';
import type { InviteOperatorInput } from './invite-operator';

let project: Project;
let organization: Organization;
let owner: Identity;

const newEmail = () => `${newId()}@example.com`;
const tokenOf = ({ link }: { link: string }) => new URL(link).searchParams.get('token') ?? '';
const invite = (email: string, role: OperatorRole = 'admin', mail?: InviteOperatorInput['mail'], by = owner) =>
  invitations.inviteOperator(operatorActor(by), { email, role, organizationId: organization.id, mail });
const peek = (token: string) => invitations.peekInvitation(project.id, token);

beforeAll(async () => {
  project = await ensureFirstProject('http://localhost:3000');
});
beforeEach(async () => {
  organization = await makeOrganization(project, 'Acme');
  owner = await makeOperator(project, 'owner', organization.id);
});

test('grants a role only in the inviting organization, which the invitation names', async () => {
  const person = await makePerson(project);
  const token = tokenOf(await invite(person.identifiers[0] ?? '', 'viewer'));
  expect(await peek(token)).toMatchObject({ state: 'sign_in', organization: 'Acme', role: 'viewer' });
  const { identity } = await operators.acceptInvitation(await signInByPasskey(project, person), token);
  expect(identity.operatorRoles).toEqual([{ organizationId: organization.id, role: 'viewer' }]);
});

test('invites an operator of another organization like any identity', async () => {
  const admin = await makeOperator(project, 'admin');
  const token = tokenOf(await invite(admin.identifiers[0] ?? ''));
  const { identity } = await operators.acceptInvitation(await signInByPasskey(project, admin), token);
  expect(identity.operatorRoles).toHaveLength(2);
  await expect(invite(admin.identifiers[0] ?? '')).rejects.toMatchObject({
    code: 'invalid_input',
    details: { violations: [{ pointer: '/email', keyword: 'taken' }] },
  });
});

describe('a recovery that an API client issued before the promotion', () => {
  const program = (): Actor => ({ ...cliActor(project.id), kind: 'api_credential', id: 'sc_program' });
  const clientContext = () => ({
    projectId: project.id,
    origin: project.origin,
    requestId: newId(),
    address: '192.0.2.9',
  });
  const follow = (link: string) =>
    finishSignInWithLink(clientContext(), { token: link.split('?')[1] ?? '', browserHash: newId(), userAgent: 'curl' });
  const accept = async (person: Identity) => {
    const proof = await signInByPasskey(project, person);
    return operators.acceptInvitation(proof, tokenOf(await invite(person.identifiers[0] ?? '', 'owner')));
  };

  test('is refused afterwards', async () => {
    const person = await makePerson(project);
    const { link } = await issueRecovery(program(), person.id, { lifetimeSeconds: 86_400 });
    await accept(person);
    await expect(follow(link)).rejects.toMatchObject({ code: 'link_used_or_expired' });
  });

  test('loses the session it opened; the accepting session continues', async () => {
    const person = await makePerson(project);
    const { link } = await issueRecovery(program(), person.id);
    const opened = await follow(link);
    const { session } = await accept(person);
    expect(await findSession(project.id, opened?.session.id ?? '')).toBeNull();
    expect(await findSession(project.id, session.id)).not.toBeNull();
  });

  test('is refused or revoked when issued concurrently', async () => {
    const person = await makePerson(project);
    const [issued] = await Promise.allSettled([issueRecovery(program(), person.id), accept(person)]);
    if (issued.status === 'rejected') expect(issued.reason).toMatchObject({ code: 'operator_protected' });
    else await expect(follow(issued.value.link)).rejects.toMatchObject({ code: 'link_used_or_expired' });
  });
});

test('invites the same address to two organizations', async () => {
  const email = newEmail();
  const there = tokenOf(await invitations.inviteOperator(cliActor(project.id), { email, role: 'viewer' }));
  const here = tokenOf(await invite(email));
  expect([await peek(there), await peek(here)]).toMatchObject([{ organization: 'Signet' }, { organization: 'Acme' }]);
});

describe('the invitation mail', () => {
  const sentMails = async () => (await db()).outboxMail.count({ where: { sentAt: { not: null } } });
  const mail = { locale: 'en' as const, inviter: 'Ada' };

  test('contains the link, the organization and the inviter', async () => {
    const email = newEmail();
    const { link } = await invite(email, 'viewer', mail);
    expect(await lastMailTo(email)).toMatchObject({
      kind: 'operator_invitation',
      locale: 'en',
      params: { link, role: 'viewer', organization: 'Acme', inviter: 'Ada' },
    });
  });

  test('is sent ten times a day per mailbox, while every call still returns a link', async () => {
    await deliverDueMail(); // mails of earlier tests
    const mailbox = newEmail();
    const emails = Array.from({ length: 12 }, (_, tag) => mailbox.replace('@', `+${tag}@`));
    for (const email of emails) expect((await invite(email, 'viewer', mail)).link).toContain('/setup?token=');
    const before = await sentMails();
    await deliverDueMail();
    expect((await sentMails()) - before).toBe(10);
  });

  test('is in the language of the address’s identity', async () => {
    const person = await makePerson(project);
    await rememberLocale(person, 'de');
    const email = person.identifiers[0] ?? '';
    await invite(email, 'viewer', mail);
    expect(await lastMailTo(email)).toMatchObject({ locale: 'de' });
  });

  test('is not sent unless requested', async () => {
    const email = newEmail();
    await invite(email);
    await expect(lastMailTo(email)).rejects.toThrow();
  });
});

describe('open invitations', () => {
  test('are listed until they are used, revoked or expired', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const [one, two, three] = [newEmail(), newEmail(), newEmail()];
    await invite(one, 'viewer');
    await invite(two);
    await invite(three);
    await invitations.inviteOperator(cliActor(project.id), { email: newEmail(), role: 'viewer' });
    const listed = await invitations.listOpenInvitations(organization.id);
    expect(listed.map(({ email, role }) => [email, role])).toEqual([
      [three, 'admin'],
      [two, 'admin'],
      [one, 'viewer'],
    ]);
    await invitations.revokeInvitation(operatorActor(owner), organization.id, listed[0]?.id ?? '');
    expect(await invitations.listOpenInvitations(organization.id)).toHaveLength(2);
    vi.advanceTimersByTime(24 * 60 * 60 * 1000);
    expect(await invitations.listOpenInvitations(organization.id)).toEqual([]);
    vi.useRealTimers();
  });

  test('can be revoked, and the event does not contain the address', async () => {
    const email = newEmail();
    const token = tokenOf(await invite(email));
    const [listed] = await invitations.listOpenInvitations(organization.id);
    await invitations.revokeInvitation(operatorActor(owner), organization.id, listed?.id ?? '');
    expect(await peek(token)).toEqual({ state: 'unusable' });
    const events = await readEvents(project.id, 'operator.invitation_revoked');
    expect(events[0]).toMatchObject({ actorId: owner.id, details: { invitation_id: listed?.id, role: 'admin' } });
    expect(JSON.stringify(events)).not.toContain(email);
  });

  test.each<[OperatorRole, OperatorRole, boolean]>([
    ['owner', 'owner', true],
    ['admin', 'admin', true],
    ['admin', 'owner', false],
    ['viewer', 'viewer', false],
  ])('a role of %s may create and revoke one as %s: %s', async (own, role, isAllowed) => {
    const by = await makeOperator(project, own, organization.id);
    const created = invite(newEmail(), role, undefined, by);
    if (!isAllowed) await expect(created).rejects.toMatchObject({ code: 'forbidden' });
    await created.catch(() => invite(newEmail(), role));
    const [listed] = await invitations.listOpenInvitations(organization.id);
    const revoked = invitations.revokeInvitation(operatorActor(by), organization.id, listed?.id ?? '');
    if (isAllowed) await revoked;
    else await expect(revoked).rejects.toMatchObject({ code: 'forbidden' });
    expect(await invitations.listOpenInvitations(organization.id)).toHaveLength(isAllowed ? 0 : 1);
  });

  test.each<[string, (inviter: Identity) => Promise<unknown>]>([
    ['is removed as an operator', ({ id }) => operators.removeOperator(operatorActor(owner), organization.id, id)],
    ['gets another role', ({ id }) => operators.changeRole(operatorActor(owner), organization.id, id, 'viewer')],
    [
      'is removed and appointed again',
      async (inviter) => {
        await operators.removeOperator(operatorActor(owner), organization.id, inviter.id);
        vi.advanceTimersByTime(1000);
        await grantRole(inviter, 'admin', organization.id);
      },
    ],
    ['is deactivated', ({ id }) => changeIdentity(cliActor(project.id), id, () => ({ state: 'inactive' }))],
    [
      'is deactivated and activated again',
      async ({ id }) => {
        await changeIdentity(cliActor(project.id), id, () => ({ state: 'inactive' }));
        vi.advanceTimersByTime(1000);
        await changeIdentity(cliActor(project.id), id, () => ({ state: 'active' }));
      },
    ],
    ['is erased', ({ id }) => deleteIdentity(cliActor(project.id), id)],
  ])('end when their inviter %s', async (_, leave) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const inviter = await makeOperator(project, 'admin', organization.id);
    const [newcomer, person] = [newEmail(), await makePerson(project)];
    const address = person.identifiers[0] ?? '';
    const byOwner = await invite(newEmail());
    const tokens = [
      tokenOf(await invite(newcomer, 'viewer', undefined, inviter)),
      tokenOf(await invite(address, 'admin', undefined, inviter)),
    ];
    const proof = await signInByPasskey(project, person);
    const clientContext = { projectId: project.id, origin: project.origin, requestId: newId(), address: '192.0.2.9' };
    vi.advanceTimersByTime(1000);
    await leave(inviter);
    for (const token of tokens) expect(await peek(token)).toEqual({ state: 'unusable' });
    await expect(operators.acceptInvitation(proof, tokens[1] ?? '')).rejects.toMatchObject({
      code: 'invitation_used_or_expired',
    });
    await expect(
      operators.sendInvitationCode(clientContext, { token: tokens[0] ?? '', browserHash: newId(), locale: 'en' }),
    ).rejects.toMatchObject({ code: 'invitation_used_or_expired' });
    expect(await peek(tokenOf(byOwner))).toMatchObject({ state: 'usable' });
    expect(await invitations.listOpenInvitations(organization.id)).toHaveLength(1);
    vi.useRealTimers();
  });

  test('are not accepted after the concurrent removal of their inviter', async () => {
    const inviter = await makeOperator(project, 'admin', organization.id);
    const person = await makePerson(project);
    const proof = await signInByPasskey(project, person);
    const token = tokenOf(await invite(person.identifiers[0] ?? '', 'admin', undefined, inviter));
    const [accepted, removed] = await Promise.allSettled([
      operators.acceptInvitation(proof, token),
      operators.removeOperator(operatorActor(owner), organization.id, inviter.id),
    ]);
    expect(removed.status).toBe('fulfilled');
    const where = { type: { in: ['operator.added', 'operator.removed'] } };
    const events = await (await db()).auditEvent.findMany({ where, orderBy: { id: 'desc' }, take: 2 });
    if (accepted.status === 'fulfilled')
      expect(events.map(({ identityId }) => identityId)).toEqual([inviter.id, person.id]);
    else expect(accepted.reason).toMatchObject({ code: 'invitation_used_or_expired' });
  });

  test('cannot be revoked by another organization', async () => {
    await invitations.inviteOperator(cliActor(project.id), { email: newEmail(), role: 'viewer' });
    const [theirs] = await invitations.listOpenInvitations(project.organizationId);
    const revoked = invitations.revokeInvitation(operatorActor(owner), organization.id, theirs?.id ?? '');
    await expect(revoked).rejects.toMatchObject({ code: 'not_found' });
    expect(await (await db()).invitation.count({ where: { id: theirs?.id ?? '' } })).toBe(1);
  });

  test('are either accepted or revoked when both happen concurrently', async () => {
    const person = await makePerson(project);
    const proof = await signInByPasskey(project, person);
    const token = tokenOf(await invite(person.identifiers[0] ?? ''));
    const [listed] = await invitations.listOpenInvitations(organization.id);
    const [accepted, revoked] = await Promise.allSettled([
      operators.acceptInvitation(proof, token),
      invitations.revokeInvitation(operatorActor(owner), organization.id, listed?.id ?? ''),
    ]);
    expect([accepted?.status, revoked?.status].sort()).toEqual(['fulfilled', 'rejected']);
    const role = await roleIn(organization.id, person.id);
    expect(role).toBe(accepted?.status === 'fulfilled' ? 'admin' : null);
  });
});
