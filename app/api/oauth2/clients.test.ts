import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PRESETS } from '@/lib/api-credential/model';
import { revokeApiCredential, type WithSecret } from '@/lib/api-credential/service';
import { cliActor } from '@/lib/platform/actor';
import type { Project } from '@/lib/project/model';
import { adminAudience } from '@/lib/project/model/origin';
import { rotateSigningKey } from '@/lib/token/service';
import { type ApiServer, startApi } from '@/testing/api-server';
import { makeClient } from '@/testing/oauth-api';
import { RESOURCES } from '../routes';

/**
 * Third-party clients over HTTP: openid-client and oauth4webapi discover everything by the metadata document (RFC 8414)
 * and validate each response strictly. The front server is the real one.
 */
const METHODS = ['client_secret_basic', 'client_secret_post'] as const;
const INSECURE = { [oauth.allowInsecureRequests]: true }; // plain http on localhost

let server: ApiServer;
let project: Project;

beforeAll(async () => {
  server = await startApi(RESOURCES);
  project = server.project;
});
afterAll(() => server.close());

const callAdminApi = (accessToken: string) =>
  fetch(`${project.origin}/admin/identities`, { headers: { authorization: `Bearer ${accessToken}` } });

describe.each(METHODS)('openid-client with %s', (authMethod) => {
  const connect = async ({ credential, clientSecret }: WithSecret) => {
    const authenticate = authMethod === 'client_secret_basic' ? client.ClientSecretBasic : client.ClientSecretPost;
    return client.discovery(new URL(project.origin), credential.clientId, {}, authenticate(clientSecret), {
      algorithm: 'oauth2',
      execute: [client.allowInsecureRequests],
    });
  };

  test('discovers the server by RFC 8414', async () => {
    const found = (await connect(await makeClient(project, { authMethod }))).serverMetadata();
    expect(found).toMatchObject({
      issuer: project.origin,
      introspection_endpoint: `${project.origin}/oauth2/introspect`,
      revocation_endpoint: `${project.origin}/oauth2/revoke`,
    });
    for (const methods of [
      found.token_endpoint_auth_methods_supported,
      found.introspection_endpoint_auth_methods_supported,
      found.revocation_endpoint_auth_methods_supported,
    ])
      expect(methods).toContain(authMethod);
  });

  test('obtains, uses, introspects and revokes a token', async () => {
    const made = await makeClient(project, { authMethod });
    const config = await connect(made);
    const answer = await client.clientCredentialsGrant(config, {
      scope: 'identities:read',
      audience: adminAudience(project.origin),
    });
    expect([answer.token_type, answer.scope]).toEqual(['bearer', 'identities:read']);
    expect(answer.expires_in).toBeGreaterThan(3500); // 3599 unless the machine is slow
    expect((await callAdminApi(answer.access_token)).status).toBe(200);
    expect(await client.tokenIntrospection(config, answer.access_token)).toMatchObject({
      active: true,
      client_id: made.credential.clientId,
      scope: 'identities:read',
    });
    await client.tokenRevocation(config, answer.access_token, { token_type_hint: 'access_token' });
    expect((await callAdminApi(answer.access_token)).status).toBe(401);
    expect(await client.tokenIntrospection(config, answer.access_token)).toEqual({ active: false });
    await client.tokenRevocation(config, answer.access_token);
  });

  test('receives the error for a foreign scope, and for an expired credential', async () => {
    const made = await makeClient(project, { authMethod, scopes: [...PRESETS.read] });
    const config = await connect(made);
    const ask = (more: Record<string, string>) => client.clientCredentialsGrant(config, more);
    await expect(ask({ scope: 'identities:write' })).rejects.toMatchObject({ status: 400, error: 'invalid_scope' });
    await expect(ask({ resource: 'https://x.example.com' })).rejects.toMatchObject({ error: 'invalid_target' });
    const foreign = await client.clientCredentialsGrant(await connect(await makeClient(project, { authMethod })));
    expect(await client.tokenIntrospection(config, foreign.access_token)).toEqual({ active: false });
    await expect(client.tokenRevocation(config, foreign.access_token)).rejects.toMatchObject({
      status: 400,
      error: 'unauthorized_client',
    });
    await revokeApiCredential(cliActor(project.id), made.credential.clientId);
    // oauth4webapi, on which openid-client builds, throws its own error for a response with a challenge.
    await expect(ask({})).rejects.toMatchObject({ status: 401 });
  });
});

describe.each(METHODS)('oauth4webapi with %s', (authMethod) => {
  const discover = async () => {
    const issuer = new URL(project.origin);
    const response = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...INSECURE });
    return oauth.processDiscoveryResponse(issuer, response);
  };

  test('issues a token whose signature and claims a resource server accepts (RFC 9068)', async () => {
    const as = await discover();
    const { credential, clientSecret } = await makeClient(project, { authMethod });
    const self: oauth.Client = { client_id: credential.clientId };
    const proof = (authMethod === 'client_secret_basic' ? oauth.ClientSecretBasic : oauth.ClientSecretPost)(
      clientSecret,
    );
    const ask = await oauth.clientCredentialsGrantRequest(as, self, proof, { scope: 'openid' }, INSECURE);
    const { access_token: accessToken } = await oauth.processClientCredentialsResponse(as, self, ask);
    const isGood = () => {
      const request = new Request(adminAudience(project.origin), {
        headers: { authorization: `Bearer ${accessToken}` },
      });
      return oauth.validateJwtAccessToken(as, request, adminAudience(project.origin), INSECURE);
    };
    expect(await isGood()).toMatchObject({ client_id: credential.clientId, sub: credential.clientId, scope: 'openid' });
    await rotateSigningKey(cliActor(project.id), { isUrgent: true });
    expect(await isGood()).toMatchObject({ iss: project.origin });
    const inquiry = () => oauth.introspectionRequest(as, self, proof, accessToken, INSECURE);
    expect(await oauth.processIntrospectionResponse(as, self, await inquiry())).toMatchObject({
      active: true,
      token_type: 'Bearer',
      aud: [adminAudience(project.origin)],
    });
    await oauth.processRevocationResponse(await oauth.revocationRequest(as, self, proof, accessToken, INSECURE));
    expect(await oauth.processIntrospectionResponse(as, self, await inquiry())).toEqual({ active: false });
    expect((await callAdminApi(accessToken)).status).toBe(401);
  });
});
