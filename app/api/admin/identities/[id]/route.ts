import { z } from 'zod';
import { handle } from '@/lib/api/handle';
import { flagQuery } from '@/lib/api/listing';
import { resource } from '@/lib/api/resource';
import { empty } from '@/lib/http/answer';
import { identityPatchBody, replaceIdentityBody } from '@/lib/identity/contract';
import { changeIdentity, deleteIdentity, getStored, patchIdentity } from '@/lib/identity/service';
import { deletedAnswer } from '../deleted-answer';
import { changedAnswer, includeQuery, readAnswer, wantsPasskeys } from '../identity-response';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/identities/{id}', { query: includeQuery.extend({ deleted: flagQuery }) }, async (input) => {
    const { context, params, query, request } = input;
    if (query.deleted) return deletedAnswer(context, params.id ?? '');
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

  DELETE: handle(
    'DELETE /admin/identities/{id}',
    { query: z.object({ purge: flagQuery }) },
    async ({ actor, params, query, preconditions }) => {
      await deleteIdentity(actor, params.id ?? '', { purge: query.purge, ...preconditions });
      return empty(204);
    },
  ),
});
