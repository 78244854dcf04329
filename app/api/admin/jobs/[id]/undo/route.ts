import { requireScope } from '@/lib/api/handle';
import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { resource } from '@/lib/api/resource';
import { toJobResponse } from '@/lib/job/contract';
import { programPrincipal } from '@/lib/job/service';
import { undoJob } from '@/lib/jobs/registry';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: handleIdempotent('POST /admin/jobs/{id}/undo', {}, async ({ actor, context, params, scopes, tx }) => {
    requireScope(scopes, 'identities:write');
    const principal = programPrincipal(actor, ['jobs:write', 'identities:write']);
    const job = await undoJob(principal, context.projectId, params.id ?? '', tx);
    return {
      status: 202,
      headers: { location: `${context.origin}/admin/jobs/${job.id}` },
      json: toJobResponse(job),
      resourceId: job.id,
    };
  }),
});
