import { type Form, readForm } from '@/lib/api/form';
import { requireAnyClient } from '@/lib/api/oauth2/client-authentication';
import { preflight, withCors } from '@/lib/api/oauth2/cors';
import { OAuthError, refuseOAuthMethod } from '@/lib/api/oauth2/error';
import { requireAudiences, requireGrantType, requireScopes } from '@/lib/api/oauth2/grant-parameters';
import { handleOAuth } from '@/lib/api/oauth2/handle';
import { resource } from '@/lib/api/resource';
import type { Application } from '@/lib/application/model';
import { redeemCode, refreshTokens } from '@/lib/grant/service';
import type { RequestContext } from '@/lib/http/context';
import { toApplicationTokenResponse, toTokenResponse } from '@/lib/token/contract';
import { issueAccessToken } from '@/lib/token/service';

const FORM = { limit: 64 * 1024, repeatable: ['audience', 'resource'] };

/**
 * API credentials get tokens of their own (RFC 6749 §4.4), checked in the order of the contract (8.7): form, client,
 * grant, scope, audience. Applications get those of a person (§4.1.3, §6).
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  {
    POST: withCors(
      handleOAuth('POST /oauth2/token', async ({ request, context }) => {
        const form = await readForm(request, FORM);
        const grantType = requireGrantType(form);
        const client = await requireAnyClient(request, form, context);
        if ('application' in client) return answerApplication(context, client.application, grantType, form);
        if (grantType !== 'client_credentials') {
          throw new OAuthError('unsupported_grant_type', 'The grant type must be client_credentials');
        }
        const { credential } = client;
        const scopes = requireScopes(form, credential);
        const audiences = requireAudiences(form, credential, context.origin);
        return toTokenResponse(await issueAccessToken(context, credential, { scopes, audiences }));
      }),
    ),
  },
  refuseOAuthMethod,
  preflight('POST'),
);

async function answerApplication(context: RequestContext, application: Application, grantType: string, form: Form) {
  switch (grantType) {
    case 'authorization_code': {
      const code = requireField(form, 'code');
      const sent = { code, redirectUri: form.get('redirect_uri'), verifier: form.get('code_verifier') };
      const tokens = await redeemCode(context, application, sent);
      // One description for every cause: a thief of a code must not learn what is missing.
      if (!tokens)
        throw new OAuthError('invalid_grant', 'The code is invalid, expired or used, or its proof is missing');
      return toApplicationTokenResponse(tokens);
    }
    case 'refresh_token': {
      const sent = { refreshToken: requireField(form, 'refresh_token'), scope: form.get('scope') };
      const tokens = await refreshTokens(context, application, sent);
      if (tokens === 'invalid_grant')
        throw new OAuthError('invalid_grant', 'The refresh token is invalid, expired, used or revoked');
      if (tokens === 'invalid_scope') throw new OAuthError('invalid_scope', 'The scope exceeds what was granted');
      return toApplicationTokenResponse(tokens);
    }
    case 'client_credentials':
      throw new OAuthError('unauthorized_client', 'An application has no tokens of its own; use an API credential');
    default:
      throw new OAuthError('unsupported_grant_type', 'The grant type must be authorization_code or refresh_token');
  }
}

function requireField(form: Form, name: string): string {
  const value = form.get(name);
  if (value === undefined) throw new OAuthError('invalid_request', `The parameter ${name} is missing`);
  return value;
}
