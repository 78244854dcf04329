import { z } from 'zod';
import type { Json, JsonObject } from '@/lib/platform/json';
import { schemaDocument } from '@/lib/schema/contract';
import { CONVERSIONS } from './model/convert';
import { isTraitPointer, MAX_REPAIRS, type Repair, WHERE } from './model/repair';

const pointer = z
  .string()
  .max(1000)
  .refine(isTraitPointer, 'must be a JSON Pointer below /traits')
  .meta({ description: 'JSON Pointer of a trait, such as `/traits/name/first`; `*` stands for each item of a list.' });
/** A place where a value is put: never each item of a list. */
const target = pointer.refine((text) => !text.split('/').includes('*'), 'must not contain *');
/** Where a schema refuses traits: also as a whole (`/traits`). */
const place = z
  .string()
  .max(1000)
  .regex(/^(\/([^~/]|~[01])*)*$/, 'must be a JSON Pointer');
const keyword = z.string().max(100).optional();
const json = z.unknown().transform((value) => value as Json);

/** A repair of the traits, applied before they are held against the schema. */
export const repairBody = z
  .discriminatedUnion('op', [
    z.strictObject({ op: z.literal('default'), pointer: target, value: json }),
    z.strictObject({ op: z.literal('move'), from: target, pointer: target }),
    z.strictObject({ op: z.literal('replace'), pointer, value: json, keyword }),
    z
      .strictObject({ op: z.literal('remove'), pointer, keyword, where: z.enum(WHERE).optional() })
      .refine(({ where, keyword: rule }) => where !== 'everywhere' || rule === undefined, {
        path: ['keyword'],
        message: 'must not be combined with where: everywhere',
      }),
    z.strictObject({
      op: z.literal('convert'),
      pointer,
      to: z.enum(CONVERSIONS),
      separator: z.string().max(20).optional(),
    }),
    z.strictObject({ op: z.literal('leave'), pointer: place, keyword }),
  ])
  .meta({
    id: 'SchemaRepair',
    description:
      'A change of the traits of identities that move to another schema version, applied in order. `default` sets a value where there is none, `replace` sets it where the schema refuses what is there, or requires what is missing. `move` renames or moves a trait. `remove` removes it where the schema refuses it, or with `where: everywhere` from every identity. `convert` changes its type: `number`, `integer`, `boolean`, `date` (from text), `text` (from a number or a boolean), `list` (from a value), `first` and `joined` (from a list). `leave` leaves identities on their version that the schema refuses at this place. `keyword` limits `replace`, `remove` and `leave` to one rule of the schema; `repair` stands for values that an earlier repair could not change.',
  });

const repairs = z
  .array(repairBody)
  .max(MAX_REPAIRS)
  .default([])
  .transform((list): Repair[] => list);
const documentInput = schemaDocument.transform((document) => document as JsonObject);

/** POST /admin/schemas/{id}/impact */
export const impactBody = z.strictObject({ schema: documentInput, repairs });

/** POST /admin/schemas/{id}/publish */
export const publishBody = z
  .strictObject({
    schema: documentInput,
    repairs,
    impact_job: z.uuid().optional().meta({
      description:
        'The finished impact job of the same schema and repairs. With it, the call is refused with 409 if the schema has a newer version since.',
    }),
  })
  .transform(({ impact_job: impactJobId, ...rest }) => ({ ...rest, impactJobId }));
