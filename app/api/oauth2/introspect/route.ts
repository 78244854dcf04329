import { readForm } from '@/lib/api/form';
import { requireAnyClient } from '@/lib/api/oauth2/client-authentication';
import { refuseOAuthMethod } from '@/lib/api/oauth2/error';
import { handleOAuth } from '@/lib/api/oauth2/handle';
import { requireToken, TOKEN_FORM } from '@/lib/api/oauth2/token-parameter';
import { resource } from '@/lib/api/resource';
import { allowedAudiences } from '@/lib/api-credential/model';
import { introspectPersonToken } from '@/lib/grant/service';
import { toIntrospectionResponse } from '@/lib/token/contract';
import { introspectToken } from '@/lib/token/service';

/**
 * RFC 7662 §2. A client can introspect its own tokens; an API credential, as a resource server, also those of people that
 * were issued for one of its audiences.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  {
    POST: handleOAuth('POST /oauth2/introspect', async ({ request, context }) => {
      const form = await readForm(request, TOKEN_FORM);
      const token = requireToken(form);
      const client = await requireAnyClient(request, form, context);
      if ('application' in client) {
        const { clientId } = client.application;
        return toIntrospectionResponse(
          await introspectPersonToken(context, token, (claims) => claims.client_id === clientId),
        );
      }
      const { credential } = client;
      const audiences = allowedAudiences(credential, context.origin);
      const isForIt = ({ aud }: { aud: string[] }) => aud.some((audience) => audiences.includes(audience));
      const claims = await introspectToken(context, credential, token);
      return toIntrospectionResponse(claims ?? (await introspectPersonToken(context, token, isForIt)));
    }),
  },
  refuseOAuthMethod,
);
