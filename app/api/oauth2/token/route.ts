import { readForm } from '@/lib/api/form';
import { requireClient } from '@/lib/api/oauth2/client-authentication';
import { OAuthError, refuseOAuthMethod } from '@/lib/api/oauth2/error';
import { requireAudiences, requireGrantType, requireScopes } from '@/lib/api/oauth2/grant-parameters';
import { handleOAuth } from '@/lib/api/oauth2/handle';
import { resource } from '@/lib/api/resource';
import { toTokenResponse } from '@/lib/token/contract';
import { issueAccessToken } from '@/lib/token/service';

const FORM = { limit: 64 * 1024, repeatable: ['audience', 'resource'] };

/** RFC 6749 §4.4, checked in the order of the contract (8.7): form, client, grant, scope, audience. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  {
    POST: handleOAuth('POST /oauth2/token', async ({ request, context }) => {
      const form = await readForm(request, FORM);
      const grantType = requireGrantType(form);
      const credential = await requireClient(request, form, context);
      if (grantType !== 'client_credentials') {
        throw new OAuthError('unsupported_grant_type', 'The grant type must be client_credentials');
      }
      const scopes = requireScopes(form, credential);
      const audiences = requireAudiences(form, credential, context.origin);
      return toTokenResponse(await issueAccessToken(context, credential, { scopes, audiences }));
    }),
  },
  refuseOAuthMethod,
);
