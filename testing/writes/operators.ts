import * as apiCredential from '@/lib/api-credential/service';
import { DEFAULT_SETTINGS } from '@/lib/application/model';
import * as application from '@/lib/application/service';
import * as claim from '@/lib/claim/service';
import * as group from '@/lib/group/service';
import * as invitations from '@/lib/invitation/service';
import * as operator from '@/lib/operator/service';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { transaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import * as project from '@/lib/project/service';
import * as schema from '@/lib/schema/service';
import * as schemaChange from '@/lib/schema-change/service';
import * as token from '@/lib/token/service';
import * as webhook from '@/lib/webhook/service';
import { switchOff } from '@/lib/webhook/service/switch-off';
import { SoftwareAuthenticator } from '@/testing/authenticator';
import { makeOperator, proveMailbox } from '@/testing/operators';
import { actorOf, BROWSER, contextOf, makePerson, signInByMail, signInByPasskey } from '@/testing/people';
import { clientContextOf } from '@/testing/tenant';
import {
  type Act,
  applicationOf,
  CLIENT,
  cli,
  credentialOf,
  DOCUMENT,
  emailOf,
  home,
  LOGO,
  newEmail,
  newestInvitation,
  tenant,
  tokenOf,
} from './kit';

/** What operators and programs do. */
/** A project has at most 20. */
async function removeWebhooks(): Promise<void> {
  await (await db()).webhookEndpoint.deleteMany({ where: { projectId: home.id } });
}
function newWebhook() {
  const url = `https://hooks.example.com/${newId()}`;
  return webhook.createWebhook(cli, { url, description: '', eventTypes: null, isActive: true });
}
async function makeWebhook() {
  await removeWebhooks();
  return newWebhook();
}

export const WRITES_OF_OPERATORS: Record<string, () => Promise<Act> | Act> = {
  'invitation.createInvitedIdentity': () => () =>
    invitations.createInvitedIdentity(cli, { traits: { email: newEmail() } }, { locale: 'en' }),
  'invitation.inviteToRegister': async () => {
    const of = cliActor((await tenant('open')).id);
    await (await db()).project.update({ where: { id: of.projectId }, data: { registration: 'invitation' } });
    return () => invitations.inviteToRegister(of, { email: newEmail(), locale: 'en' });
  },
  'invitation.revokeRegistrationInvitation': async () => {
    const of = cliActor((await tenant()).id);
    await (await db()).project.update({ where: { id: of.projectId }, data: { registration: 'invitation' } });
    const { id } = await invitations.inviteToRegister(of, { email: newEmail(), locale: 'en' });
    return () => invitations.revokeRegistrationInvitation(of, id);
  },
  'invitation.inviteOperator': () => () => invitations.inviteOperator(cli, { email: newEmail(), role: 'admin' }),
  'invitation.revokeInvitation': async () => {
    const { id } = await invitations.inviteOperator(cli, { email: newEmail(), role: 'admin' }).then(newestInvitation);
    return () => invitations.revokeInvitation(cli, home.organizationId, id);
  },
  'operator.acceptInvitation': async () => {
    const proof = await signInByPasskey(home, await makePerson(home));
    const { link } = await invitations.inviteOperator(cli, { email: emailOf(proof.identity), role: 'admin' });
    return () => operator.acceptInvitation(proof, tokenOf(link));
  },
  'operator.finishAcceptance': async () => {
    const proof = await signInByMail(home, await makePerson(home));
    const { link } = await invitations.inviteOperator(cli, { email: emailOf(proof.identity), role: 'admin' });
    const options = await operator.beginAcceptance(proof, BROWSER, tokenOf(link));
    const response = new SoftwareAuthenticator({ origin: home.origin }).create(options);
    return () => operator.finishAcceptance(proof, BROWSER, { token: tokenOf(link), response });
  },
  'operator.finishSetup': async () => {
    const email = newEmail();
    const invited = tokenOf((await invitations.inviteOperator(cli, { email, role: 'admin' })).link);
    const input = { token: invited, email, first: 'Ada', last: 'Lovelace' };
    await proveMailbox(home, invited);
    const options = await operator.beginSetup(contextOf(home), BROWSER, input);
    const response = new SoftwareAuthenticator({ origin: home.origin }).create(options);
    return () => operator.finishSetup(contextOf(home), BROWSER, { token: invited, response }, CLIENT);
  },
  'operator.createOrganization': async () => {
    const made = await makeOperator(home, 'owner');
    const actor: Actor = { ...actorOf(made), kind: 'operator' };
    return () => operator.createOrganization(actor, { name: 'Acme', slug: `o-${newId().slice(-12)}` });
  },
  'operator.changeRole': async () => {
    const { id } = await makeOperator(home, 'viewer');
    return () => operator.changeRole(cli, home.organizationId, id, 'admin');
  },
  'operator.removeOperator': async () => {
    const { id } = await makeOperator(home, 'viewer');
    return () => operator.removeOperator(cli, home.organizationId, id);
  },
  'project.createProject': () => () => {
    const slug = `p-${newId().slice(-12)}`;
    return project.createProject(cli, home.organizationId, { name: slug, slug, origin: `https://${slug}.example.com` });
  },
  'project.updateProject': async () => {
    const of = await tenant();
    return () => project.updateProject(cliActor(of.id), { base: { name: of.name }, mine: { name: 'Other' } });
  },
  'project.deleteProject': async () => {
    const of = await tenant();
    return () => project.deleteProject(cliActor(of.id));
  },
  'project.addOrganization': () => () =>
    transaction((tx) => project.addOrganization(tx, cli, { name: 'Acme', slug: `o-${newId().slice(-12)}` })),
  'project.updateOrganization': async () => {
    const fields = { name: 'Acme', slug: `o-${newId().slice(-12)}` };
    const { id } = await transaction((tx) => project.addOrganization(tx, cli, fields));
    return () => project.updateOrganization(cli, id, { base: { name: 'Acme' }, mine: { name: 'Other' } });
  },
  'project.setConsoleNeedsPasskey': async () => {
    const fields = { name: 'Acme', slug: `o-${newId().slice(-12)}` };
    const { id } = await transaction((tx) => project.addOrganization(tx, cli, fields));
    return () => project.setConsoleNeedsPasskey(cli, id, true);
  },
  'project.deleteOrganization': async () => {
    const fields = { name: 'Acme', slug: `o-${newId().slice(-12)}` };
    const { id } = await transaction((tx) => project.addOrganization(tx, cli, fields));
    return () => project.deleteOrganization(cli, id);
  },
  'project.addOrigin': async () => {
    const of = cliActor((await tenant()).id);
    return () => project.addOrigin(of, `https://o-${newId()}.example.com`);
  },
  'project.removeOrigin': async () => {
    const of = cliActor((await tenant()).id);
    const { id } = await project.addOrigin(of, `https://o-${newId()}.example.com`);
    return () => project.removeOrigin(of, id);
  },
  'project.requestOrigin': async () => {
    const of = cliActor((await tenant()).id);
    return () => project.requestOrigin({ ...of, kind: 'operator' }, `https://o-${newId()}.example.com`, {});
  },
  'project.approveClaim': async () => {
    const of = cliActor((await tenant()).id);
    await project.requestOrigin({ ...of, kind: 'operator' }, `https://o-${newId()}.example.com`, {});
    const [claim] = await project.listClaims(of.projectId);
    return () => project.approveClaim(of, claim?.id ?? '');
  },
  'project.withdrawClaim': async () => {
    const of = cliActor((await tenant()).id);
    await project.requestOrigin({ ...of, kind: 'operator' }, `https://o-${newId()}.example.com`, {});
    const [claim] = await project.listClaims(of.projectId);
    return () => project.withdrawClaim(of, claim?.id ?? '');
  },
  'project.confirmUnreviewed': async () => {
    const { id, origin } = await tenant();
    await (await db()).projectOrigin.updateMany({ where: { projectId: id }, data: { approval: null } });
    return () => project.confirmUnreviewed(cliActor(id), { kind: 'origin', projectId: id, value: origin });
  },
  'project.makePrimaryOrigin': async () => {
    const of = cliActor((await tenant()).id);
    const { id } = await project.addOrigin(of, `https://o-${newId()}.example.com`);
    return () => project.makePrimaryOrigin(of, id);
  },
  'project.changeText': async () => {
    const of = cliActor((await tenant()).id);
    const edit = { base: { text: null }, mine: { text: 'Welcome' } };
    return () => project.changeText(of, { locale: 'en', key: 'login.title' }, edit);
  },
  'project.setLogo': async () => {
    const of = cliActor((await tenant()).id);
    return () => project.setLogo(of, LOGO);
  },
  'project.removeLogo': async () => {
    const of = cliActor((await tenant()).id);
    await project.setLogo(of, LOGO);
    return () => project.removeLogo(of);
  },
  'schema.createSchema': () => () => schema.createSchema(cli, `s${newId().slice(-12)}`, DOCUMENT()),
  'schema.addSchemaVersion': async () => {
    const { schemaId } = await schema.createSchema(cli, `s${newId().slice(-12)}`, DOCUMENT());
    return () => schema.addSchemaVersion(cli, schemaId, DOCUMENT());
  },
  'schema-change.publishSchema': async () => {
    const { schemaId } = await schema.createSchema(cli, `s${newId().slice(-12)}`, DOCUMENT());
    const draft = { schemaId, document: DOCUMENT(), repairs: [] };
    return () => schemaChange.publishSchema({ kind: 'cli' }, cli.projectId, draft);
  },
  'schema-change.deleteSchema': async () => {
    const { schemaId } = await schema.createSchema(cli, `s${newId().slice(-12)}`, DOCUMENT());
    return () => schemaChange.deleteSchema(cli, schemaId);
  },
  'schema-change.moveToSchema': async () => {
    const { schemaId, version: schemaVersion } = await schema.createSchema(cli, `s${newId().slice(-12)}`, DOCUMENT());
    const { id, version } = await makePerson(home);
    return () => schemaChange.moveToSchema(cli, id, { schemaId, schemaVersion, version, repairs: [] });
  },
  'webhook.createWebhook': async () => {
    await removeWebhooks();
    return () => newWebhook();
  },
  'webhook.updateWebhook': async () => {
    const { webhook: made } = await makeWebhook();
    return () => webhook.updateWebhook(cli, made.id, { description: newId() });
  },
  'webhook.rotateWebhookSecret': async () => {
    const { webhook: made } = await makeWebhook();
    return () => webhook.rotateWebhookSecret(cli, made.id, { overlapHours: 1 });
  },
  'webhook.deleteWebhook': async () => {
    const { webhook: made } = await makeWebhook();
    return () => webhook.deleteWebhook(cli, made.id);
  },
  'webhook.switchOff': async () => {
    const { webhook: made } = await makeWebhook();
    return () => switchOff(made, 'failing', new Date());
  },
  'api-credential.createApiCredential': () => () => apiCredential.createApiCredential(cli, { name: 'Program' }),
  'api-credential.updateApiCredential': async () => {
    const { clientId } = await credentialOf();
    return () => apiCredential.updateApiCredential(cli, clientId, { name: 'Other' });
  },
  'api-credential.rotateApiCredential': async () => {
    const { clientId } = await credentialOf();
    return () => apiCredential.rotateApiCredential(cli, clientId, { overlapHours: 1 });
  },
  'api-credential.revokeApiCredential': async () => {
    const { clientId } = await credentialOf();
    return () => apiCredential.revokeApiCredential(cli, clientId);
  },
  'api-credential.revokeSecret': async () => {
    const { clientId } = await credentialOf();
    await apiCredential.rotateApiCredential(cli, clientId, { overlapHours: 1 });
    const periods = await apiCredential.listSecretPeriods(home.id, clientId, new Date());
    const ending = periods.find(({ expiresAt }) => expiresAt !== null);
    return () => apiCredential.revokeSecret(cli, clientId, ending?.id ?? '');
  },
  'application.createApplication': () => () =>
    application.createApplication(cli, { name: 'Wiki', redirectUris: ['https://wiki.example.com/callback'] }),
  'application.updateApplication': async () => {
    const clientId = await applicationOf();
    return () => application.updateApplication(cli, clientId, { name: 'Other' });
  },
  'application.replaceApplication': async () => {
    const clientId = await applicationOf();
    const redirectUris = ['https://wiki.example.com/other'];
    const wanted = { ...DEFAULT_SETTINGS, name: 'Wiki', kind: 'web' as const, redirectUris };
    return () => application.replaceApplication(cli, clientId, wanted, async () => {});
  },
  'application.disableApplication': async () => {
    const clientId = await applicationOf();
    return () => application.disableApplication(cli, clientId, async () => {});
  },
  'application.enableApplication': async () => {
    const clientId = await applicationOf();
    await application.disableApplication(cli, clientId, async () => {});
    return () => application.enableApplication(cli, clientId);
  },
  'application.deleteApplication': async () => {
    const clientId = await applicationOf();
    return () => application.deleteApplication(cli, clientId, async () => {});
  },
  'application.rotateApplicationSecret': async () => {
    const clientId = await applicationOf();
    return () => application.rotateApplicationSecret(cli, clientId, { overlapHours: 1 });
  },
  'application.endApplicationSecret': async () => {
    const clientId = await applicationOf();
    await application.rotateApplicationSecret(cli, clientId, { overlapHours: 1 });
    const secrets = await application.listSecrets(await application.getApplication(home.id, clientId), new Date());
    const ending = secrets.find(({ expiresAt }) => expiresAt !== null);
    return () => application.endApplicationSecret(cli, clientId, ending?.id ?? '');
  },
  'application.setApplicationLogo': async () => {
    const clientId = await applicationOf();
    return () => application.setApplicationLogo(cli, clientId, LOGO);
  },
  'application.removeApplicationLogo': async () => {
    const clientId = await applicationOf();
    await application.setApplicationLogo(cli, clientId, LOGO);
    return () => application.removeApplicationLogo(cli, clientId);
  },
  'group.createGroup': () => () => group.createGroup(cli, { name: newId() }),
  'group.updateGroup': async () => {
    const { id } = await group.createGroup(cli, { name: newId() });
    return () => group.updateGroup(cli, id, { name: newId() });
  },
  'group.deleteGroup': async () => {
    const { id } = await group.createGroup(cli, { name: newId() });
    return () => group.deleteGroup(cli, id);
  },
  'group.addMember': async () => {
    const { id } = await group.createGroup(cli, { name: newId() });
    const member = await makePerson(home);
    return () => group.addMember(cli, id, member.id);
  },
  'group.removeMember': async () => {
    const { id } = await group.createGroup(cli, { name: newId() });
    const member = await makePerson(home);
    await group.addMember(cli, id, member.id);
    return () => group.removeMember(cli, id, member.id);
  },
  'token.revokeToken': async () => {
    const { clientId } = await credentialOf();
    const client = await apiCredential.getApiCredential(home.id, clientId);
    const issuer = { projectId: home.id, origin: home.origin };
    const given = { scopes: ['openid' as const], audiences: [`${home.origin}/admin`] };
    const { accessToken } = await token.issueAccessToken(issuer, client, given);
    return () => token.revokeToken(clientContextOf(home), client, accessToken);
  },
  'claim.setClaimRule': async () => {
    const of = cliActor((await tenant()).id);
    return () => claim.setClaimRule(of, { claim: 'nickname', scope: 'profile', pointer: '/traits/nick' });
  },
  'claim.resetClaimRule': async () => {
    const of = cliActor((await tenant()).id);
    await claim.setClaimRule(of, { claim: 'nickname', scope: 'profile', pointer: '/traits/nick' });
    return () => claim.resetClaimRule(of, 'nickname');
  },
  'token.rotateSigningKey': async () => {
    const of = await tenant();
    await token.publishedKeys(of.id);
    return () => token.rotateSigningKey(cliActor(of.id), { isUrgent: true });
  },
  'token.revokeSigningKey': async () => {
    const of = await tenant();
    const [key] = await token.publishedKeys(of.id);
    return () => token.revokeSigningKey(cliActor(of.id), key?.kid ?? '');
  },
  'token.setSigningAlgorithm': async () => {
    const of = await tenant();
    await token.publishedKeys(of.id);
    return () => token.setSigningAlgorithm(cliActor(of.id), 'RS256');
  },
  'token.publishedKeys': async () => {
    const of = await tenant();
    return () => token.publishedKeys(of.id);
  },
};
