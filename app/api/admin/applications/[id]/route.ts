import { isNotModified } from '@/lib/api/etag';
import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { inApiNames, replaceApplicationBody, toApplicationResponse } from '@/lib/application/contract';
import { type Application, toEtag } from '@/lib/application/model';
import {
  deleteApplication,
  getApplication,
  listAllowedGroups,
  listSecrets,
  replaceApplication,
} from '@/lib/application/service';
import { endOfApplication } from '@/lib/application-session/service';
import { type Answer, empty, json } from '@/lib/http/answer';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: handle('GET /admin/applications/{id}', {}, async ({ context, params, request }) => {
    const application = await getApplication(context.projectId, params.id ?? '');
    const etag = toEtag(application);
    return isNotModified(request, etag) ? empty(304, { etag }) : answer(application, context.origin);
  }),

  PUT: handle(
    'PUT /admin/applications/{id}',
    { body: replaceApplicationBody },
    async ({ actor, context, params, body, preconditions }) =>
      answer(
        await replaceApplication(actor, params.id ?? '', body, endOfApplication, preconditions).catch(inApiNames),
        context.origin,
      ),
  ),

  DELETE: handle('DELETE /admin/applications/{id}', {}, async ({ actor, params, preconditions }) => {
    await deleteApplication(actor, params.id ?? '', endOfApplication, preconditions);
    return empty(204);
  }),
});

async function answer(application: Application, origin: string): Promise<Answer> {
  const [groups, secrets] = [await listAllowedGroups(application), await listSecrets(application, new Date())];
  return json(toApplicationResponse(application, { groups, secrets, origin }), { etag: toEtag(application) });
}
