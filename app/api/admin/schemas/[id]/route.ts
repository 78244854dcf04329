import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { json } from '@/lib/http/answer';
import { AppError } from '@/lib/platform/errors';
import { addSchemaVersionBody, toSchemaVersionResponse } from '@/lib/schema/contract';
import { addSchemaVersion, findSchemaByName } from '@/lib/schema/service';

/** By the schema's ID, or its base64url form from `schema_url`. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  PUT: handle('PUT /admin/schemas/{id}', { body: addSchemaVersionBody }, async ({ actor, params, body }) => {
    const { id = '' } = params;
    const known = await findSchemaByName(actor.projectId, id);
    if (!known) throw new AppError('not_found', { reason: `Unable to find JSON Schema ID: ${id}` });
    return json(toSchemaVersionResponse(await addSchemaVersion(actor, known.schemaId, body.schema)));
  }),
});
