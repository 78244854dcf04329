import { transferredCredentials } from '@/lib/credential/contract';
import type { TransferredPerson } from '@/lib/credential/service';
import type { IdentityChange } from '@/lib/identity/model';
import { normalizeAddress } from '@/lib/platform/address';
import { AppError, isAppError } from '@/lib/platform/errors';
import { getAt, isJsonObject, type Json, type JsonObject, pointerParts, setAt } from '@/lib/platform/json';
import { parseJson } from '@/lib/platform/strict-json';
import { fieldsOf, type IdentitySchema, identifierValues, type SchemaField } from '@/lib/schema/model';
import { toPersonFrom } from '@/lib/transfer/contract';
import { type ImportFormat, type ImportSettings, targetOf } from '../model';
import type { Columns, SourceRow } from './rows';

/** A row as the identity it describes: whole for a creation, and the members it names for a change. */
export type Incoming = {
  person: TransferredPerson;
  /** Normalized. */
  identifiers: string[];
  /** The schema that the row names itself. */
  ownSchemaId: string | null;
  change: Omit<IdentityChange, 'schemaId'>;
};

/** Finds the schema of a row. Refuses: `unknown_schema`. */
export type SchemaLookup = (schemaId: string) => Promise<IdentitySchema>;

/** The identity that a row describes, or why it describes none. */
export async function toIncoming(
  { value }: SourceRow,
  settings: ImportSettings,
  schemaOf: SchemaLookup,
): Promise<Incoming | AppError> {
  if (isAppError(value)) return value;
  try {
    const own = 'record' in value ? value.record.schema_id : schemaColumn(value.columns, settings);
    const ownSchemaId = typeof own === 'string' && own !== '' ? own : null;
    const schema = await schemaOf(ownSchemaId ?? settings.schemaId);
    const record = 'record' in value ? toOurs(value.record, settings.format) : mapped(value.columns, settings, schema);
    const whole = { ...record, schema_id: schema.schemaId };
    const person = toPersonFrom(whole);
    if (isAppError(person)) return person;
    const identifiers = identifierValues(schema.document, person.identity.traits, null).map(normalizeAddress);
    return { person, identifiers, ownSchemaId, change: changeOf(record, person) };
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
}

function schemaColumn(columns: Columns, { mapping }: ImportSettings): Json | undefined {
  const column = Object.keys(mapping).find((name) => mapping[name] === '/schema_id');
  return column === undefined ? undefined : columns.get(column);
}

/** What the row says about an existing identity: the members that it has. */
function changeOf(record: JsonObject, { identity }: TransferredPerson): Incoming['change'] {
  const has = (name: string) => Object.hasOwn(record, name) && record[name] !== undefined;
  const flags = identity.knownAddresses?.verifiableAddresses ?? [];
  return {
    ...(has('traits') && { traits: identity.traits }),
    ...(has('metadata_public') && { metadataPublic: identity.metadataPublic ?? null }),
    ...(has('metadata_admin') && { metadataAdmin: identity.metadataAdmin ?? null }),
    ...(has('external_id') && identity.externalId && { externalId: identity.externalId }),
    ...(has('state') && identity.state && { state: identity.state }),
    ...(flags.length > 0 && { verified: Object.fromEntries(flags.map(({ value, verified }) => [value, verified])) }),
  };
}

/** Members that an identity of another admin API shares with ours. */
const SHARED = [
  ...['id', 'schema_id', 'state', 'state_changed_at', 'traits', 'metadata_public', 'metadata_admin', 'external_id'],
  ...['created_at', 'updated_at'],
];

/** Our record is checked as it is; of Kratos', the members that exist here are taken. */
function toOurs(record: JsonObject, format: ImportFormat): JsonObject {
  if (format !== 'kratos') return record;
  const shared = Object.fromEntries(
    SHARED.filter((name) => record[name] !== undefined).map((name) => [name, record[name] ?? null]),
  );
  const emails = (name: string): Json[] => {
    const list = record[name];
    return (Array.isArray(list) ? list : []).filter((one) => isJsonObject(one) && one.via === 'email').map(toAddress);
  };
  return {
    ...shared,
    traits: isJsonObject(record.traits) ? record.traits : {},
    verifiable_addresses: emails('verifiable_addresses'),
    recovery_addresses: emails('recovery_addresses'),
    ...passkeysOf(record.credentials),
  };
}

const ADDRESS = ['value', 'via', 'verified', 'status', 'verified_at', 'created_at', 'updated_at'];

function toAddress(address: Json): Json {
  return isJsonObject(address)
    ? Object.fromEntries(
        ADDRESS.filter((name) => address[name] !== undefined).map((name) => [name, address[name] ?? null]),
      )
    : address;
}

/** Passkeys come along if they are as we export them; other credentials do not. */
function passkeysOf(credentials: Json | undefined): JsonObject {
  const passkey = getAt(credentials, ['passkey']);
  if (passkey === undefined || !transferredCredentials.safeParse({ passkey }).success) return {};
  return { credentials: { passkey } };
}

/** A record in our format from mapped columns. Refuses: `invalid_input` for a value that does not fit its member. */
function mapped(columns: Columns, { mapping }: ImportSettings, schema: IdentitySchema): JsonObject {
  let record: JsonObject = {};
  let verified: boolean | string[] | null = null;
  const fields = new Map(fieldsOf(schema.document).map((field) => [field.pointer, field]));
  for (const [column, value] of columns) {
    const target = targetOf(mapping, column);
    if (target === null || target === '/schema_id') continue;
    if (target === '/verified') verified = toVerified(value, column);
    else record = setMember(record, target, toValue(value, { target, column, field: fields.get(target) }));
  }
  if (verified === null) return record;
  const traits = isJsonObject(record.traits) ? record.traits : {};
  const emails = identifierValues(schema.document, traits, null).filter((name) => name.includes('@'));
  const isVerified = (email: string) =>
    Array.isArray(verified) ? verified.includes(normalizeAddress(email)) : verified;
  return {
    ...record,
    verifiable_addresses: emails.map((email) => ({ value: email, via: 'email', verified: isVerified(email) })),
  };
}

/** True or false for all addresses, or, as our export writes it, a list of those that are verified. */
function toVerified(value: Json, column: string): boolean | string[] {
  const list = typeof value === 'string' && value.startsWith('[') ? jsonOrText(value) : value;
  return Array.isArray(list) ? list.map((address) => normalizeAddress(String(address))) : toBoolean(value, column);
}

/** Columns may fill the same object, such as the traits. */
function setMember(record: JsonObject, target: string, value: Json): JsonObject {
  const path = pointerParts(target);
  const before = getAt(record, path);
  return setAt(record, path, isJsonObject(before) && isJsonObject(value) ? mergeJson(value, before) : value);
}

/** `over` on top of `base`: objects member by member, everything else replaced. */
export function mergeJson(base: Json | undefined, over: Json): Json {
  if (!isJsonObject(base) || !isJsonObject(over)) return over;
  const merged: JsonObject = { ...base };
  for (const [key, value] of Object.entries(over)) merged[key] = mergeJson(merged[key], value);
  return merged;
}

type Place = { target: string; column: string; field: SchemaField | undefined };

function toValue(value: Json, place: Place): Json {
  const { target, field, column } = place;
  if (target === '/state') return toState(value, column);
  if (/^\/(created|updated|state_changed)_at$/.test(target)) return toMoment(value, column);
  if (target === '/traits') return toObject(value, column);
  if (target === '/id' || target === '/external_id') return typeof value === 'number' ? String(value) : value;
  if (/^\/metadata_(public|admin)/.test(target)) return typeof value === 'string' ? jsonOrText(value) : value;
  if (!field) return value;
  if (field.isList) return toList(value, field);
  return toLeaf(value, field.type, column);
}

function toLeaf(value: Json, type: SchemaField['type'], column: string): Json {
  if (type === 'string') return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  if (type === 'boolean') return toBoolean(value, column);
  if (typeof value !== 'string') return value;
  const number = Number(value.replace(/^(-?\d+),(\d+)$/, '$1.$2'));
  return value.trim() !== '' && Number.isFinite(number) ? number : value;
}

/** JSON, or items separated by semicolons. */
function toList(value: Json, { type }: SchemaField): Json {
  if (typeof value !== 'string') return Array.isArray(value) ? value : [value];
  if (value.trimStart().startsWith('[')) return jsonOrText(value);
  return value.split(';').map((item) => toLeaf(item.trim(), type, ''));
}

function toObject(value: Json, column: string): Json {
  const read = typeof value === 'string' ? jsonOrText(value) : value;
  if (isJsonObject(read)) return read;
  throw new AppError('invalid_input', { reason: `${column}: must be a JSON object` });
}

/** A cell that is JSON, else its text: metadata may be any JSON. */
function jsonOrText(text: string): Json {
  try {
    return parseJson(text) as Json;
  } catch (error) {
    if (isAppError(error)) return text;
    throw error;
  }
}

const TRUE = /^(true|1|yes|y|ja|j|wahr|x|oui|sí|si|on)$/i;
const FALSE = /^(false|0|no|n|nein|falsch|non|off)$/i;

function toBoolean(value: Json, column: string): boolean {
  const text = String(value).trim();
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  throw new AppError('invalid_input', { reason: `${column}: must be true or false` });
}

function toState(value: Json, column: string): Json {
  const text = String(value).trim();
  if (/^(active|aktiv|enabled|activo|actif)$/i.test(text) || TRUE.test(text)) return 'active';
  if (/^(inactive|inaktiv|disabled|blocked|gesperrt|inactivo|inactif)$/i.test(text) || FALSE.test(text))
    return 'inactive';
  throw new AppError('invalid_input', { reason: `${column}: must be active or inactive` });
}

/** ISO 8601, or milliseconds since 1970, as Keycloak writes them. */
function toMoment(value: Json, column: string): Json {
  const isMillis = typeof value === 'number' || /^\d{12,14}$/.test(String(value));
  const isIso = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}([T ]|$)/.test(value);
  const date = isMillis ? new Date(Number(value)) : isIso ? new Date(value) : new Date(Number.NaN);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  throw new AppError('invalid_input', { reason: `${column}: must be a date such as 2026-01-31T09:30:00Z` });
}
