import { beforeEach, expect, test, vi } from 'vitest';
import type { Identity } from '@/lib/identity/model';
import { changeIdentity, createIdentity, getIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import type { OperatorRole } from '@/lib/role/model';
import { addSchemaVersion, createSchema } from '@/lib/schema/service';
import type { Repair } from '@/lib/schema-change/model/repair';
import type { ProjectPlace } from '@/lib/web/console';
import { startSession } from '@/lib/web/sign-in';
import { granted, placeOf, refusalOf } from '@/testing/console';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { makeOperator } from '@/testing/operators';
import { signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { documentOf } from '@/testing/schema-change';
import { undoChange } from '../undo-actions';
import { moveUser, previewUserMove } from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

let project: Project;
let place: ProjectPlace;
let user: Identity;

async function enter(role: OperatorRole): Promise<Identity> {
  const { session, identity } = await signIn(project, await makeOperator(project, role));
  beginRequest(project);
  await startSession(session);
  return identity;
}

beforeEach(async () => {
  forgetCookies();
  project = await makeProject();
  place = await placeOf(project);
  const actor = cliActor(project.id);
  await createSchema(actor, 'guest', documentOf({ age: { type: 'string' } }));
  await createSchema(actor, 'employee', documentOf({ age: { type: 'integer', title: 'Age' } }, ['age']));
  user = await createIdentity(actor, { schemaId: 'guest', traits: { email: `${newId()}@example.com`, age: '41' } });
});

const preview = async (repairs: Repair[] = [], schemaId = 'employee') =>
  granted(await previewUserMove(place, { id: user.id, schemaId, repairs }));
const read = () => getIdentity(project.id, user.id);

test('says what the schema refuses, with repairs, then what would change; writes nothing', async () => {
  await enter('admin');
  const refused = await preview();
  expect(refused).toMatchObject({ changes: [], faults: [{ field: 'Age', message: 'must be integer' }] });
  const options = refused.faults[0]?.options ?? [];
  expect(options.flatMap(({ repairs }) => repairs.map(({ op }) => op))).not.toContain('leave');
  const fitting = await preview(options[0]?.repairs);
  expect(fitting.faults).toEqual([]);
  expect(fitting.changes).toEqual(
    expect.arrayContaining([
      { name: 'Schema', now: 'guest', restored: 'employee' },
      { name: 'Age', now: '41', restored: '41' },
    ]),
  );
  expect(await read()).toEqual(user);
});

test('moves the user as shown, and the undo of the toast moves them back', async () => {
  await enter('admin');
  const shown = await preview([{ op: 'convert', pointer: '/traits/age', to: 'integer' }]);
  const { undo } = granted(await moveUser(place, { id: user.id, move: shown.move }));
  expect(await read()).toMatchObject({ schemaId: 'employee', traits: { age: 41 } });
  expect(granted(await undoChange(place, { id: user.id, event: undo ?? '' }))).toMatchObject({ refusal: null });
  expect(await read()).toMatchObject({ schemaId: 'guest', schemaVersion: 1, traits: { age: '41' } });
});

test('refuses what is no longer as shown, and what was never shown to fit', async () => {
  await enter('admin');
  const { move } = await preview();
  expect(refusalOf(await moveUser(place, { id: user.id, move }))).toBe('invalid_traits');
  const repaired = { ...move, repairs: [{ op: 'convert', pointer: '/traits/age', to: 'integer' } as const] };
  await addSchemaVersion(cliActor(project.id), 'employee', documentOf({ age: { type: 'number' } }));
  expect(refusalOf(await moveUser(place, { id: user.id, move: repaired }))).toBe('schema_changed');
  await changeIdentity(cliActor(project.id), user.id, () => ({ externalId: 'x-1' }));
  expect(refusalOf(await moveUser(place, { id: user.id, move: repaired }))).toBe('version_conflict');
  expect(refusalOf(await previewUserMove(place, { id: user.id, schemaId: 'nothing', repairs: [] }))).toBe(
    'unknown_schema',
  );
});

test('warns of the last identifier, and of an address that another user has', async () => {
  await enter('admin');
  await createSchema(cliActor(project.id), 'device', { properties: { traits: { type: 'object' } } });
  expect(await preview([], 'device')).toMatchObject({ isLocked: true, faults: [] });
  const phones = documentOf({ age: { type: 'string', 'x-signet': { identifier: true } } });
  await createSchema(cliActor(project.id), 'phone', phones);
  const other = { email: `${newId()}@example.com`, age: '41' };
  await createIdentity(cliActor(project.id), { schemaId: 'phone', traits: other });
  expect(refusalOf(await previewUserMove(place, { id: user.id, schemaId: 'phone', repairs: [] }))).toBe(
    'identifier_taken',
  );
});

test('refuses viewers, and operators above one’s own role', async () => {
  await enter('viewer');
  expect(refusalOf(await previewUserMove(place, { id: user.id, schemaId: 'employee', repairs: [] }))).toBe('forbidden');
  await enter('admin');
  const owner = await makeOperator(project, 'owner');
  const input = { id: owner.id, schemaId: 'guest', repairs: [] };
  expect(refusalOf(await previewUserMove(place, input))).toBe('forbidden');
});
