import { beforeEach, describe, expect, test, vi } from 'vitest';
import { emailOf } from '@/lib/identity/model';
import { getIdentity } from '@/lib/identity/service';
import type { ActionResult } from '@/lib/platform/action-result';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import type { OperatorRole } from '@/lib/role/model';
import { insertSchema } from '@/lib/schema/repository';
import type { ProjectPlace } from '@/lib/web/console';
import { enterConsole, placeOf, refusalOf } from '@/testing/console';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { mailsTo, makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { createUser } from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

let project: Project;
let place: ProjectPlace;

const enter = (role: OperatorRole, of = project) => enterConsole(of, role, of.organizationId);

const someEmail = () => `${newId()}@example.com`;
const create = (
  values: Record<string, string>,
  more: { schemaId?: string; isInvited?: boolean; state?: 'inactive' } = {},
) => createUser(place, { schemaId: 'default', state: 'active', isInvited: false, values, ...more });
const made = async (result: ActionResult<{ id: string }>) => {
  if (!result.ok) throw new Error(result.error.code);
  return getIdentity(project.id, result.value.id);
};
const count = async () => (await db()).identity.count({ where: { projectId: project.id } });

beforeEach(async () => {
  forgetCookies();
  project = await makeProject();
  place = await placeOf(project);
});

test('creates an identity from the typed values, without empty fields', async () => {
  await enter('admin');
  const email = someEmail();
  const values = {
    '/traits/email': ` ${email} `,
    '/traits/name/first': 'Ada',
    '/traits/name/last': ' ',
    '/external_id': 'x',
  };
  const identity = await made(await create(values, { state: 'inactive' }));
  expect(identity).toMatchObject({ traits: { email, name: { first: 'Ada' } }, externalId: 'x', state: 'inactive' });
  expect(identity.traits.name).toEqual({ first: 'Ada' });
  expect(await mailsTo(identity)).toEqual([]);
});

test('mails an invitation on request, naming the operator as the inviter', async () => {
  await enter('owner');
  const identity = await made(await create({ '/traits/email': someEmail() }, { isInvited: true }));
  expect(await mailsTo(identity)).toMatchObject([{ kind: 'invitation', params: { inviter: 'owner' } }]);
});

test('creates an identity of another schema, each value in its type', async () => {
  await enter('admin');
  const properties = {
    login: { type: 'string', 'x-signet': { identifier: true } },
    size: { type: 'integer' },
    isPaid: { type: 'boolean' },
  };
  const traits = { type: 'object', properties, required: ['login'], additionalProperties: false };
  const document = { type: 'object', properties: { traits } };
  const row = { id: newId(), projectId: project.id, schemaId: 'staff', version: 1, createdAt: new Date(), document };
  await insertSchema(await db(), row);
  const values = { '/traits/login': 'ada', '/traits/size': '7', '/traits/isPaid': 'true' };
  const identity = await made(await create(values, { schemaId: 'staff', isInvited: true }));
  expect(identity).toMatchObject({ schemaId: 'staff', traits: { login: 'ada', size: 7, isPaid: true } });
  const wrong = await create({ ...values, '/traits/login': 'eve', '/traits/size': 'seven' }, { schemaId: 'staff' });
  expect(wrong).toMatchObject({ error: { code: 'invalid_traits', violations: [{ pointer: '/traits/size' }] } });
});

describe('is refused', () => {
  test('with the invalid field', async () => {
    await enter('admin');
    const taken = emailOf(await makePerson(project)) ?? '';
    const before = await count();
    expect(await create({})).toMatchObject({
      error: { violations: [{ pointer: '/traits/email', keyword: 'required' }] },
    });
    const field = { pointer: '/traits/email', keyword: 'taken' };
    expect(await create({ '/traits/email': taken.toUpperCase() }, { isInvited: true })).toMatchObject({
      error: { code: 'invalid_traits', violations: [field] },
    });
    expect(await create({ '/traits/email': someEmail(), '/external_id': 'x'.repeat(256) })).toMatchObject({
      error: { violations: [{ pointer: '/external_id', keyword: 'maxLength' }] },
    });
    expect(refusalOf(await create({ '/traits/email': someEmail() }, { schemaId: 'none' }))).toBe('unknown_schema');
    expect(await count()).toBe(before);
  });

  test('to a viewer, without a session, and to an owner of another organization', async () => {
    const values = { '/traits/email': someEmail() };
    beginRequest(project);
    expect(refusalOf(await create(values))).toBe('unauthenticated');
    await enter('viewer');
    expect(refusalOf(await create(values))).toBe('forbidden');
    const before = await count();
    await enter('owner', await makeProject());
    expect(refusalOf(await create(values))).toBe('not_found');
    expect(await count()).toBe(before);
  });
});
