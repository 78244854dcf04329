import { readForm } from '@/lib/api/form';
import { requireAnyClient } from '@/lib/api/oauth2/client-authentication';
import { OAuthError, refuseOAuthMethod } from '@/lib/api/oauth2/error';
import { handleOAuth } from '@/lib/api/oauth2/handle';
import { resource } from '@/lib/api/resource';
import { pushRequest } from '@/lib/grant/service';

const FORM = { limit: 16 * 1024, repeatable: ['resource'] };

/** RFC 9126 §2: the request as the authorization endpoint takes it, stored for its application. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  {
    POST: handleOAuth(
      'POST /oauth2/par',
      async ({ request, context }) => {
        const form = await readForm(request, FORM);
        const client = await requireAnyClient(request, form, context);
        if (!('application' in client))
          throw new OAuthError('unauthorized_client', 'An API credential has no authorization requests');
        const sent = form.pairs.filter(([, value]) => value !== '');
        const pushed = await pushRequest(context, client.application, sent);
        if ('fault' in pushed) throw new OAuthError(pushed.fault.error, pushed.fault.description);
        return { request_uri: pushed.requestUri, expires_in: pushed.expiresInSeconds };
      },
      201,
    ),
  },
  refuseOAuthMethod,
);
