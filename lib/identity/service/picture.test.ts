import { beforeAll, describe, expect, test } from 'vitest';
import { toIdentityResponse } from '@/lib/identity/contract';
import { findPicture } from '@/lib/picture/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { AppError } from '@/lib/platform/errors';
import type { Project } from '@/lib/project/model';
import { readEvents } from '@/testing/events';
import { makeOperator } from '@/testing/operators';
import { actorOf, makePerson } from '@/testing/people';
import { jpegOf, pngOf } from '@/testing/pictures';
import { makeProject } from '@/testing/project';
import * as identities from '../service';

let project: Project;
let actor: Actor;
beforeAll(async () => {
  project = await makeProject();
  actor = cliActor(project.id);
});
const read = (id: string) => identities.getIdentity(project.id, id);
const count = async (identityId: string) => (await db()).picture.count({ where: { identityId } });

describe('a person’s picture', () => {
  test('is stored under an unguessable URL, which is part of the identity', async () => {
    const person = await makePerson(project);
    const changed = await identities.setPicture(actorOf(person), person.id, jpegOf());
    expect(changed.pictureId).toMatch(/^[\w-]{24}$/);
    expect(await findPicture(project.id, changed.pictureId ?? '')).toEqual({
      mediaType: 'image/jpeg',
      bytes: jpegOf(),
    });
    const stored = await read(person.id);
    expect(stored).toEqual(changed);
    expect(stored.version).toBe(person.version + 1);
    expect(toIdentityResponse(stored, project.origin).picture).toBe(`${project.origin}/pictures/${changed.pictureId}`);
    expect(toIdentityResponse(person, project.origin)).not.toHaveProperty('picture');
    const [event] = await readEvents(project.id, 'identity.picture_changed');
    expect(event).toEqual({ actorKind: 'identity', actorId: person.id, identityId: person.id, details: {} });
  });

  test('gets another URL when it is replaced; the former one is gone', async () => {
    const { id } = await makePerson(project);
    const { pictureId: first } = await identities.setPicture(actor, id, jpegOf());
    const { pictureId: second } = await identities.setPicture(actor, id, pngOf());
    expect(second).not.toBe(first);
    expect(await findPicture(project.id, first ?? '')).toBeNull();
    expect((await findPicture(project.id, second ?? ''))?.mediaType).toBe('image/png');
    expect(await count(id)).toBe(1);
  });

  test('is gone after its removal, with an event; a second removal changes nothing', async () => {
    const { id } = await makePerson(project);
    const { pictureId } = await identities.setPicture(actor, id, jpegOf());
    const removed = await identities.removePicture(actor, id);
    expect(removed.pictureId).toBeNull();
    expect(await findPicture(project.id, pictureId ?? '')).toBeNull();
    const again = await identities.removePicture(actor, id);
    expect(again.version).toBe(removed.version);
    const events = await readEvents(project.id, 'identity.picture_removed');
    expect(events.filter((event) => event.identityId === id)).toHaveLength(1);
  });

  test('is gone with its identity', async () => {
    const { id } = await makePerson(project);
    const { pictureId } = await identities.setPicture(actor, id, jpegOf());
    await identities.deleteIdentity(actor, id);
    expect(await findPicture(project.id, pictureId ?? '')).toBeNull();
    expect(await count(id)).toBe(0);
  });

  test('stays while the account is deactivated, and through other changes', async () => {
    const { id } = await makePerson(project);
    const { pictureId } = await identities.setPicture(actor, id, jpegOf());
    await identities.changeIdentity(actor, id, () => ({ state: 'inactive' }));
    expect(await findPicture(project.id, pictureId ?? '')).not.toBeNull();
    expect((await identities.changeIdentity(actor, id, () => ({ state: 'active' }))).pictureId).toBe(pictureId);
  });

  test('belongs to one project', async () => {
    const { id } = await makePerson(project);
    const { pictureId } = await identities.setPicture(actor, id, jpegOf());
    expect(await findPicture((await makeProject()).id, pictureId ?? '')).toBeNull();
    expect(await findPicture(null, pictureId ?? '')).not.toBeNull();
  });
});

describe('refuses', () => {
  test('what is no picture, and changes nothing', async () => {
    const person = await makePerson(project);
    const refused = identities.setPicture(actor, person.id, new Uint8Array([1, 2, 3]));
    await expect(refused).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await read(person.id)).toEqual(person);
  });

  test('another project’s person, and one out of the operator’s reach', async () => {
    const person = await makePerson(await makeProject());
    await expect(identities.setPicture(actor, person.id, jpegOf())).rejects.toMatchObject({ code: 'not_found' });
    await expect(identities.removePicture(actor, person.id)).rejects.toMatchObject({ code: 'not_found' });
    const { id } = await makePerson(project);
    const guard = () => {
      throw new AppError('forbidden');
    };
    await expect(identities.setPicture(actor, id, jpegOf(), { guard })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await count(id)).toBe(0);
  });

  test('a program that changes an operator', async () => {
    const { id } = await makeOperator(project, 'admin');
    const program: Actor = { ...actor, kind: 'api_credential', id: 'sc_test' };
    const refused = identities.setPicture(program, id, jpegOf());
    await expect(refused).rejects.toMatchObject({ code: 'operator_protected' });
  });

  test('a 21st picture within an hour', async () => {
    const { id } = await makePerson(project);
    for (let at = 0; at < 20; at++) await identities.setPicture(actor, id, jpegOf());
    await expect(identities.setPicture(actor, id, jpegOf())).rejects.toMatchObject({ code: 'rate_limited' });
  });
});

test('concurrent pictures leave one', async () => {
  const { id } = await makePerson(project);
  await Promise.all([jpegOf(), pngOf(), jpegOf()].map((bytes) => identities.setPicture(actor, id, bytes)));
  expect(await count(id)).toBe(1);
  const { pictureId } = await read(id);
  expect(await findPicture(project.id, pictureId ?? '')).not.toBeNull();
});
