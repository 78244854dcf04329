import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { getStoredByExternalId } from '@/lib/identity/service';
import { includeQuery, readAnswer, wantsPasskeys } from '../../../identity-response';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/identities/by/external/{externalId}', { query: includeQuery }, async (input) => {
    const { context, params, query, request } = input;
    const withConfig = wantsPasskeys(query, input);
    const identity = await getStoredByExternalId(context.projectId, params.externalId ?? '');
    return readAnswer(identity, context, withConfig, request);
  }),
});
