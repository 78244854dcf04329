import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { resource } from '@/lib/api/resource';
import { toIdentityResponse } from '@/lib/identity/contract';
import { toEtag } from '@/lib/identity/model/precondition';
import { AppError, isAppError } from '@/lib/platform/errors';
import { undoEvent } from '@/lib/undo/service';
import { shownTo } from '../../../../identity-response';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: handleIdempotent(
    'POST /admin/identities/{id}/history/{event}/undo',
    {},
    async ({ actor, context, params, preconditions, scopes, tx }) => {
      try {
        const identity = await undoEvent(actor, params.id ?? '', params.event ?? '', { ...preconditions, tx });
        return {
          status: 200,
          headers: { etag: toEtag(identity) },
          json: toIdentityResponse(shownTo(scopes, identity), context.origin),
          resourceId: identity.id,
        };
      } catch (error) {
        throw scopes.has('identities:read') ? error : withoutValues(error);
      }
    },
  ),
});

/** Write does not imply read: the values of the fields are left out. */
function withoutValues(error: unknown): unknown {
  if (!isAppError(error)) return error;
  const { undoConflicts = [], undoObstacle } = error.details;
  return new AppError(error.code, {
    ...(undoObstacle && { undoObstacle }),
    ...(undoConflicts.length > 0 && {
      undoConflicts: undoConflicts.map((field) => ({ ...field, before: null, after: null, now: null })),
    }),
    cause: error,
  });
}
