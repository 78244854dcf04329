import { z } from 'zod';
import { handle } from '@/lib/api/handle';
import { handleIdempotent } from '@/lib/api/handle-idempotent';
import { keysetQuery, pageByKey } from '@/lib/api/listing';
import { resource } from '@/lib/api/resource';
import { createApplicationBody, inApiNames, toApplicationResponse } from '@/lib/application/contract';
import { toEtag } from '@/lib/application/model';
import {
  createApplication,
  listAllowedGroups,
  listAllowedGroupsOf,
  listApplications,
  listSecrets,
} from '@/lib/application/service';
import { json } from '@/lib/http/answer';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle(
    'GET /admin/applications',
    { query: z.strictObject(keysetQuery) },
    async ({ context, query, request }) => {
      const { projectId, origin } = context;
      const place = { base: `${origin}/admin/applications`, request, scope: [projectId] };
      const { items, headers } = await pageByKey(place, query, (before, limit) =>
        listApplications(projectId, { before: before ?? undefined, limit }),
      );
      const groups = await listAllowedGroupsOf(
        projectId,
        items.map(({ id }) => id),
      );
      return json(
        items.map((application) =>
          toApplicationResponse(application, { groups: groups.get(application.id) ?? [], origin }),
        ),
        headers,
      );
    },
  ),

  POST: handleIdempotent(
    'POST /admin/applications',
    { body: createApplicationBody },
    async ({ actor, context: { origin }, body, tx }) => {
      const { application, clientSecret } = await createApplication(actor, body, { tx }).catch(inApiNames);
      const [groups, secrets] = [
        await listAllowedGroups(application, tx),
        await listSecrets(application, new Date(), tx),
      ];
      return {
        status: 201,
        headers: { location: `${origin}/admin/applications/${application.clientId}`, etag: toEtag(application) },
        json: {
          ...toApplicationResponse(application, { groups, secrets, origin }),
          ...(clientSecret !== null && { client_secret: clientSecret }),
        },
        resourceId: application.clientId,
        isSecret: clientSecret !== null,
      };
    },
  ),
});
