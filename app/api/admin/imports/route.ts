import { z } from 'zod';
import { handleUpload } from '@/lib/api/handle-upload';
import { resource } from '@/lib/api/resource';
import { json } from '@/lib/http/answer';
import { parseIdempotencyKey } from '@/lib/idempotency/model';
import { importQuery, toCheckResponse, toChosen, toSettingsResponse } from '@/lib/import/contract';
import type { ImportOwner } from '@/lib/import/model';
import {
  checkNow,
  discardImport,
  receiveOnce,
  receiveUpload,
  refuseTargets,
  startImport,
  toJobView,
} from '@/lib/import/service';
import { toJobResponse } from '@/lib/job/contract';
import { programPrincipal } from '@/lib/job/service';
import { getProject } from '@/lib/project/service';

/** By content, whatever the type says; `text/plain` is what many programs call CSV and JSON Lines. */
const MEDIA_TYPES = [
  ...['application/jsonl', 'application/x-ndjson', 'application/json', 'text/csv', 'text/tab-separated-values'],
  ...['text/plain', 'application/octet-stream'],
] as const;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: handleUpload(
    'POST /admin/imports',
    { query: z.strictObject(importQuery), upload: MEDIA_TYPES },
    async ({ actor, context, query, request, body, isDryRun }) => {
      const { projectId, origin } = context;
      const chosen = toChosen(query);
      refuseTargets(chosen.mapping);
      const owner: ImportOwner = { kind: 'api_credential', id: actor.id };
      const [name = ''] = query.file_name ?? [];
      const upload = { projectId, owner, name, body, schemaId: query.schema_id?.[0], chosen };
      if (isDryRun) {
        const one = await receiveUpload(upload);
        try {
          return json(toCheckResponse(one.settings, await checkNow(one, actor, await getProject(projectId))));
        } finally {
          await discardImport(one);
        }
      }
      const header = request.headers.get('idempotency-key');
      const { one, isReplayed } =
        header === null
          ? { one: await receiveUpload(upload), isReplayed: false }
          : await receiveOnce({ ...upload, key: parseIdempotencyKey(header), request: JSON.stringify(query) });
      const started =
        one.phase === 'ready' ? await startImport(one, programPrincipal(actor, ['identities:write'])) : one;
      return {
        ...json(
          { ...toJobResponse(toJobView(started)), settings: toSettingsResponse(started.settings) },
          {
            location: `${origin}/admin/jobs/${one.id}`,
            ...(isReplayed && { 'idempotency-replayed': 'true' }),
          },
        ),
        status: 202,
      };
    },
  ),
});
