import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { resource } from '@/lib/api/resource';
import { toJobResponse } from '@/lib/job/contract';
import { stopJob } from '@/lib/jobs/registry';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: handleIdempotent('POST /admin/jobs/{id}/stop', {}, async ({ context, params, tx }) => {
    const job = await stopJob(context.projectId, params.id ?? '', tx);
    return { status: 200, json: toJobResponse(job), resourceId: job.id };
  }),
});
