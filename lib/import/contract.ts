import { z } from 'zod';
import { jobResponse } from '@/lib/job/contract';
import { DELIMITERS, ENCODINGS, IMPORT_FORMATS, type ImportSettings, MATCHES, POLICIES } from './model';
import type { Tally } from './service/tally';

/** The wire format of imports. */
const one = <Item extends z.ZodType<unknown, string>>(item: Item) => z.array(item).max(1).optional();

const NAMED_DELIMITERS = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const;
type DelimiterName = keyof typeof NAMED_DELIMITERS;
const DELIMITER_NAMES = ['comma', 'semicolon', 'tab', 'pipe'] as const satisfies DelimiterName[];

/** POST /admin/imports. What is absent is recognized. */
export const importQuery = {
  format: one(z.enum(IMPORT_FORMATS)),
  encoding: one(z.enum(ENCODINGS)),
  delimiter: one(z.enum(DELIMITER_NAMES)),
  schema_id: one(z.string().max(300)),
  match: one(z.enum(MATCHES)),
  policy: one(z.enum(POLICIES)),
  /** `column=/pointer`; without a pointer the column is ignored. */
  map: z
    .array(
      z
        .string()
        .max(800)
        .regex(/^[\s\S]+=(\/[^=]*)?$/, 'must be column=/pointer'),
    )
    .max(500)
    .optional(),
  file_name: one(z.string().max(300)),
};
type ImportQuery = z.output<z.ZodObject<typeof importQuery>>;

export function toChosen({ format, encoding, delimiter, match, policy, map = [] }: ImportQuery) {
  const [delimiterName] = delimiter ?? [];
  return {
    ...(format?.[0] && { format: format[0] }),
    ...(encoding?.[0] && { encoding: encoding[0] }),
    ...(delimiterName && { delimiter: NAMED_DELIMITERS[delimiterName] }),
    ...(match?.[0] && { match: match[0] }),
    ...(policy?.[0] && { policy: policy[0] }),
    mapping: toMapping(map),
  };
}

/** From `column=/pointer` pairs. The pointer is what follows the last equals sign. */
function toMapping(pairs: readonly string[]): ImportSettings['mapping'] {
  return Object.fromEntries(
    pairs.map((pair): [string, string | null] => {
      const at = pair.lastIndexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1) || null];
    }),
  );
}

const settingsResponse = z.object({
  format: z.enum(IMPORT_FORMATS),
  encoding: z.enum(ENCODINGS),
  delimiter: z.enum(DELIMITER_NAMES).optional().meta({ description: 'For CSV only.' }),
  schema_id: z.string(),
  match: z.enum(MATCHES),
  policy: z.enum(POLICIES),
  mapping: z
    .record(z.string(), z.string().nullable())
    .meta({ description: 'Where each column goes, as a JSON Pointer in the identity; null: ignored.' }),
});

export function toSettingsResponse(settings: ImportSettings): z.output<typeof settingsResponse> {
  const { format, encoding, delimiter, schemaId, match, policy, mapping } = settings;
  const name = DELIMITER_NAMES[DELIMITERS.indexOf(delimiter)];
  return {
    format,
    encoding,
    ...(format === 'csv' && name && { delimiter: name }),
    schema_id: schemaId,
    match,
    policy,
    mapping,
  };
}

/** The job of an import, with how its file is read. */
export const importResponse = jobResponse.extend({ settings: settingsResponse }).meta({ id: 'Import' });

const fieldChange = z.object({ before: z.unknown(), after: z.unknown() });

/** What an import would do. */
export const importCheckResponse = z
  .object({
    dry_run: z.literal(true),
    settings: settingsResponse,
    create: z.int().meta({ description: 'Rows that create an identity.' }),
    change: z.int().meta({ description: 'Rows that change one.' }),
    same: z.int().meta({ description: 'Rows that change nothing.' }),
    left_out: z.record(z.string(), z.int()),
    errors: z.int().meta({ description: 'Rows that are refused.' }),
    passwords_not_imported: z.int(),
    fields: z.record(z.string(), z.int()).meta({ description: 'How often each field changes, by JSON Pointer.' }),
    changes: z
      .array(z.object({ row: z.int(), id: z.uuid(), changes: z.record(z.string(), fieldChange) }))
      .meta({ description: 'The first 100 rows that change an identity, with each field.' }),
    first_errors: z
      .array(z.object({ row: z.int(), code: z.string(), reason: z.string() }))
      .meta({ description: 'The first 100 refused rows.' }),
  })
  .meta({ id: 'ImportPreview' });

export function toCheckResponse(
  settings: ImportSettings,
  { created, changed, same, failed, passwords, leftOut, findings }: Omit<Tally, 'position'>,
): z.output<typeof importCheckResponse> {
  const counts = Object.entries(leftOut.counts).map(([reason, count]) => [reason, count ?? 0]);
  return {
    dry_run: true,
    settings: toSettingsResponse(settings),
    create: created,
    change: changed,
    same,
    left_out: Object.fromEntries(counts),
    errors: failed,
    passwords_not_imported: passwords,
    fields: findings.fields,
    changes: findings.changed.map(({ row, id, changes }) => ({ row, id, changes })),
    first_errors: findings.failed,
  };
}
