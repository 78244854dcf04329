import { z } from 'zod';
import { handle } from '@/lib/api/handle';
import { keysetQuery, pageByKey } from '@/lib/api/listing';
import { resource } from '@/lib/api/resource';
import { json } from '@/lib/http/answer';
import { jobFilterQuery, toJobResponse } from '@/lib/job/contract';
import { listJobs } from '@/lib/jobs/registry';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle(
    'GET /admin/jobs',
    { query: z.strictObject({ ...keysetQuery, ...jobFilterQuery }) },
    async ({ context, query, request }) => {
      const { projectId, origin } = context;
      const filter = { kinds: query.kind, states: query.state };
      const place = { base: `${origin}/admin/jobs`, request, scope: [projectId, filter] };
      const { items, headers } = await pageByKey(place, query, (before, limit) =>
        listJobs(projectId, filter, { before: before ?? undefined, limit }),
      );
      return json(items.map(toJobResponse), headers);
    },
  ),
});
