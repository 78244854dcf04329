import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { resource } from '@/lib/api/resource';
import { toIdentityResponse, withoutPersonalData } from '@/lib/identity/contract';
import { restoreBody } from '@/lib/identity/contract/recycle-bin';
import { toEtag } from '@/lib/identity/model/precondition';
import { restoreIdentity } from '@/lib/identity/service';
import { withReadableObstacles } from '../../deleted-answer';

/** Restores an identity from the recycle bin. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: handleIdempotent(
    'POST /admin/identities/{id}/restore',
    { body: restoreBody, mayBeEmpty: true },
    async ({ actor, context, params, body, preconditions, scopes, tx }) => {
      const identity = await withReadableObstacles({ scopes }, () =>
        restoreIdentity(actor, params.id ?? '', { ...body, ...preconditions, tx }),
      );
      const shown = scopes.has('identities:read') ? identity : withoutPersonalData(identity);
      return {
        status: 200,
        headers: { etag: toEtag(identity) },
        json: toIdentityResponse(shown, context.origin),
        resourceId: identity.id,
      };
    },
  ),
});
