import { handle } from '@/lib/api/handle';
import { resource } from '@/lib/api/resource';
import { empty, json } from '@/lib/http/answer';
import { addSchemaVersionBody, toSchemaVersionResponse } from '@/lib/schema/contract';
import { addSchemaVersion } from '@/lib/schema/service';
import { deleteSchema } from '@/lib/schema-change/service';
import { getSchemaByName } from './known-schema';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  PUT: handle('PUT /admin/schemas/{id}', { body: addSchemaVersionBody }, async ({ actor, params, body }) => {
    const { schemaId } = await getSchemaByName(actor.projectId, params.id);
    return json(toSchemaVersionResponse(await addSchemaVersion(actor, schemaId, body.schema)));
  }),
  DELETE: handle('DELETE /admin/schemas/{id}', {}, async ({ actor, params }) => {
    const { schemaId } = await getSchemaByName(actor.projectId, params.id);
    await deleteSchema(actor, schemaId);
    return empty(204);
  }),
});
