import { handle } from '@/lib/http/handle';
import { resource } from '@/lib/http/resource';
import { recoveryCodeBody, toRecoveryCodeResponse } from '@/lib/verification/contract';
import { issueRecovery } from '@/lib/verification/service';

/** A way in for somebody who has lost every other. The code is in this answer and nowhere else. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: handle('POST /admin/recovery/code', { body: recoveryCodeBody }, async ({ actor, body }) => {
    const { identityId, ...options } = body;
    return Response.json(toRecoveryCodeResponse(await issueRecovery(actor, identityId, options)), { status: 201 });
  }),
});
