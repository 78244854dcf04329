import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { resource } from '@/lib/api/resource';
import { recoveryLinkBody, toRecoveryLinkResponse } from '@/lib/verification/contract';
import { issueRecovery } from '@/lib/verification/service';

/** Recovery by an administrator for someone who cannot sign in. Only this response contains the link. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: handleIdempotent('POST /admin/recovery/link', { body: recoveryLinkBody }, async ({ actor, body, tx }) => {
    const { identityId, ...options } = body;
    const recovery = await issueRecovery(actor, identityId, { ...options, tx });
    return { status: 200, json: toRecoveryLinkResponse(recovery), resourceId: identityId, isSecret: true };
  }),
});
