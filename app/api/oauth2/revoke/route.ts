import { readForm } from '@/lib/http/form';
import { handleOAuth } from '@/lib/http/oauth';
import { requireClient } from '@/lib/http/oauth-client';
import { OAuthError, refuseOAuthMethod } from '@/lib/http/oauth-error';
import { requireToken, TOKEN_FORM } from '@/lib/http/oauth-token';
import { resource } from '@/lib/http/resource';
import { revokeToken } from '@/lib/token/service';

/** RFC 7009 §2. What cannot be used any more is as good as revoked: 200. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  {
    POST: handleOAuth(async ({ request, context }) => {
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
