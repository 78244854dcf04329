import { handle } from '@/lib/http/handle';
import { resource } from '@/lib/http/resource';
import { getIdentityByExternalId } from '@/lib/identity/service';
import { includeQuery, readAnswer } from '../../../answer';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle(
    'GET /admin/identities/by/external/{externalId}',
    { query: includeQuery },
    async ({ context, params, query, request }) =>
      readAnswer(await getIdentityByExternalId(context.projectId, params.externalId ?? ''), context, query, request),
  ),
});
