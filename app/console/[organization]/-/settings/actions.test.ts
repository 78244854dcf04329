import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ActionResult } from '@/lib/platform/action-result';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject, listClaims, listForReview, requestOrigin } from '@/lib/project/service';
import type { OperatorRole } from '@/lib/role/model';
import { enterConsole, granted, placeOf, refusalOf } from '@/testing/console';
import { forgetCookies } from '@/testing/next-request';
import { makeProject } from '@/testing/project';
import { addDomain } from '../../[project]/settings/actions';
import * as actions from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

let home: Project;
/** A project of another organization. */
let tenant: Project;
let claimId: string;

beforeAll(async () => {
  home = await ensureFirstProject('http://localhost:3000');
});
beforeEach(async () => {
  forgetCookies();
  tenant = await makeProject();
  const operator: Actor = { ...cliActor(tenant.id), kind: 'operator' };
  await requestOrigin(operator, `https://${newId()}.example.com`, {});
  claimId = (await listClaims(tenant.id))[0]?.id ?? '';
  await (await db()).projectOrigin.updateMany({ where: { projectId: tenant.id }, data: { approval: null } });
});

const unreviewed = () => ({ kind: 'origin' as const, projectId: tenant.id, value: tenant.origin });
const DECISIONS: Array<[string, (place: { organization: string }) => Promise<ActionResult<unknown>>]> = [
  ['approveDomain', (place) => actions.approveDomain(place, { id: claimId })],
  ['rejectDomain', (place) => actions.rejectDomain(place, { id: claimId })],
  ['keepDomain', (place) => actions.keepDomain(place, unreviewed())],
];
const snapshot = async () => ({ claims: await listClaims(tenant.id), review: await listForReview() });

describe.each(DECISIONS)('%s', (_, decide) => {
  test('is allowed for installation owners without a role in the project', async () => {
    await enterConsole(home, 'owner', home.organizationId);
    granted(await decide(await placeOf(home)));
  });

  test.each<[string, OperatorRole, () => Project, string]>([
    ['an admin of the first organization', 'admin', () => home, 'forbidden'],
    ['an owner of another organization, through their own', 'owner', () => tenant, 'not_found'],
  ])('is refused to %s', async (__, role, of, code) => {
    const before = await snapshot();
    await enterConsole(home, role, of().organizationId);
    expect(refusalOf(await decide(await placeOf(of())))).toBe(code);
    expect(await snapshot()).toEqual(before);
  });

  test('is not found by an owner of another organization through the first one', async () => {
    const before = await snapshot();
    await enterConsole(home, 'owner', tenant.organizationId);
    expect(refusalOf(await decide(await placeOf(home)))).toBe('not_found');
    expect(await snapshot()).toEqual(before);
  });
});

describe('adding a domain', () => {
  const add = async () => {
    const origin = `https://${newId()}.example.com`;
    return granted(await addDomain(await placeOf(tenant), { origin }));
  };

  test('requires approval even from a project owner', async () => {
    await enterConsole(home, 'owner', tenant.organizationId);
    expect(await add()).toMatchObject({ isWaiting: true });
  });

  test('takes effect at once for an installation owner', async () => {
    const { id: identityId } = await enterConsole(home, 'owner', tenant.organizationId);
    await makeInstallationOwner(identityId);
    expect(await add()).toMatchObject({ isWaiting: false });
  });

  test('requires approval if the first organization requires a passkey and the session has none', async () => {
    const { id: identityId } = await enterConsole(home, 'owner', tenant.organizationId);
    await makeInstallationOwner(identityId);
    const where = { id: home.organizationId };
    const { organization } = await db();
    await organization.update({ where, data: { consoleNeedsPasskey: true } });
    expect(await add()).toMatchObject({ isWaiting: true });
    await organization.update({ where, data: { consoleNeedsPasskey: false } });
  });
});

async function makeInstallationOwner(identityId: string): Promise<void> {
  const { organizationId } = home;
  const now = new Date();
  const row = { id: newId(), identityId, organizationId, role: 'owner', createdAt: now, updatedAt: now };
  await (await db()).operator.create({ data: row });
}
