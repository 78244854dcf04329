import { beforeEach, describe, expect, test, vi } from 'vitest';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import type { JsonObject } from '@/lib/platform/json';
import type { Project } from '@/lib/project/model';
import type { OperatorRole } from '@/lib/role/model';
import { templateDocument } from '@/lib/schema/model/template';
import { addSchemaVersion, findSchema } from '@/lib/schema/service';
import type { ProjectPlace } from '@/lib/web/console';
import { enterConsole, placeOf, refusalOf } from '@/testing/console';
import { forgetCookies } from '@/testing/next-request';
import { makeProject } from '@/testing/project';
import { checkDraft, submitDraft } from './[id]/change/actions';
import { create, submitNew, validateDraft } from './actions';

vi.mock('next/headers', () => import('@/testing/next-request'));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));

let project: Project;
let place: ProjectPlace;

const enter = (role: OperatorRole) => enterConsole(project, role, project.organizationId);
const textOf = (document: JsonObject) => JSON.stringify(document, null, 2);
const DEVICE = textOf(templateDocument('device'));
const formOf = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};
const jobs = async () => (await db()).schemaChange.count({ where: { projectId: project.id } });

beforeEach(async () => {
  forgetCookies();
  project = await makeProject();
  place = await placeOf(project);
});

describe('a draft', () => {
  const UNTOUCHED = { text: null, faults: [], newest: null, failure: null, attempt: 0 };
  const submit = (fields: Record<string, string>) => submitDraft(place, 'default', UNTOUCHED, formOf(fields));
  const titled = async (title: string) => {
    const schema = await findSchema(project.id, 'default');
    return { ...schema?.document, title };
  };

  test('is checked against the version it began with', async () => {
    await enter('admin');
    const text = textOf(await titled('Mine'));
    await expect(submit({ text, base: '1' })).rejects.toThrow('NEXT_REDIRECT');
    expect(await jobs()).toBe(1);
  });

  test('starts nothing when another version was published, until that is accepted', async () => {
    await enter('admin');
    const text = textOf(await titled('Mine'));
    await addSchemaVersion(cliActor(project.id), 'default', await titled('Theirs'));
    const answer = await submit({ text, base: '1' });
    expect(answer).toMatchObject({ text, newest: { version: 2, document: { title: 'Theirs' } }, attempt: 1 });
    expect(await jobs()).toBe(0);
    await expect(submit({ text, base: '1', accepted: '2' })).rejects.toThrow('NEXT_REDIRECT');
  });

  test('that was published itself is no conflict', async () => {
    await enter('admin');
    const document = await titled('Mine');
    await addSchemaVersion(cliActor(project.id), 'default', document);
    const answer = await checkDraft(place, { schemaId: 'default', text: textOf(document), baseVersion: 1 });
    expect(answer).toMatchObject({ ok: true, value: { id: expect.any(String) } });
  });

  test('with a fault comes back as it was typed, with the line', async () => {
    await enter('admin');
    const answer = await submit({ text: '{\r\n  "a": ,\r\n}', base: '1' });
    expect(answer).toMatchObject({ text: '{\n  "a": ,\n}', faults: [{ line: 2, message: null }] });
    expect(await validateDraft(place, { text: '{}' })).toMatchObject({
      value: { faults: [{ line: 1, message: '/properties/traits must be a schema for the traits' }] },
    });
  });

  test('of a viewer is refused', async () => {
    await enter('viewer');
    expect(await submit({ text: DEVICE, base: '1' })).toMatchObject({ text: DEVICE, failure: { code: 'forbidden' } });
    expect(refusalOf(await validateDraft(place, { text: DEVICE }))).toBe('forbidden');
  });
});

describe('a new schema', () => {
  const UNTOUCHED = { text: null, id: null, faults: [], idFault: null, failure: null, attempt: 0 };

  test('is created with its ID', async () => {
    await enter('admin');
    await expect(submitNew(place, UNTOUCHED, formOf({ id: ' device ', text: DEVICE }))).rejects.toThrow(
      'NEXT_REDIRECT',
    );
    expect(await findSchema(project.id, 'device')).toMatchObject({ version: 1, document: JSON.parse(DEVICE) });
  });

  test.each([
    ['default', 'taken'],
    ['-', 'malformed'],
    ['', 'malformed'],
  ])('is refused with the ID %j', async (id, idFault) => {
    await enter('admin');
    expect(await submitNew(place, UNTOUCHED, formOf({ id, text: DEVICE }))).toMatchObject({
      id,
      text: DEVICE,
      idFault,
    });
  });

  test('is refused with faults in both places', async () => {
    await enter('admin');
    const answer = await create(place, { schemaId: '?', text: '[]' });
    expect(answer).toMatchObject({ value: { idFault: 'malformed', faults: [{ line: 1 }] } });
  });

  test('of a viewer is refused', async () => {
    await enter('viewer');
    expect(refusalOf(await create(place, { schemaId: 'device', text: DEVICE }))).toBe('forbidden');
    expect(await findSchema(project.id, 'device')).toBeNull();
  });
});
