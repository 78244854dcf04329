import { z } from 'zod';
import { toCredentialsBlock, transferredCredentials } from '@/lib/credential/contract';
import type { IdentityWithPasskeys, TransferredPerson } from '@/lib/credential/service';
import { toIdentityResponse, transferredIdentity } from '@/lib/identity/contract';
import type { Identity } from '@/lib/identity/model';
import { AppError, isAppError } from '@/lib/platform/errors';
import { checkInput } from '@/lib/platform/input';
import { getAt, type Json, setAt } from '@/lib/platform/json';
import { parseJson } from '@/lib/platform/strict-json';
import type { SchemaField } from '@/lib/schema/model';
import { toCell } from './model/cell';

/**
 * An exported identity, in the admin API's format. Omits what belongs to this installation, such as the schema URL and the
 * IDs of addresses, so that the export of an import equals the file.
 */
export function toTransferLine({ identity, passkeys }: IdentityWithPasskeys, hasPasskeys: boolean): string {
  const { schema_url: _here, organization_id: _none, ...whole } = toIdentityResponse(identity, 'http://localhost');
  const line = {
    ...whole,
    verifiable_addresses: whole.verifiable_addresses.map(({ id: _id, ...address }) => address),
    recovery_addresses: whole.recovery_addresses.map(({ id: _id, ...address }) => address),
  };
  if (!hasPasskeys || passkeys.length === 0) return JSON.stringify(line);
  return JSON.stringify({ ...line, credentials: toCredentialsBlock(passkeys, identity.userHandle) });
}

/** Parses an imported line, or returns its refusal. */
export function toPerson(text: string): TransferredPerson | AppError {
  try {
    return toPersonFrom(parseJson(text));
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
}

/** As `toPerson`, of a parsed line. */
export function toPersonFrom(value: unknown): TransferredPerson | AppError {
  try {
    const { credentials, ...identity } = checked(transferredIdentity, value, '');
    const { passkey } = checked(transferredCredentials, credentials, '/credentials');
    if (!passkey?.config) return { identity, passkeys: [] };
    const { user_handle: userHandle, credentials: passkeys } = passkey.config;
    return { identity: { ...identity, userHandle }, passkeys };
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
}

function checked<Schema extends Parameters<typeof checkInput>[0]>(schema: Schema, value: unknown, at: string) {
  const outcome = checkInput(schema, value);
  if (outcome.ok) return outcome.data;
  const [{ pointer, message }] = outcome.violations;
  throw new AppError('invalid_input', { reason: `${at}${pointer}: ${message}` });
}

/** Members of an identity before and after its traits, as columns of CSV. Their names are JSON Pointers without a slash. */
const [FIRST, LAST] = [
  ['id', 'schema_id', 'state', 'external_id'],
  ['traits', 'verified', 'metadata_public', 'metadata_admin', 'created_at', 'updated_at', 'state_changed_at'],
];

/** `traits` holds, as JSON, what no column of its own holds. */
export function toCsvColumns(pointers: string[]): string[] {
  return [...FIRST, ...pointers.map((pointer) => pointer.slice(1)), ...LAST];
}

type CsvShape = { columns: string[]; fields: ReadonlyMap<string, SchemaField>; isForSpreadsheet: boolean };

export function toCsvCells(identity: Identity, { columns, fields, isForSpreadsheet }: CsvShape): string[] {
  let rest = identity.traits;
  const values = new Map<string, string | number>();
  for (const [pointer, { path, type, isList }] of fields) {
    const value = getAt(identity.traits, path);
    const text = isList ? (Array.isArray(value) ? JSON.stringify(value) : null) : leafText(value, type);
    if (text === null || !columns.includes(pointer.slice(1))) continue;
    values.set(pointer.slice(1), text);
    rest = setAt(rest, path, undefined);
  }
  const { verifiableAddresses: addresses, metadataPublic, metadataAdmin } = identity;
  const verified = addresses.filter((address) => address.verified).map(({ value }) => value);
  const isMixed = verified.length > 0 && verified.length < addresses.length;
  const members: Record<string, string> = {
    id: identity.id,
    schema_id: identity.schemaId,
    state: identity.state,
    external_id: identity.externalId ?? '',
    traits: Object.keys(rest).length > 0 ? JSON.stringify(rest) : '',
    verified: addresses.length === 0 ? '' : isMixed ? JSON.stringify(verified) : String(verified.length > 0),
    metadata_public: metadataPublic === null ? '' : JSON.stringify(metadataPublic),
    metadata_admin: metadataAdmin === null ? '' : JSON.stringify(metadataAdmin),
    created_at: identity.createdAt.toISOString(),
    updated_at: identity.updatedAt.toISOString(),
    state_changed_at: identity.stateChangedAt.toISOString(),
  };
  return columns.map((column) => {
    const value = values.get(column) ?? members[column] ?? '';
    return typeof value === 'number' ? String(value) : toCell(value, isForSpreadsheet);
  });
}

/** Null for a value that a cell of this type would not return as it is, such as an empty text. */
function leafText(value: Json | undefined, type: SchemaField['type']): string | number | null {
  if (type === 'string') return typeof value === 'string' && value !== '' ? value : null;
  if (type === 'boolean') return typeof value === 'boolean' ? String(value) : null;
  return typeof value === 'number' ? value : null;
}

/** GET /admin/identities/export, besides the filters of the list. */
export const exportQuery = {
  format: z
    .array(z.enum(['jsonl', 'csv']))
    .max(1)
    .optional(),
  include_credential: z
    .array(z.enum(['passkey']))
    .max(1)
    .optional(),
  column: z.array(z.string().max(512)).max(500).optional(),
  spreadsheet: z
    .array(z.enum(['true', 'false']))
    .max(1)
    .optional(),
};
