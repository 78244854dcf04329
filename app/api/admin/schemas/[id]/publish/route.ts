import { requireScope } from '@/lib/api/handle';
import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { resource } from '@/lib/api/resource';
import { toJobResponse } from '@/lib/job/contract';
import { programPrincipal } from '@/lib/job/service';
import { publishBody } from '@/lib/schema-change/contract';
import { publishSchema } from '@/lib/schema-change/service';
import { getSchemaByName } from '../known-schema';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: handleIdempotent(
    'POST /admin/schemas/{id}/publish',
    { body: publishBody },
    async ({ actor, scopes, context, params, body, tx }) => {
      // Repairs change the traits of everyone.
      requireScope(scopes, 'identities:write');
      const { schemaId } = await getSchemaByName(actor.projectId, params.id);
      const { schema: document, repairs, impactJobId } = body;
      const principal = programPrincipal(actor, ['schemas:write', 'identities:write']);
      const draft = { schemaId, document, repairs, impactJobId };
      const job = await publishSchema(principal, actor.projectId, draft, { tx });
      return {
        status: 202,
        headers: { location: `${context.origin}/admin/jobs/${job.id}` },
        json: toJobResponse(job),
        resourceId: job.id,
      };
    },
  ),
});
