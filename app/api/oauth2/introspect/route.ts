import { readForm } from '@/lib/api/form';
import { requireClient } from '@/lib/api/oauth2/client-authentication';
import { refuseOAuthMethod } from '@/lib/api/oauth2/error';
import { handleOAuth } from '@/lib/api/oauth2/handle';
import { requireToken, TOKEN_FORM } from '@/lib/api/oauth2/token-parameter';
import { resource } from '@/lib/api/resource';
import { toIntrospectionResponse } from '@/lib/token/contract';
import { introspectToken } from '@/lib/token/service';

/** RFC 7662 §2. A client can introspect its own tokens only. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  {
    POST: handleOAuth('POST /oauth2/introspect', async ({ request, context }) => {
      const form = await readForm(request, TOKEN_FORM);
      const token = requireToken(form);
      const credential = await requireClient(request, form, context);
      return toIntrospectionResponse(await introspectToken(context, credential, token));
    }),
  },
  refuseOAuthMethod,
);
