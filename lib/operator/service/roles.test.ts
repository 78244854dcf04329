import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Identity } from '@/lib/identity/model';
import { changeIdentity, deleteIdentity, findIdentity, getIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Organization, Project } from '@/lib/project/model';
import { ensureFirstProject } from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import { OPERATOR_ROLES } from '@/lib/role/model';
import { findSession } from '@/lib/session/service';
import { readEvents } from '@/testing/events';
import { grantRole, makeOperator, makeOrganization, operatorActor, roleIn } from '@/testing/operators';
import { makePerson, signInByPasskey } from '@/testing/people';
import * as operators from '../service';

let project: Project;
let organization: Organization;
const make = (role: OperatorRole) => makeOperator(project, role, organization.id);
const change = (by: Identity, target: Identity, role: OperatorRole) =>
  operators.changeRole(operatorActor(by), organization.id, target.id, role);
const remove = (by: Identity, target: Identity) =>
  operators.removeOperator(operatorActor(by), organization.id, target.id);
const roleOf = ({ id }: Identity) => roleIn(organization.id, id);
const owners = async () =>
  (await db()).operator.count({
    where: { organizationId: organization.id, role: 'owner', identity: { state: 'active' } },
  });

beforeAll(async () => {
  project = await ensureFirstProject('http://localhost:3000');
});
beforeEach(async () => {
  organization = await makeOrganization(project);
});

test('lists operators with name, state, role and start', async () => {
  const owner = await make('owner');
  const viewer = await make('viewer');
  await changeIdentity(cliActor(project.id), viewer.id, () => ({ state: 'inactive' }));
  await makeOperator(project, 'admin');
  expect(await operators.listOperators(organization.id)).toEqual([
    {
      identityId: owner.id,
      name: 'owner',
      email: owner.identifiers[0],
      state: 'active',
      role: 'owner',
      since: expect.any(Date),
    },
    expect.objectContaining({ identityId: viewer.id, state: 'inactive', role: 'viewer' }),
  ]);
});

describe('changeRole', () => {
  test('records an event on the target with both roles', async () => {
    const [owner, viewer] = [await make('owner'), await make('viewer')];
    await change(owner, viewer, 'admin');
    expect(await roleOf(viewer)).toBe('admin');
    const [event] = await readEvents(project.id, 'operator.role_changed');
    expect(event).toEqual({
      actorKind: 'operator',
      actorId: owner.id,
      identityId: viewer.id,
      details: {
        ...{ role: 'admin', before: 'viewer', organization_id: organization.id, organization: 'Acme' },
        ...{ removed_passkeys: 0, removed_identifiers: 0 },
      },
    });
    await change(owner, viewer, 'admin');
    expect((await readEvents(project.id, 'operator.role_changed'))[0]).toEqual(event);
  });

  test('applies to this organization only', async () => {
    const [owner, viewer] = [await make('owner'), await make('viewer')];
    const elsewhere = await makeOrganization(project);
    await expect(operators.changeRole(operatorActor(owner), elsewhere.id, viewer.id, 'admin')).rejects.toMatchObject({
      code: 'not_found',
    });
    const stranger = await makeOperator(project, 'owner', elsewhere.id);
    await expect(change(stranger, viewer, 'admin')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(remove(stranger, viewer)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await roleOf(viewer)).toBe('viewer');
  });

  test('refuses to raise an operator of another organization that the actor may not act on', async () => {
    const [owner, viewer] = [await make('owner'), await make('viewer')];
    const elsewhere = await makeOrganization(project);
    const both = await grantRole(viewer, 'owner', elsewhere.id);
    const { session } = await signInByPasskey(project, both);
    await expect(change(owner, viewer, 'admin')).rejects.toMatchObject({ code: 'forbidden' });
    expect(await findSession(project.id, session.id)).not.toBeNull();
    expect((await getIdentity(project.id, viewer.id)).passkeyCount).toBe(1);
    // Removing the role does not change the account, so it needs no permission in the other organization.
    await remove(owner, viewer);
    expect(await roleOf(viewer)).toBeNull();
    expect(await roleIn(elsewhere.id, viewer.id)).toBe('owner');
  });

  test.each(
    OPERATOR_ROLES.flatMap((own) =>
      OPERATOR_ROLES.flatMap((held) => OPERATOR_ROLES.map((wanted) => [own, held, wanted] as const)),
    ),
  )('by %s from %s to %s follows the ranking', async (own, held, wanted) => {
    await make('owner');
    const [by, target] = [await make(own), await make(held)];
    const rank = (role: OperatorRole) => OPERATOR_ROLES.indexOf(role);
    const isAllowed = own !== 'viewer' && rank(own) <= rank(held) && rank(own) <= rank(wanted);
    const outcome = change(by, target, wanted);
    if (isAllowed) await outcome;
    else await expect(outcome).rejects.toMatchObject({ code: 'forbidden' });
    expect(await roleOf(target)).toBe(isAllowed ? wanted : held);
  });

  test('CVE-2026-9795, CVE-2025-7784: refuses to raise the own role, but allows to lower it', async () => {
    await make('owner');
    const admin = await make('admin');
    await expect(change(admin, admin, 'owner')).rejects.toMatchObject({ code: 'forbidden' });
    await change(admin, admin, 'viewer');
    expect(await roleOf(admin)).toBe('viewer');
    await expect(change(admin, admin, 'viewer')).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('refuses an unknown role, and an identity without a role', async () => {
    const owner = await make('owner');
    await expect(change(owner, owner, 'root' as OperatorRole)).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(change(owner, await makePerson(project), 'admin')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('refuses an API client, also with the ID of an owner', async () => {
    const [owner, viewer] = [await make('owner'), await make('viewer')];
    const program = { ...operatorActor(owner), kind: 'api_credential' as const };
    const raised = operators.changeRole(program, organization.id, viewer.id, 'owner');
    await expect(raised).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('removeOperator', () => {
  test('removes the role and keeps the identity', async () => {
    const [owner, viewer] = [await make('owner'), await make('viewer')];
    await remove(owner, viewer);
    expect(await findIdentity(project.id, viewer.id)).toMatchObject({ operatorRoles: [], state: 'active' });
    const [event] = await readEvents(project.id, 'operator.removed');
    expect(event).toMatchObject({ actorId: owner.id, identityId: viewer.id, details: { role: 'viewer' } });
    await expect(remove(owner, viewer)).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each<[OperatorRole, OperatorRole, boolean]>([
    ['owner', 'owner', true],
    ['admin', 'admin', true],
    ['admin', 'viewer', true],
    ['admin', 'owner', false],
    ['viewer', 'viewer', false],
  ])('%s may remove %s: %s', async (own, held, isAllowed) => {
    await make('owner');
    const [by, target] = [await make(own), await make(held)];
    if (isAllowed) await remove(by, target);
    else await expect(remove(by, target)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await roleOf(target)).toBe(isAllowed ? null : held);
  });

  test.each(OPERATOR_ROLES)('allows any role to remove itself: %s', async (role) => {
    await make('owner');
    const leaving = await make(role);
    await remove(leaving, leaving);
    expect(await roleOf(leaving)).toBeNull();
  });
});

describe('the last owner', () => {
  test('cannot leave, be removed, lowered, deleted or deactivated by any actor', async () => {
    const owner = await make('owner');
    await make('admin');
    const attempts = [
      remove(owner, owner),
      change(owner, owner, 'admin'),
      operators.removeOperator(cliActor(project.id), organization.id, owner.id),
      operators.changeRole(cliActor(project.id), organization.id, owner.id, 'viewer'),
      deleteIdentity(cliActor(project.id), owner.id),
      changeIdentity(cliActor(project.id), owner.id, () => ({ state: 'inactive' })),
    ];
    for (const outcome of await Promise.allSettled(attempts))
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'last_owner' } });
    expect(await roleOf(owner)).toBe('owner');
  });

  test('is protected also if there is an inactive owner', async () => {
    const [owner, inactive] = [await make('owner'), await make('owner')];
    await changeIdentity(cliActor(project.id), inactive.id, () => ({ state: 'inactive' }));
    await expect(change(owner, owner, 'admin')).rejects.toMatchObject({ code: 'last_owner' });
    await remove(owner, inactive);
    expect(await owners()).toBe(1);
  });

  const two = async () => [await make('owner'), await make('owner')] as const;
  test.each<[string, (one: Identity, other: Identity) => Array<Promise<unknown>>]>([
    ['both lower each other', (one, other) => [change(one, other, 'admin'), change(other, one, 'viewer')]],
    ['both remove each other', (one, other) => [remove(one, other), remove(other, one)]],
    ['both leave', (one, other) => [remove(one, one), remove(other, other)]],
    [
      'one lowers itself and one is deleted',
      (one, other) => [change(one, one, 'admin'), deleteIdentity(cliActor(project.id), other.id)],
    ],
    [
      'one leaves and one is deactivated',
      (one, other) => [remove(one, one), changeIdentity(cliActor(project.id), other.id, () => ({ state: 'inactive' }))],
    ],
  ])('remains when %s concurrently', async (_, act) => {
    for (let round = 0; round < 5; round++) {
      organization = await makeOrganization(project);
      const outcomes = await Promise.allSettled(act(...(await two())));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await owners()).toBe(1);
    }
  });
});

describe('createOrganization', () => {
  const create = (by: Identity, slug = `o-${newId().slice(-12)}`) =>
    operators.createOrganization(operatorActor(by), { name: ' New ', slug });

  test('makes an owner of any organization the owner of the new one', async () => {
    const owner = await make('owner');
    const created = await create(owner);
    expect(created).toMatchObject({ name: 'New' });
    expect(await roleIn(created.id, owner.id)).toBe('owner');
    const [event] = await readEvents(project.id, 'organization.created');
    expect(event).toMatchObject({ actorId: owner.id, details: { name: 'New', organization_id: created.id } });
  });

  test.each<OperatorRole>(['admin', 'viewer'])('refuses %s', async (role) => {
    await expect(create(await make(role))).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('refuses an identity without a role, and an inactive owner', async () => {
    await expect(create(await makePerson(project))).rejects.toMatchObject({ code: 'forbidden' });
    await make('owner');
    const owner = await make('owner');
    await changeIdentity(cliActor(project.id), owner.id, () => ({ state: 'inactive' }));
    await expect(create(owner)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('refuses a taken slug, also under concurrent calls', async () => {
    const owner = await make('owner');
    const slug = `o-${newId().slice(-12)}`;
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => create(owner, slug)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes.filter((each) => each.status === 'rejected'))
      expect(outcome.reason).toMatchObject({ code: 'slug_taken' });
    await expect(create(owner, 'console')).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
