import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { emailOf, type Identity } from '@/lib/identity/model';
import { toEtag } from '@/lib/identity/model/precondition';
import { changeIdentity, deleteIdentity, findIdentity, getIdentity } from '@/lib/identity/service';
import * as invitations from '@/lib/invitation/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { ensureFirstProject, findOrganization } from '@/lib/project/service';
import { findSession } from '@/lib/session/service';
import { SoftwareAuthenticator } from '@/testing/authenticator';
import { roleIn } from '@/testing/operators';
import { ADDRESS, BROWSER, CHROME, contextOf, makePerson, signIn, signInByPasskey } from '@/testing/people';
import { makeProject } from '@/testing/project';
import * as operators from '../service';

let project: Project;
let cli: Actor;
let program: Actor;

const tokenOf = (link: string | null) => new URL(link ?? '').searchParams.get('token') ?? '';
const invite = async (email: string) => tokenOf((await invitations.inviteOperator(cli, { email, role: 'admin' })).link);
const invited = async () => {
  const proof = await signInByPasskey(project, await makePerson(project));
  return { proof, token: await invite(emailOf(proof.identity) ?? '') };
};
const roleOf = ({ id }: Identity) => roleIn(project.organizationId, id);

beforeAll(async () => {
  project = await ensureFirstProject('http://localhost:3000');
  cli = cliActor(project.id);
  program = { ...cli, kind: 'api_credential', id: newId() };
});
beforeEach(async () => {
  const client = await db();
  await client.operator.deleteMany();
  await client.invitation.deleteMany();
});

describe('setup in a signed-in browser', () => {
  test('ends the previous session', async () => {
    const before = await signIn(project, await makePerson(project));
    const token = tokenOf(await invitations.ensureSetupLink());
    const input = { token, email: `${newId()}@example.com`, first: 'Ada', last: '' };
    const options = await operators.beginSetup(contextOf(project), BROWSER, input);
    const response = new SoftwareAuthenticator({ origin: project.origin }).create(options);
    const client = { userAgent: CHROME, address: ADDRESS, replaces: before.session.id };
    const { session } = await operators.finishSetup(contextOf(project), BROWSER, { token, response }, client);
    expect(await findSession(project.id, before.session.id)).toBeNull();
    expect(await findSession(project.id, session.id)).not.toBeNull();
    expect((await findOrganization(project.organizationId))?.consoleNeedsPasskey).toBe(true);
  });
});

describe('granting a role', () => {
  test('changes the ETag of the identity', async () => {
    const { proof, token } = await invited();
    const ifMatch = toEtag(await getIdentity(project.id, proof.identity.id));
    await operators.acceptInvitation(proof, token);
    await expect(deleteIdentity(cli, proof.identity.id, { ifMatch })).rejects.toMatchObject({
      code: 'precondition_failed',
    });
  });

  test('is serialized with deletion by an API client', async () => {
    for (let round = 0; round < 8; round++) {
      const { proof, token } = await invited();
      const { id } = proof.identity;
      const [accepted, deleted] = await Promise.allSettled([
        operators.acceptInvitation(proof, token),
        deleteIdentity(program, id),
      ]);
      const codes = [accepted, deleted].map((one) => (one.status === 'rejected' ? one.reason.code : 'done'));
      const isHere = (await findIdentity(project.id, id)) !== null;
      expect(codes).toEqual(isHere ? ['done', 'operator_protected'] : ['inactive_identity', 'done']);
      expect(await roleOf(proof.identity)).toBe(isHere ? 'admin' : null);
    }
  });

  test('is serialized with deactivation by an API client', async () => {
    for (let round = 0; round < 8; round++) {
      const { proof, token } = await invited();
      const { id } = proof.identity;
      const [accepted, changed] = await Promise.allSettled([
        operators.acceptInvitation(proof, token),
        changeIdentity(program, id, () => ({ state: 'inactive' })),
      ]);
      const codes = [accepted, changed].map((one) => (one.status === 'rejected' ? one.reason.code : 'done'));
      const isActive = (await getIdentity(project.id, id)).state === 'active';
      expect(codes).toEqual(isActive ? ['done', 'operator_protected'] : ['inactive_identity', 'done']);
    }
  });
});

test('previews an invitation only in its own project', async () => {
  const token = await invite(`${newId()}@example.com`);
  expect(await invitations.peekInvitation((await makeProject()).id, token)).toEqual({ state: 'unusable' });
  expect(await invitations.peekInvitation(project.id, token)).toMatchObject({ state: 'usable' });
});
