import { handle } from '@/lib/http/handle';
import { resource } from '@/lib/http/resource';
import { recoveryLinkBody, toRecoveryLinkResponse } from '@/lib/verification/contract';
import { issueRecovery } from '@/lib/verification/service';

/** A way in for somebody who has lost every other. The link is in this answer and nowhere else. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: handle('POST /admin/recovery/link', { body: recoveryLinkBody }, async ({ actor, body }) => {
    const { identityId, ...options } = body;
    return Response.json(toRecoveryLinkResponse(await issueRecovery(actor, identityId, options)));
  }),
});
