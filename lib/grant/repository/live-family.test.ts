import { expect, test } from 'vitest';
import type { ApplicationSession } from '@/lib/application-session/model';
import type { Identity } from '@/lib/identity/model';
import { getIdentity } from '@/lib/identity/service';
import { type Db, db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { makeFamily, makeRelyingParty, type RelyingParty, signInTo } from '@/testing/relying-parties';
import { findLiveFamily, findPersonOfToken, isLiveToken } from './live-family';

/** Each condition alone ends a family and its tokens, wherever they are judged. */
type Scene = {
  project: Project;
  identity: Identity;
  application: RelyingParty;
  session: ApplicationSession;
  familyId: string;
  kid: string;
  jti: string;
};

async function scene(isOffline = false): Promise<Scene> {
  const project = await makeProject();
  const proof = await signIn(project, await makePerson(project, { first: 'Ada' }));
  const application = await makeRelyingParty(project);
  const session = await signInTo(application, proof);
  const [familyId, kid, jti] = [await makeFamily(session, { isOffline }), newId(), newId()];
  const key = { algorithm: 'ES256', publicJwk: '{}', privateJwk: '', state: 'current', createdAt: new Date() };
  await (await db()).signingKey.create({ data: { id: kid, projectId: project.id, ...key } });
  const identity = await getIdentity(project.id, proof.identity.id);
  return { project, identity, application, session, familyId, kid, jti };
}

async function judge({ familyId, kid, jti }: Scene, projectId: string) {
  const name = { familyId, kid, jti };
  const retiredAfter = new Date(Date.now() - 60_000);
  return {
    family: await findLiveFamily(projectId, familyId),
    token: await isLiveToken(projectId, name, retiredAfter),
    person: await findPersonOfToken(projectId, name, retiredAfter),
  };
}
const GONE = { family: null, token: false, person: null };

test('a live family is read with its session, application and person', async () => {
  const made = await scene();
  const { familyId, session, application, identity } = made;
  const row = await (await db()).tokenFamily.findUniqueOrThrow({ where: { id: familyId } });
  expect(await judge(made, made.project.id)).toEqual({
    family: {
      family: { ...row, scopes: ['openid', 'profile', 'email'], audiences: [] },
      applicationSession: session,
      application: { id: application.id, clientId: application.clientId },
      identity,
    },
    token: true,
    person: { clientId: application.clientId, identity, rules: [], groups: [] },
  });
  expect(await judge(made, (await makeProject()).id)).toEqual(GONE);
});

const past = () => new Date(Date.now() - 1000);

test.each<[string, (client: Db, made: Scene) => Promise<unknown>]>([
  [
    'its own end',
    (client, { familyId: id }) => client.tokenFamily.update({ where: { id }, data: { endedAt: past() } }),
  ],
  ['its time', (client, { familyId: id }) => client.tokenFamily.update({ where: { id }, data: { endsAt: past() } })],
  [
    'the end of the session at the application',
    (client, { session: { id } }) => client.applicationSession.update({ where: { id }, data: { endedAt: past() } }),
  ],
  [
    'the end of the browser session',
    (client, { session: { id } }) => client.applicationSession.update({ where: { id }, data: { sessionId: null } }),
  ],
  [
    'a disabled application',
    (client, { application: { id } }) => client.application.update({ where: { id }, data: { disabledAt: past() } }),
  ],
  [
    'an application for groups the person is not in',
    (client, { application: { id } }) => client.application.update({ where: { id }, data: { access: 'groups' } }),
  ],
  [
    'an inactive identity',
    (client, { identity: { id } }) => client.identity.update({ where: { id }, data: { state: 'inactive' } }),
  ],
  [
    'a raised epoch',
    (client, { identity: { id } }) =>
      client.identity.update({ where: { id }, data: { revocationEpoch: { increment: 1 } } }),
  ],
])('%s ends it', async (_, change) => {
  const made = await scene();
  await change(await db(), made);
  expect(await judge(made, made.project.id)).toEqual(GONE);
});

test('offline_access survives the browser session', async () => {
  const made = await scene(true);
  await (await db()).applicationSession.update({ where: { id: made.session.id }, data: { sessionId: null } });
  expect(await judge(made, made.project.id)).toMatchObject({ token: true, person: {}, family: {} });
});

test('members of its groups may use an application, and the groups are read', async () => {
  const made = await scene();
  const { project, application, identity } = made;
  const client = await db();
  const at = { createdAt: new Date(), updatedAt: new Date() };
  const ids = [newId(), newId()];
  for (const [index, id] of ids.entries()) {
    const name = index === 0 ? 'Staff' : 'Admins';
    await client.group.create({ data: { id, projectId: project.id, name, foldedName: name.toLowerCase(), ...at } });
    const member = { groupId: id, identityId: identity.id, projectId: project.id, createdAt: at.createdAt };
    await client.groupMember.create({ data: member });
  }
  await client.application.update({ where: { id: application.id }, data: { access: 'groups' } });
  const allowed = {
    applicationId: application.id,
    groupId: ids[0] ?? '',
    projectId: project.id,
    createdAt: at.createdAt,
  };
  await client.applicationGroup.create({ data: allowed });
  const { person, token } = await judge(made, project.id);
  expect([token, person?.groups]).toEqual([true, ['Admins', 'Staff']]);
});

test.each<[string, (client: Db, made: Scene) => Promise<unknown>]>([
  ['a revoked key', (client, { kid: id }) => client.signingKey.update({ where: { id }, data: { state: 'revoked' } })],
  [
    'a key retired long ago',
    (client, { kid: id }) =>
      client.signingKey.update({ where: { id }, data: { state: 'retired', retiredAt: new Date(Date.now() - 61_000) } }),
  ],
  [
    'its revocation',
    (client, { project, jti }) =>
      client.revokedToken.create({ data: { projectId: project.id, jti, expiresAt: new Date() } }),
  ],
])('%s ends an access token, not its family', async (_, change) => {
  const made = await scene();
  await change(await db(), made);
  expect(await judge(made, made.project.id)).toMatchObject({ family: {}, token: false, person: null });
});
