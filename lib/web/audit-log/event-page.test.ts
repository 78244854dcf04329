import { beforeAll, describe, expect, test } from 'vitest';
import type { Identity } from '@/lib/identity/model';
import { changeIdentity } from '@/lib/identity/service';
import { systemActor } from '@/lib/platform/actor';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import type { Search } from '@/lib/web/cursor-page';
import { makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { readEventPage } from './event-page';

/** An identity with five events, interleaved with another identity's events. */
let project: Project;
let identity: Identity;

beforeAll(async () => {
  project = await makeProject();
  identity = await makePerson(project);
  for (const state of ['inactive', 'active', 'inactive', 'active'] as const) {
    await makePerson(project);
    await changeIdentity(systemActor(project.id), identity.id, () => ({ state }));
  }
});

const read = (search: Search, of = project) => readEventPage({ project: of }, { identityId: identity.id }, search, 2);
/** The states in the events of a page. */
const states = ({ items }: Awaited<ReturnType<typeof read>>) =>
  items.map(({ type, details }) => {
    const changes = details.changes as Record<string, { after: unknown }>;
    return type === 'identity.created' ? 'created' : changes['/state']?.after;
  });

describe('an identity’s events, two per page', () => {
  test('are paged to the oldest and back', async () => {
    const first = await read({});
    expect(states(first)).toEqual(['active', 'inactive']);
    expect(first.newer).toBeNull();
    const second = await read({ before: first.older ?? '' });
    expect(states(second)).toEqual(['active', 'inactive']);
    const last = await read({ before: second.older ?? '' });
    expect(states(last)).toEqual(['created']);
    expect(last.older).toBeNull();
    expect(await read({ after: last.newer ?? '' })).toEqual(second);
    expect((await read({ after: second.newer ?? '' })).items).toEqual(first.items);
  });

  test('are the newest when the URL has no valid cursor', async () => {
    const first = await read({});
    for (const search of [{ before: 'x' }, { after: 'x' }, { before: ['a', 'b'] }, { after: newId() }])
      expect(await read(search)).toEqual(first);
  });

  test('exclude those of another project', async () => {
    expect((await read({}, await makeProject())).items).toEqual([]);
  });
});
