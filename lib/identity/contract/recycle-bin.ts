import { z } from 'zod';
import { ACTOR_KINDS } from '@/lib/audit/model';
import { AppError } from '@/lib/platform/errors';
import type { Json } from '@/lib/platform/json';
import { type identityFilterQuery, identityResponse, toIdentityFilter, toIdentityResponse } from '../contract';
import type { DeletedFilter, DeletedIdentity } from '../model/deleted';

/** The wire format of the recycle bin. */
export const restoreBody = z
  .strictObject({
    changes: z
      .record(
        z.string().max(1000),
        z.unknown().transform((value) => (value ?? null) as Json),
      )
      .optional()
      .meta({
        description:
          'What to restore differently, by JSON Pointer: a trait, `/external_id`, `/schema_id` or another field; null removes a trait. `/credentials/passkey/<id>: null` leaves out a passkey, `/credentials/passkey: null` all of them.',
      }),
  })
  .transform(({ changes }) => ({ changes }));

const deletion = {
  deleted_at: z.iso.datetime().meta({ description: 'Only with `deleted=true`.' }),
  purge_at: z.iso.datetime().meta({ description: 'When it is deleted permanently. Only with `deleted=true`.' }),
  deleted_by: z
    .object({ type: z.enum(ACTOR_KINDS), id: z.string().nullable() })
    .meta({ description: 'Only with `deleted=true`.' }),
  passkey_count: z
    .int()
    .nonnegative()
    .meta({ description: 'Passkeys that a restored identity has again. Only with `deleted=true`.' }),
};

/** The members that an identity in the recycle bin adds to `identityResponse`, each optional. */
export const deletionMembers = z.object(deletion).partial().shape;
const deletedResponse = identityResponse.extend(deletion);

/** `origin`: the project's primary origin. */
export function toDeletedResponse(deleted: DeletedIdentity, origin: string): z.output<typeof deletedResponse> {
  return {
    ...toIdentityResponse(deleted.identity, origin),
    deleted_at: deleted.deletedAt.toISOString(),
    purge_at: deleted.purgeAt.toISOString(),
    deleted_by: { type: deleted.deletedBy.kind, id: deleted.deletedBy.id },
    passkey_count: deleted.passkeyCount,
  };
}

/** Refuses: `invalid_input` for filters that the recycle bin does not have. */
export function toDeletedFilter(query: z.output<z.ZodObject<typeof identityFilterQuery>>): DeletedFilter {
  const others = ['credentials_identifier', 'state', 'schema_id', 'preview_credentials_identifier_similar'] as const;
  const unknown = others.find((name) => query[name] !== undefined);
  if (unknown) throw new AppError('invalid_input', { reason: `${unknown} cannot be combined with deleted=true` });
  const { ids, words } = toIdentityFilter(query);
  return { ids, words };
}
