import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { empty } from '@/lib/http/answer';
import { identityPatchBody, replaceIdentityBody } from '@/lib/identity/contract';
import { changeIdentity, deleteIdentity, getStored, patchIdentity } from '@/lib/identity/service';
import { changedAnswer, includeQuery, readAnswer, wantsPasskeys } from '../identity-response';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/identities/{id}', { query: includeQuery }, async (input) => {
    const { context, params, query, request } = input;
    const withConfig = wantsPasskeys(query, input);
    return readAnswer(await getStored(context.projectId, params.id ?? ''), context, withConfig, request);
  }),

  PUT: handle(
    'PUT /admin/identities/{id}',
    { body: replaceIdentityBody },
    async ({ actor, params, body, preconditions, ...input }) =>
      changedAnswer(await changeIdentity(actor, params.id ?? '', () => body, preconditions), input),
  ),

  PATCH: handle(
    'PATCH /admin/identities/{id}',
    { body: identityPatchBody, mediaTypes: ['application/json', 'application/json-patch+json'] },
    async ({ actor, params, body, preconditions, ...input }) =>
      changedAnswer(await patchIdentity(actor, params.id ?? '', body, preconditions), input),
  ),

  DELETE: handle('DELETE /admin/identities/{id}', {}, async ({ actor, params, preconditions }) => {
    await deleteIdentity(actor, params.id ?? '', preconditions);
    return empty(204);
  }),
});
