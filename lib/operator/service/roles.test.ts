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
import { appoint, makeOperator, makeOrganization, operatorActor, roleIn } from '@/testing/operators';
import { makePerson, signInByPasskey } from '@/testing/people';
import * as operators from '../service';

let project: Project;
let organization: Organization;
const make = (role: OperatorRole) => makeOperator(project, role, organization.id);
const change = (by: Identity, whom: Identity, role: OperatorRole) =>
  operators.changeRole(operatorActor(by), organization.id, whom.id, role);
const remove = (by: Identity, whom: Identity) => operators.removeOperator(operatorActor(by), organization.id, whom.id);
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

test('the list tells who they are, in which role and since when', async () => {
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

describe('a role is changed', () => {
  test('and told with both, to the one whose it is', async () => {
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

  test('in this organization only', async () => {
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

  test('not to a higher one for an operator of another organization whom one may not act on', async () => {
    const [owner, viewer] = [await make('owner'), await make('viewer')];
    const elsewhere = await makeOrganization(project);
    const both = await appoint(viewer, 'owner', elsewhere.id);
    const { session } = await signInByPasskey(project, both);
    await expect(change(owner, viewer, 'admin')).rejects.toMatchObject({ code: 'forbidden' });
    expect(await findSession(project.id, session.id)).not.toBeNull();
    expect((await getIdentity(project.id, viewer.id)).passkeyCount).toBe(1);
    // What takes nothing from their account is a matter of this organization alone.
    await remove(owner, viewer);
    expect(await roleOf(viewer)).toBeNull();
    expect(await roleIn(elsewhere.id, viewer.id)).toBe('owner');
  });

  test.each(
    OPERATOR_ROLES.flatMap((own) =>
      OPERATOR_ROLES.flatMap((held) => OPERATOR_ROLES.map((wanted) => [own, held, wanted] as const)),
    ),
  )('by %s from %s to %s, or not', async (own, held, wanted) => {
    await make('owner');
    const [by, whom] = [await make(own), await make(held)];
    const rank = (role: OperatorRole) => OPERATOR_ROLES.indexOf(role);
    const isAllowed = own !== 'viewer' && rank(own) <= rank(held) && rank(own) <= rank(wanted);
    const outcome = change(by, whom, wanted);
    if (isAllowed) await outcome;
    else await expect(outcome).rejects.toMatchObject({ code: 'forbidden' });
    expect(await roleOf(whom)).toBe(isAllowed ? wanted : held);
  });

  test('CVE-2026-9795, CVE-2025-7784: nobody raises themselves, but may step down', async () => {
    await make('owner');
    const admin = await make('admin');
    await expect(change(admin, admin, 'owner')).rejects.toMatchObject({ code: 'forbidden' });
    await change(admin, admin, 'viewer');
    expect(await roleOf(admin)).toBe('viewer');
    await expect(change(admin, admin, 'viewer')).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('not to a role that is none, nor for who holds none', async () => {
    const owner = await make('owner');
    await expect(change(owner, owner, 'root' as OperatorRole)).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(change(owner, await makePerson(project), 'admin')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('not by a program, whoever’s id it gives', async () => {
    const [owner, viewer] = [await make('owner'), await make('viewer')];
    const program = { ...operatorActor(owner), kind: 'api_credential' as const };
    const raised = operators.changeRole(program, organization.id, viewer.id, 'owner');
    await expect(raised).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a role is taken away', () => {
  test('the person stays, without it', async () => {
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
  ])('by %s from %s: %s', async (own, held, isAllowed) => {
    await make('owner');
    const [by, whom] = [await make(own), await make(held)];
    if (isAllowed) await remove(by, whom);
    else await expect(remove(by, whom)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await roleOf(whom)).toBe(isAllowed ? null : held);
  });

  test.each(OPERATOR_ROLES)('everybody may go themselves: %s', async (role) => {
    await make('owner');
    const leaving = await make(role);
    await remove(leaving, leaving);
    expect(await roleOf(leaving)).toBeNull();
  });
});

describe('the last owner', () => {
  test('neither goes, nor steps down, nor is put down, by whomever', async () => {
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

  test('is the last also beside one who is inactive', async () => {
    const [owner, asleep] = [await make('owner'), await make('owner')];
    await changeIdentity(cliActor(project.id), asleep.id, () => ({ state: 'inactive' }));
    await expect(change(owner, owner, 'admin')).rejects.toMatchObject({ code: 'last_owner' });
    await remove(owner, asleep);
    expect(await owners()).toBe(1);
  });

  const two = async () => [await make('owner'), await make('owner')] as const;
  test.each<[string, (one: Identity, other: Identity) => Array<Promise<unknown>>]>([
    ['both put the other one down', (one, other) => [change(one, other, 'admin'), change(other, one, 'viewer')]],
    ['both remove the other one', (one, other) => [remove(one, other), remove(other, one)]],
    ['both go', (one, other) => [remove(one, one), remove(other, other)]],
    [
      'one steps down, one is deleted',
      (one, other) => [change(one, one, 'admin'), deleteIdentity(cliActor(project.id), other.id)],
    ],
    [
      'one goes, one is deactivated',
      (one, other) => [remove(one, one), changeIdentity(cliActor(project.id), other.id, () => ({ state: 'inactive' }))],
    ],
  ])('is left when %s at the same moment', async (_, act) => {
    for (let round = 0; round < 5; round++) {
      organization = await makeOrganization(project);
      const outcomes = await Promise.allSettled(act(...(await two())));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await owners()).toBe(1);
    }
  });
});

describe('an organization of one’s own', () => {
  const create = (by: Identity, slug = `o-${newId().slice(-12)}`) =>
    operators.createOrganization(operatorActor(by), { name: ' New ', slug });

  test('is made by the owner of any other, who becomes its owner', async () => {
    const owner = await make('owner');
    const made = await create(owner);
    expect(made).toMatchObject({ name: 'New' });
    expect(await roleIn(made.id, owner.id)).toBe('owner');
    const [event] = await readEvents(project.id, 'organization.created');
    expect(event).toMatchObject({ actorId: owner.id, details: { name: 'New', organization_id: made.id } });
  });

  test.each<OperatorRole>(['admin', 'viewer'])('is not made by %s', async (role) => {
    await expect(create(await make(role))).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('is not made by who holds no role, nor by who is inactive', async () => {
    await expect(create(await makePerson(project))).rejects.toMatchObject({ code: 'forbidden' });
    await make('owner');
    const owner = await make('owner');
    await changeIdentity(cliActor(project.id), owner.id, () => ({ state: 'inactive' }));
    await expect(create(owner)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('has an address of its own, however many want it at once', async () => {
    const owner = await make('owner');
    const slug = `o-${newId().slice(-12)}`;
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => create(owner, slug)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes.filter((each) => each.status === 'rejected'))
      expect(outcome.reason).toMatchObject({ code: 'slug_taken' });
    await expect(create(owner, 'console')).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
