import { beforeEach, describe, expect, test } from 'vitest';
import { addMember, createGroup } from '@/lib/group/service';
import { getIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';
import { readEvents } from '@/testing/events';
import { makePerson } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { claimsOf, describeClaims, findClaimRules, resetClaimRule, setClaimRule } from './service';

let project: Project;
let of: { projectId: string; origin: string };
beforeEach(async () => {
  project = await makeProject();
  of = { projectId: project.id, origin: project.origin };
});

const actor = () => cliActor(project.id);
const nickname = { claim: 'nickname', scope: 'profile', pointer: '/traits/name/first' } as const;

describe('rules', () => {
  test('are set, replaced and reset, each with an event, in this project only', async () => {
    const other = await makeProject();
    await setClaimRule(actor(), nickname);
    await setClaimRule(actor(), { claim: 'locale', scope: 'profile', pointer: null });
    expect(await setClaimRule(actor(), { ...nickname, scope: 'email' })).toEqual([
      { claim: 'locale', scope: 'profile', pointer: null },
      { ...nickname, scope: 'email' },
    ]);
    expect(await findClaimRules(other.id)).toEqual([]);
    await resetClaimRule(actor(), 'nickname');
    expect(await findClaimRules(project.id)).toEqual([{ claim: 'locale', scope: 'profile', pointer: null }]);
    const events = await readEvents(project.id, 'project.updated');
    const changes = events.reverse().map(({ details }) => details.changes);
    expect(changes).toEqual([
      { '/claims/nickname': { before: null, after: nickname } },
      { '/claims/locale': { before: null, after: { claim: 'locale', scope: 'profile', pointer: null } } },
      { '/claims/nickname': { before: nickname, after: { ...nickname, scope: 'email' } } },
      { '/claims/nickname': { before: { ...nickname, scope: 'email' }, after: null } },
    ]);
  });

  test('that change nothing record nothing', async () => {
    await setClaimRule(actor(), nickname);
    await setClaimRule(actor(), nickname);
    await resetClaimRule(actor(), 'unknown');
    expect(await readEvents(project.id, 'project.updated')).toHaveLength(1);
  });

  test.each([
    { ...nickname, claim: 'sub' },
    { ...nickname, claim: 'email_verified' },
    { ...nickname, claim: 'a b' },
    { ...nickname, pointer: '/metadata_admin/x' },
    { ...nickname, pointer: '/userHandle' },
  ])('refuse %j', async (rule) => {
    await expect(setClaimRule(actor(), rule)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await findClaimRules(project.id)).toEqual([]);
  });
});

test('claims show what the scopes allow, with the groups of the person', async () => {
  const { id } = await makePerson(project, { first: 'Ada', last: 'Lovelace' });
  const group = await createGroup(actor(), { name: 'Staff' });
  await addMember(actor(), group.id, id);
  await setClaimRule(actor(), nickname);
  const identity = await getIdentity(project.id, id);
  expect(await claimsOf(of, identity, ['openid', 'groups'])).toEqual({ groups: ['Staff'] });
  expect(await claimsOf(of, identity, ['openid', 'profile'])).toMatchObject({ name: 'Ada Lovelace', nickname: 'Ada' });
  expect(await describeClaims(of, identity, ['email'])).toEqual([
    { claim: 'email', scope: 'email', value: identity.identifiers[0] },
    { claim: 'email_verified', scope: 'email', value: false },
  ]);
});
