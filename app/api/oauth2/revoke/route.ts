import { readForm } from '@/lib/api/form';
import { requireAnyClient } from '@/lib/api/oauth2/client-authentication';
import { preflight, withCors } from '@/lib/api/oauth2/cors';
import { OAuthError, refuseOAuthMethod } from '@/lib/api/oauth2/error';
import { handleOAuth } from '@/lib/api/oauth2/handle';
import { requireToken, TOKEN_FORM } from '@/lib/api/oauth2/token-parameter';
import { resource } from '@/lib/api/resource';
import { revokePersonToken } from '@/lib/grant/service';
import { revokeToken } from '@/lib/token/service';

/** RFC 7009 §2. A token that is already invalid counts as revoked: 200. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  {
    POST: withCors(
      handleOAuth('POST /oauth2/revoke', async ({ request, context }) => {
        const form = await readForm(request, TOKEN_FORM);
        const token = requireToken(form);
        const client = await requireAnyClient(request, form, context);
        const outcome =
          'application' in client
            ? await revokePersonToken(context, client.application, token)
            : await revokeToken(context, client.credential, token);
        if (outcome === 'foreign')
          throw new OAuthError('unauthorized_client', 'The token was issued to another client');
        return null;
      }),
    ),
  },
  refuseOAuthMethod,
  preflight('POST'),
);
