import { readForm } from '@/lib/api/form';
import { requireClient } from '@/lib/api/oauth2/client-authentication';
import { OAuthError, refuseOAuthMethod } from '@/lib/api/oauth2/error';
import { handleOAuth } from '@/lib/api/oauth2/handle';
import { requireToken, TOKEN_FORM } from '@/lib/api/oauth2/token-parameter';
import { resource } from '@/lib/api/resource';
import { revokeToken } from '@/lib/token/service';

/** RFC 7009 §2. A token that is already invalid counts as revoked: 200. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  {
    POST: handleOAuth('POST /oauth2/revoke', async ({ request, context }) => {
      const form = await readForm(request, TOKEN_FORM);
      const token = requireToken(form);
      const credential = await requireClient(request, form, context);
      if ((await revokeToken(context, credential, token)) === 'foreign') {
        throw new OAuthError('unauthorized_client', 'The token was issued to another client');
      }
      return null;
    }),
  },
  refuseOAuthMethod,
);
