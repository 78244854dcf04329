import { preflight, withCors } from '@/lib/api/oauth2/cors';
import { refuseOAuthMethod } from '@/lib/api/oauth2/error';
import { handleBearer } from '@/lib/api/oauth2/handle-bearer';
import { resource } from '@/lib/api/resource';
import { readUserinfo } from '@/lib/grant/service';
import type { RequestContext } from '@/lib/http/context';

const serve = async ({ context, token }: { context: RequestContext; token: string }) =>
  (await readUserinfo(context, token)) ?? 'invalid_token';

/** OpenID Connect Core §5.3. Scripts of browser applications may call it. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource(
  {
    GET: withCors(handleBearer('GET /userinfo', serve)),
    POST: withCors(handleBearer('POST /userinfo', serve)),
  },
  refuseOAuthMethod,
  preflight('GET, POST'),
);
