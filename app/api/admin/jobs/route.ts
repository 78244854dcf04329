import { z } from 'zod';
import { handle, requireScope } from '@/lib/api/handle';
import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { keysetQuery, pageByKey } from '@/lib/api/listing';
import { resource } from '@/lib/api/resource';
import { startJobBody, toJobPreview } from '@/lib/bulk/contract';
import type { BulkRequest } from '@/lib/bulk/model';
import { startBulkAction, surveyBulkAction } from '@/lib/bulk/service';
import { json } from '@/lib/http/answer';
import { jobFilterQuery, toJobResponse } from '@/lib/job/contract';
import { programPrincipal } from '@/lib/job/service';
import { getJob, listJobs } from '@/lib/jobs/registry';
import { getProject } from '@/lib/project/service';

/** The language of mails to people who have chosen none: a program has none. */
const LOCALE = 'en';

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

  POST: handleIdempotent(
    'POST /admin/jobs',
    { body: startJobBody },
    async ({ actor, context, body, scopes, tx, isDryRun }) => {
      const { projectId, origin } = context;
      const needed = scopeOf(body.request);
      requireScope(scopes, needed);
      const project = await getProject(projectId);
      if (isDryRun) {
        const survey = await surveyBulkAction(project, null, body.request, body.selection);
        const preview = toJobPreview(survey, { withPeople: scopes.has('identities:read') });
        return { status: 200, json: preview, resourceId: projectId };
      }
      const { id } = await startBulkAction(
        {
          ...body,
          project,
          principal: programPrincipal(actor, ['jobs:write', needed]),
          operator: null,
          affected: null,
          locale: LOCALE,
        },
        { tx },
      );
      return {
        status: 202,
        headers: { location: `${origin}/admin/jobs/${id}` },
        json: toJobResponse(await getJob(projectId, id, tx)),
        resourceId: id,
      };
    },
  ),
});

/** Besides `jobs:write`: a job may do no more than its program could do one by one. */
function scopeOf({ kind }: BulkRequest): 'sessions:write' | 'identities:write' {
  return kind === 'sign_out' ? 'sessions:write' : 'identities:write';
}
