import { z } from 'zod';
import { IDENTITY_STATES } from '@/lib/identity/model';
import type { Json } from '@/lib/platform/json';
import { type BulkRequest, MAX_SELECTED, type Matching, type Selection, type Survey } from './model';
import { isBulkPointer } from './model/change';

/** Of a value that is set on many, as JSON text. */
const MAX_VALUE_LENGTH = 16_384;

const pointer = z
  .string()
  .refine(isBulkPointer, 'must be a JSON Pointer below /traits, /metadata_public or /metadata_admin')
  .meta({ description: 'JSON Pointer of the field, such as `/traits/plan` or `/metadata_public/tier`.' });
const value = z
  .unknown()
  .refine((given) => given !== undefined, 'is required')
  .refine((given) => JSON.stringify(given ?? null).length <= MAX_VALUE_LENGTH, `at most ${MAX_VALUE_LENGTH} characters`)
  .transform((given) => given as Json)
  .meta({ description: 'Any JSON value; required.' });
const schemaId = z.string().min(1).max(300);

/** As `BulkRequest`. */
export const bulkRequest: z.ZodType<BulkRequest> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['activate', 'deactivate', 'sign_out', 'invite', 'delete']) }),
  z.strictObject({ kind: z.literal('set_field'), pointer, value }),
  z.strictObject({ kind: z.literal('remove_field'), pointer }),
  z.strictObject({ kind: z.literal('move_schema'), schemaId }),
]);

const selected = {
  ids: z.array(z.uuid()).min(1).max(MAX_SELECTED).optional().meta({ description: 'Instead of `filter`.' }),
  filter: z
    .strictObject({
      q: z
        .string()
        .max(300)
        .optional()
        .meta({ description: 'Words; each must occur in identifiers, traits or external ID.' }),
      state: z.enum(IDENTITY_STATES).optional(),
      schema_id: z.string().max(300).optional(),
      passkeys: z.enum(['none', 'one_device']).optional(),
    })
    .optional()
    .meta({ description: 'All identities that match when the job starts; `{}`: all of the project.' }),
};

/** The body of POST /admin/jobs. */
export const startJobBody = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.enum(['activate', 'deactivate', 'sign_out', 'delete']), ...selected }),
    z.strictObject({ action: z.literal('set_field'), pointer, value, ...selected }),
    z.strictObject({ action: z.literal('remove_field'), pointer, ...selected }),
    z.strictObject({ action: z.literal('move_schema'), schema_id: schemaId, ...selected }),
  ])
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), 'must have either ids or filter')
  .transform((body): { request: BulkRequest; selection: Selection } => ({
    request: toRequest(body),
    selection: body.ids ? { ids: body.ids } : { matching: toMatching(body.filter ?? {}) },
  }));

type Action =
  | { action: 'activate' | 'deactivate' | 'sign_out' | 'delete' }
  | { action: 'set_field'; pointer: string; value: Json }
  | { action: 'remove_field'; pointer: string }
  | { action: 'move_schema'; schema_id: string };

function toRequest(body: Action): BulkRequest {
  switch (body.action) {
    case 'set_field':
      return { kind: body.action, pointer: body.pointer, value: body.value };
    case 'remove_field':
      return { kind: body.action, pointer: body.pointer };
    case 'move_schema':
      return { kind: body.action, schemaId: body.schema_id };
    default:
      return { kind: body.action };
  }
}

function toMatching({ q, state, schema_id: schema, passkeys }: NonNullable<z.input<typeof selected.filter>>): Matching {
  return { words: q ?? '', state: state ?? null, schemaId: schema ?? null, passkeys: passkeys ?? null };
}

/** What a job would do now. */
export const jobPreviewResponse = z
  .object({
    dry_run: z.literal(true),
    matched: z.int().meta({ description: 'Identities that the selection matches.' }),
    affected: z.int().meta({ description: 'Identities that would change.' }),
    unchanged: z.int(),
    left_out: z.record(z.string(), z.int()).meta({ description: 'Identities that would be left out, by reason.' }),
    ends: z.object({ sessions: z.int(), passkeys: z.int() }),
    faults: z
      .array(z.object({ fault: z.string(), count: z.int() }))
      .meta({ description: 'Why identities would become invalid, most frequent first.' }),
    invalid: z.array(z.object({ id: z.uuid(), fault: z.string() })).meta({ description: 'The first 10 of them.' }),
    samples: z
      .array(
        z.object({
          id: z.uuid(),
          changes: z.array(z.object({ pointer: z.string(), before: z.unknown(), after: z.unknown() })),
        }),
      )
      .meta({ description: 'What changes for the first 10 identities; empty without `identities:read`.' }),
  })
  .meta({ id: 'JobPreview' });

/** `withPeople`: the token may read identities. */
export function toJobPreview(
  survey: Survey,
  { withPeople }: { withPeople: boolean },
): z.output<typeof jobPreviewResponse> {
  const { matched, affected, unchanged, leftOut, sessions, passkeys, faults, invalid, samples } = survey;
  return {
    dry_run: true,
    ...{ matched, affected, unchanged },
    left_out: Object.fromEntries(Object.entries(leftOut).map(([reason, count]) => [reason, count ?? 0])),
    ends: { sessions, passkeys },
    faults: withPeople ? faults : [],
    invalid: withPeople ? invalid.map(({ id, fault }) => ({ id, fault })) : [],
    samples: withPeople
      ? samples.map(({ id, changes }) => ({
          id,
          changes: Object.entries(changes).map(([pointer, change]) => ({ pointer, ...change })),
        }))
      : [],
  };
}
