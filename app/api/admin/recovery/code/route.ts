import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { resource } from '@/lib/api/resource';
import { recoveryCodeBody, toRecoveryCodeResponse } from '@/lib/verification/contract';
import { issueRecovery } from '@/lib/verification/service';

/** Recovery by an administrator for someone who cannot sign in. Only this response contains the code. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: handleIdempotent('POST /admin/recovery/code', { body: recoveryCodeBody }, async ({ actor, body, tx }) => {
    const { identityId, ...options } = body;
    const recovery = await issueRecovery(actor, identityId, { ...options, tx });
    return { status: 201, json: toRecoveryCodeResponse(recovery), resourceId: identityId, isSecret: true };
  }),
});
