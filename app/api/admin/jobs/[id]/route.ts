import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { json } from '@/lib/http/answer';
import { toJobResponse } from '@/lib/job/contract';
import { getJob } from '@/lib/jobs/registry';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/jobs/{id}', {}, async ({ context, params }) =>
    json(toJobResponse(await getJob(context.projectId, params.id ?? ''))),
  ),
});
