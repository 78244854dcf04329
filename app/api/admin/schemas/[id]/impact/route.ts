import { requireScope } from '@/lib/api/handle';
import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { resource } from '@/lib/api/resource';
import { toJobResponse } from '@/lib/job/contract';
import { programPrincipal } from '@/lib/job/service';
import { impactBody } from '@/lib/schema-change/contract';
import { startImpact } from '@/lib/schema-change/service';
import { getSchemaByName } from '../known-schema';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: handleIdempotent(
    'POST /admin/schemas/{id}/impact',
    { body: impactBody },
    async ({ actor, scopes, context, params, body, tx }) => {
      // A draft could probe traits value by value.
      requireScope(scopes, 'identities:read');
      const { schemaId } = await getSchemaByName(actor.projectId, params.id);
      const { schema: document, repairs } = body;
      const principal = programPrincipal(actor, ['schemas:write', 'identities:read']);
      const job = await startImpact(principal, actor.projectId, { schemaId, document, repairs }, { tx });
      return {
        status: 202,
        headers: { location: `${context.origin}/admin/jobs/${job.id}` },
        json: toJobResponse(job),
        resourceId: job.id,
      };
    },
  ),
});
