import { type MountedRoute, mount, type Resources } from '@/lib/api/mount';
import { publishDocument } from '@/lib/api/openapi/publish';
import type { RouteFile } from '@/lib/api/resource';
import * as application from './admin/applications/[id]/route';
import * as applicationSecret from './admin/applications/[id]/secrets/[secretId]/route';
import * as applicationSecrets from './admin/applications/[id]/secrets/route';
import * as applications from './admin/applications/route';
import * as auditEvents from './admin/audit-events/route';
import * as groupMember from './admin/groups/[id]/members/[identityId]/route';
import * as groupMembers from './admin/groups/[id]/members/route';
import * as group from './admin/groups/[id]/route';
import * as groups from './admin/groups/route';
import * as credential from './admin/identities/[id]/credentials/[type]/route';
import * as passkey from './admin/identities/[id]/credentials/passkey/[credentialId]/route';
import * as credentials from './admin/identities/[id]/credentials/route';
import * as grant from './admin/identities/[id]/grants/[clientId]/route';
import * as grants from './admin/identities/[id]/grants/route';
import * as undo from './admin/identities/[id]/history/[event]/undo/route';
import * as history from './admin/identities/[id]/history/route';
import * as restore from './admin/identities/[id]/restore/route';
import * as identity from './admin/identities/[id]/route';
import * as identitySessions from './admin/identities/[id]/sessions/route';
import * as externalId from './admin/identities/by/external/[externalId]/route';
import * as identityExport from './admin/identities/export/route';
import * as identities from './admin/identities/route';
import * as importErrors from './admin/imports/[id]/errors/route';
import * as imports from './admin/imports/route';
import * as job from './admin/jobs/[id]/route';
import * as jobStop from './admin/jobs/[id]/stop/route';
import * as jobUndo from './admin/jobs/[id]/undo/route';
import * as jobs from './admin/jobs/route';
import * as recoveryCode from './admin/recovery/code/route';
import * as recoveryLink from './admin/recovery/link/route';
import * as adminSchemaImpact from './admin/schemas/[id]/impact/route';
import * as adminSchemaPublication from './admin/schemas/[id]/publish/route';
import * as adminSchema from './admin/schemas/[id]/route';
import * as adminSchemas from './admin/schemas/route';
import * as session from './admin/sessions/[id]/route';
import * as sessions from './admin/sessions/route';
import * as webhookDelivery from './admin/webhooks/[id]/deliveries/[event]/route';
import * as webhookSendAgain from './admin/webhooks/[id]/deliveries/[event]/send-again/route';
import * as webhookDeliveries from './admin/webhooks/[id]/deliveries/route';
import * as webhookRotation from './admin/webhooks/[id]/rotate/route';
import * as webhook from './admin/webhooks/[id]/route';
import * as webhookTest from './admin/webhooks/[id]/test/route';
import * as webhooks from './admin/webhooks/route';
import { serveSession } from './auth/session';
import * as beginSignIn from './login/passkey/begin/route';
import * as finishSignIn from './login/passkey/finish/route';
import * as authorization from './oauth2/auth/route';
import * as introspect from './oauth2/introspect/route';
import * as pushedRequest from './oauth2/par/route';
import * as revoke from './oauth2/revoke/route';
import * as logout from './oauth2/sessions/logout/route';
import * as token from './oauth2/token/route';
import * as pairingStep from './pairing/step/route';
import * as picture from './pictures/[id]/route';
import * as schema from './schemas/[id]/route';
import * as schemas from './schemas/route';
import * as userinfo from './userinfo/route';
import * as changePassword from './well-known/change-password/route';
import * as keySet from './well-known/jwks.json/route';
import * as serverMetadata from './well-known/oauth-authorization-server/route';
import * as openidConfiguration from './well-known/openid-configuration/route';
import * as passkeyEndpoints from './well-known/passkey-endpoints/route';
import * as securityTxt from './well-known/security.txt/route';

/**
 * The OpenAPI document describes the routes below and is one of them: app/api/openapi.json/route.ts exports `openApi`.
 */
export const { documentOf, openApi } = publishDocument(() => MOUNTED_ROUTES);

/**
 * The route files of the table of routes (lib/api/routes.ts). The compiler requires one per template, with a handler
 * per method.
 */
export const RESOURCES: Resources = {
  '/admin/applications': applications,
  '/admin/applications/{id}': application,
  '/admin/applications/{id}/secrets': applicationSecrets,
  '/admin/applications/{id}/secrets/{secretId}': applicationSecret,
  '/admin/groups': groups,
  '/admin/groups/{id}': group,
  '/admin/groups/{id}/members': groupMembers,
  '/admin/groups/{id}/members/{identityId}': groupMember,
  '/admin/identities': identities,
  '/admin/identities/export': identityExport,
  '/admin/identities/by/external/{externalId}': externalId,
  '/admin/identities/{id}': identity,
  '/admin/identities/{id}/credentials': credentials,
  '/admin/identities/{id}/credentials/{type}': credential,
  '/admin/identities/{id}/credentials/passkey/{credentialId}': passkey,
  '/admin/identities/{id}/sessions': identitySessions,
  '/admin/identities/{id}/grants': grants,
  '/admin/identities/{id}/grants/{clientId}': grant,
  '/admin/identities/{id}/history': history,
  '/admin/identities/{id}/history/{event}/undo': undo,
  '/admin/identities/{id}/restore': restore,
  '/admin/imports': imports,
  '/admin/imports/{id}/errors': importErrors,
  '/admin/audit-events': auditEvents,
  '/admin/jobs': jobs,
  '/admin/jobs/{id}': job,
  '/admin/jobs/{id}/stop': jobStop,
  '/admin/jobs/{id}/undo': jobUndo,
  '/admin/recovery/code': recoveryCode,
  '/admin/recovery/link': recoveryLink,
  '/admin/schemas': adminSchemas,
  '/admin/schemas/{id}': adminSchema,
  '/admin/schemas/{id}/impact': adminSchemaImpact,
  '/admin/schemas/{id}/publish': adminSchemaPublication,
  '/admin/sessions': sessions,
  '/admin/sessions/{id}': session,
  '/admin/webhooks': webhooks,
  '/admin/webhooks/{id}': webhook,
  '/admin/webhooks/{id}/rotate': webhookRotation,
  '/admin/webhooks/{id}/test': webhookTest,
  '/admin/webhooks/{id}/deliveries': webhookDeliveries,
  '/admin/webhooks/{id}/deliveries/{event}': webhookDelivery,
  '/admin/webhooks/{id}/deliveries/{event}/send-again': webhookSendAgain,
  '/schemas': schemas,
  '/schemas/{id}': schema,
  '/pictures/{id}': picture,
  '/oauth2/auth': authorization,
  '/oauth2/par': pushedRequest,
  '/oauth2/token': token,
  '/oauth2/introspect': introspect,
  '/oauth2/sessions/logout': logout,
  '/userinfo': userinfo,
  '/oauth2/revoke': revoke,
  '/.well-known/oauth-authorization-server': serverMetadata,
  '/.well-known/openid-configuration': openidConfiguration,
  '/.well-known/jwks.json': keySet,
  '/.well-known/change-password': changePassword,
  '/.well-known/passkey-endpoints': passkeyEndpoints,
  '/.well-known/security.txt': securityTxt,
  '/openapi.json': openApi,
};

/** Routes outside the table that the front server serves too, by internal path. Next serves their other methods. */
export const FOR_BROWSERS: Readonly<Record<string, RouteFile>> = {
  '/api/login/passkey/begin': beginSignIn,
  '/api/login/passkey/finish': finishSignIn,
  '/api/pairing/step': pairingStep,
  '/api/auth/session': { GET: { handler: serveSession } },
};

/** The table with its handlers, for code that describes them. */
export const MOUNTED_ROUTES: readonly MountedRoute[] = mount(RESOURCES);
