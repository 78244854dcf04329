import { readForm } from '@/lib/http/form';
import { handleOAuth } from '@/lib/http/oauth';
import { requireClient } from '@/lib/http/oauth-client';
import { refuseOAuthMethod } from '@/lib/http/oauth-error';
import { requireToken, TOKEN_FORM } from '@/lib/http/oauth-token';
import { resource } from '@/lib/http/resource';
import { toIntrospectionResponse } from '@/lib/token/contract';
import { introspectToken } from '@/lib/token/service';

/** RFC 7662 §2. A client learns of its own tokens only. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  {
    POST: handleOAuth(async ({ request, context }) => {
      const form = await readForm(request, TOKEN_FORM);
      const token = requireToken(form);
      const credential = await requireClient(request, form, context);
      return toIntrospectionResponse(await introspectToken(context, credential, token));
    }),
  },
  refuseOAuthMethod,
);
