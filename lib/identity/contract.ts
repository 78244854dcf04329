import { z } from 'zod';
import { toPictureUrl } from '@/lib/picture/model';
import { normalizeAddress, normalizeAddressPrefix } from '@/lib/platform/address';
import { AppError } from '@/lib/platform/errors';
import { isUuid, newId } from '@/lib/platform/ids';
import { checkInput } from '@/lib/platform/input';
import { isJsonObject, type Json, type JsonObject, MAX_JSON_BYTES } from '@/lib/platform/json';
import { toSchemaUrl } from '@/lib/schema/model';
import { type Identity, MAX_EXTERNAL_ID_LENGTH, type StoredIdentity } from './model';
import { MAX_SEARCH_LENGTH, MAX_SEARCH_WORDS, searchWords, toSearchForm } from './model/search';

export { identityPatchBody } from './json-patch';

/** The wire format of the admin API; the only file of this noun in snake_case. */
const json = z.unknown().transform((value) => (value ?? null) as Json);
const traits = z
  .custom<JsonObject>(isJsonObject, 'must be an object')
  .meta({ type: 'object', additionalProperties: true, description: 'Traits, as defined by the identity schema.' });
const state = z.enum(['active', 'inactive'], 'identity state is not valid');
const externalId = z.string().min(1).max(MAX_EXTERNAL_ID_LENGTH).nullable();
const address = z.strictObject({
  id: z.string().optional(),
  value: z.string(),
  via: z.literal('email'),
  verified: z.boolean().optional(),
  status: z.string().optional(),
  verified_at: z.string().nullable().optional(),
  created_at: z.string().optional(),
  updated_at: z.string().optional(),
});

const writable = {
  metadata_public: json.optional(),
  metadata_admin: json.optional(),
  external_id: externalId.optional(),
  verifiable_addresses: z.array(address).max(20).optional(),
  recovery_addresses: z.array(address).max(20).optional(),
  organization_id: z.null('organizations of identities are not supported').optional(),
};

/** POST /admin/identities. Absent traits: the schema decides. */
export const createIdentityBody = z
  .strictObject({
    schema_id: z.string().default('default'),
    state: state.optional(),
    traits: traits.default({}),
    ...writable,
  })
  .transform((body) => ({
    schemaId: body.schema_id || 'default',
    traits: body.traits,
    ...(body.state && { state: body.state }),
    ...written(body),
    verifiedAddresses: (body.verifiable_addresses ?? []).filter(({ verified }) => verified).map(({ value }) => value),
  }));

const MAX_BATCH_OPERATIONS = 1000;
export const MAX_BATCH_BYTES = 16 * 1024 * 1024;

/**
 * PATCH /admin/identities, as in Kratos. Each item of `create` is validated on its own (`toBatchInput`): one invalid
 * item does not refuse the others.
 */
export const identityBatchBody = z.strictObject({
  identities: z
    .array(
      z.strictObject({
        create: z
          .custom<JsonObject>(isJsonObject, 'must be an object')
          .meta({ type: 'object', description: 'Same as the body of `POST /admin/identities`.' })
          .nullable()
          .optional(),
        /** Identifies the item in the response. */
        patch_id: z.uuid().nullable().optional(),
      }),
    )
    .max(MAX_BATCH_OPERATIONS, `At most ${MAX_BATCH_OPERATIONS} identities can be created at once`),
});

/** An item may be as large as the body of a single create request. */
export function toBatchInput(create: JsonObject): z.output<typeof createIdentityBody> | AppError {
  if (Buffer.byteLength(JSON.stringify(create)) > MAX_JSON_BYTES) {
    return new AppError('payload_too_large', { reason: `The identity exceeds ${MAX_JSON_BYTES} bytes` });
  }
  const checked = checkInput(createIdentityBody, create);
  if (checked.ok) return checked.data;
  const { violations } = checked;
  const [{ pointer, message }] = violations;
  return new AppError('invalid_input', { reason: `create${pointer}: ${message}`, violations });
}

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/**
 * An identity exported by this or another admin API, imported with its ID and timestamps. Values derived from the
 * source (`schema_url`, address IDs) are regenerated. Its `picture` is a URL of the source and is left out.
 */
export const transferredIdentity = z
  .strictObject({
    id: z.uuid().toLowerCase().optional(),
    schema_id: z.string().min(1).default('default'),
    schema_url: z.string().optional(),
    picture: z.string().optional(),
    state: state.optional(),
    state_changed_at: moment.nullish(),
    traits: traits.default({}),
    ...writable,
    credentials: z.record(z.string(), z.unknown()).optional(),
    deletion_due_at: moment.nullish(),
    created_at: moment.optional(),
    updated_at: moment.optional(),
  })
  .transform((body) => ({
    ...(body.id && { id: body.id }),
    schemaId: body.schema_id,
    traits: body.traits,
    ...(body.state && { state: body.state }),
    ...written(body),
    ...(body.created_at && { createdAt: body.created_at }),
    ...(body.updated_at && { updatedAt: body.updated_at }),
    ...(body.state_changed_at && { stateChangedAt: body.state_changed_at }),
    ...(body.deletion_due_at && { deletionDueAt: body.deletion_due_at }),
    knownAddresses: knownAddresses(body),
    credentials: body.credentials ?? {},
  }));

type ImportedAddresses = Pick<Identity, 'verifiableAddresses' | 'recoveryAddresses'>;

function knownAddresses({ verifiable_addresses = [], recovery_addresses = [] }: Writable): ImportedAddresses {
  const now = new Date();
  const timestamps = ({ created_at, updated_at }: z.output<typeof address>) => ({
    createdAt: toDate(created_at) ?? now,
    updatedAt: toDate(updated_at) ?? now,
  });
  return {
    verifiableAddresses: verifiable_addresses.map(({ value, verified = false, verified_at, status, ...rest }) => ({
      id: newId(),
      value: normalizeAddress(value),
      via: 'email',
      verified,
      verifiedAt: verified ? (toDate(verified_at) ?? now) : null,
      status: verified ? 'completed' : status === 'sent' ? 'sent' : 'pending',
      ...timestamps({ value, ...rest }),
    })),
    recoveryAddresses: recovery_addresses.map((one) => ({
      id: newId(),
      value: normalizeAddress(one.value),
      via: 'email',
      ...timestamps(one),
    })),
  };
}

function toDate(text: string | null | undefined): Date | null {
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}

/**
 * PUT /admin/identities/{id} replaces: omitted metadata and external ID are cleared; omitted schema and state are kept.
 */
export const replaceIdentityBody = z
  .strictObject({ schema_id: z.string().optional(), state: state.optional(), traits: traits.default({}), ...writable })
  .transform((body) => ({
    ...(body.schema_id && { schemaId: body.schema_id }),
    ...(body.state && { state: body.state }),
    traits: body.traits,
    ...written(body),
    ...(body.verifiable_addresses && { verified: verifiedFlags(body.verifiable_addresses) }),
  }));

type Writable = z.output<z.ZodObject<typeof writable>>;

function written(body: Writable): { metadataPublic: Json; metadataAdmin: Json; externalId: string | null } {
  return {
    metadataPublic: body.metadata_public ?? null,
    metadataAdmin: body.metadata_admin ?? null,
    externalId: body.external_id ?? null,
  };
}

function verifiedFlags(addresses: NonNullable<Writable['verifiable_addresses']>): Record<string, boolean> {
  const withFlag = addresses.filter(({ verified }) => verified !== undefined);
  return Object.fromEntries(withFlag.map(({ value, verified }) => [normalizeAddress(value), verified === true]));
}

/** Filters of GET /admin/identities. Unknown parameters are ignored: Kratos clients send some of their own. */
export const identityFilterQuery = {
  ids: z
    .array(
      z
        .string()
        .toLowerCase()
        .refine(isUuid, { error: (issue) => `Invalid UUID value \`${String(issue.input)}\` for parameter \`ids\`.` }),
    )
    .max(500, 'The number of ids to filter must not exceed 500.')
    .optional(),
  credentials_identifier: z.array(z.string()).max(1).optional(),
  state: z.array(state).max(1).optional(),
  schema_id: z.array(z.string()).max(1).optional(),
  /** Identifier prefix, case-insensitive (Kratos' parameter). */
  preview_credentials_identifier_similar: z.array(z.string()).max(1).optional(),
  /** Words; each must occur in identifiers, traits or external ID. */
  q: z
    .array(z.string().refine(isSearchable, `at most ${MAX_SEARCH_LENGTH} characters and ${MAX_SEARCH_WORDS} words`))
    .max(1)
    .optional(),
  // Refused: ignoring the filter would return every identity.
  organization_id: z.undefined('organizations of identities are not supported').optional(),
};

export function toIdentityFilter(query: z.output<z.ZodObject<typeof identityFilterQuery>>) {
  const [identifier] = query.credentials_identifier ?? [];
  const { prefix, readable } = normalizeAddressPrefix(query.preview_credentials_identifier_similar?.[0] ?? '');
  const words = [...searchWords(query.q?.[0] ?? ''), ...(readable === undefined ? [] : [toSearchForm(readable)])];
  const [wantedState] = query.state ?? [];
  const [schemaId] = query.schema_id ?? [];
  return {
    ...(query.ids && { ids: [...new Set(query.ids)] }),
    ...(identifier !== undefined && { identifier: normalizeAddress(identifier) }),
    ...(prefix !== '' && { identifierPrefix: prefix }),
    ...(wantedState && { state: wantedState }),
    ...(schemaId !== undefined && { schemaId }),
    ...(words.length > 0 && { words }),
  };
}

function isSearchable(typed: string): boolean {
  return typed.length <= MAX_SEARCH_LENGTH && typed.split(/\s+/).filter(Boolean).length <= MAX_SEARCH_WORDS;
}

const times = { created_at: z.iso.datetime(), updated_at: z.iso.datetime() };

/** An identity as the admin API returns it. */
export const identityResponse = z.object({
  id: z.uuid(),
  schema_id: z.string(),
  schema_url: z.url().meta({ description: 'URL of the identity schema.' }),
  state,
  state_changed_at: z.iso.datetime(),
  traits: z.record(z.string(), z.unknown()).meta({ description: 'Traits, as defined by the identity schema.' }),
  verifiable_addresses: z.array(
    z
      .object({
        id: z.uuid(),
        value: z.string(),
        verified: z.boolean(),
        via: z.literal('email'),
        status: z.enum(['pending', 'sent', 'completed']),
        verified_at: z.iso.datetime().optional(),
        ...times,
      })
      .meta({ id: 'VerifiableIdentityAddress' }),
  ),
  recovery_addresses: z.array(
    z
      .object({ id: z.uuid(), value: z.string(), via: z.literal('email'), ...times })
      .meta({ id: 'RecoveryIdentityAddress' }),
  ),
  metadata_public: z.unknown().meta({ description: 'Any JSON; readable by the person.' }),
  metadata_admin: z.unknown().meta({ description: 'Any JSON; admin API only.' }),
  external_id: z.string().optional().meta({ description: 'ID in another system; unique in the project.' }),
  picture: z.url().optional().meta({ description: 'URL of the picture, which needs no token; read-only.' }),
  organization_id: z.null(),
  deletion_due_at: z.iso.datetime().optional().meta({
    description: 'The person deleted their account. It is purged at this time, unless they sign in before. Read-only.',
  }),
  ...times,
});

/** The JSON of `identities.map(toIdentityResponse)`, without parsing the stored JSON. */
export function toIdentitiesText(identities: StoredIdentity[], origin: string): string {
  const urls = new Map<string, string>();
  const urlOf = (schemaId: string) => {
    const url = urls.get(schemaId) ?? toSchemaUrl(origin, schemaId);
    urls.set(schemaId, url);
    return url;
  };
  return `[${identities.map((identity) => toText(identity, urlOf(identity.schemaId), origin)).join(',')}]`;
}

/** The JSON of `{ ...toIdentityResponse(identity), credentials }`, without parsing the stored JSON. */
export function toIdentityText(identity: StoredIdentity, credentials: object, origin: string): string {
  const text = toText(identity, toSchemaUrl(origin, identity.schemaId), origin);
  return `${text.slice(0, -1)},"credentials":${JSON.stringify(credentials)}}`;
}

const quoted = (value: string) => JSON.stringify(value);

/** IDs, times and states contain nothing that JSON escapes. */
function toText(identity: StoredIdentity, schemaUrl: string, origin: string): string {
  const times = ({ createdAt, updatedAt }: Pick<StoredIdentity, 'createdAt' | 'updatedAt'>) =>
    `"created_at":"${createdAt}","updated_at":"${updatedAt}"}`;
  const named = ({ id, value }: { id: string; value: string }) => `{"id":"${id}","value":${quoted(value)}`;
  const verifiable = identity.verifiableAddresses.map((address) => {
    const { verified, verifiedAt, status } = address;
    const at = verifiedAt === null ? '' : `"verified_at":"${verifiedAt}",`;
    return `${named(address)},"verified":${verified},"via":"email","status":"${status}",${at}${times(address)}`;
  });
  const recovery = identity.recoveryAddresses.map((address) => `${named(address)},"via":"email",${times(address)}`);
  const { id, schemaId, state, stateChangedAt, traits, metadataPublic, metadataAdmin, externalId, pictureId } =
    identity;
  const dueAt = identity.deletionDueAt === null ? '' : `"deletion_due_at":"${identity.deletionDueAt}",`;
  return (
    `{"id":"${id}","schema_id":${quoted(schemaId)},"schema_url":${quoted(schemaUrl)},"state":"${state}",` +
    `"state_changed_at":"${stateChangedAt}","traits":${traits},"verifiable_addresses":[${verifiable.join(',')}],` +
    `"recovery_addresses":[${recovery.join(',')}],"metadata_public":${metadataPublic},` +
    `"metadata_admin":${metadataAdmin},${externalId === null ? '' : `"external_id":${quoted(externalId)},`}` +
    `${pictureId === null ? '' : `"picture":${quoted(toPictureUrl(origin, pictureId))},`}` +
    `"organization_id":null,${dueAt}${times(identity)}`
  );
}

/** For tokens without `identities:read`: ID and state only, no personal data. */
export function withoutPersonalData(identity: Identity): Identity {
  return {
    ...identity,
    traits: {},
    verifiableAddresses: [],
    recoveryAddresses: [],
    metadataPublic: null,
    metadataAdmin: null,
    externalId: null,
    deletionDueAt: null,
    pictureId: null,
    passkeyCount: 0,
  };
}

/** `origin`: the project's primary origin. */
export function toIdentityResponse(identity: Identity, origin: string): z.output<typeof identityResponse> {
  const times = ({ createdAt, updatedAt }: { createdAt: Date; updatedAt: Date }) => ({
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  });
  return {
    id: identity.id,
    schema_id: identity.schemaId,
    schema_url: toSchemaUrl(origin, identity.schemaId),
    state: identity.state,
    state_changed_at: identity.stateChangedAt.toISOString(),
    traits: identity.traits,
    verifiable_addresses: identity.verifiableAddresses.map(
      ({ id, value, verified, verifiedAt, via, status, ...rest }) => ({
        id,
        value,
        verified,
        via,
        status,
        ...(verifiedAt && { verified_at: verifiedAt.toISOString() }),
        ...times(rest),
      }),
    ),
    recovery_addresses: identity.recoveryAddresses.map(({ id, value, via, ...rest }) => ({
      id,
      value,
      via,
      ...times(rest),
    })),
    metadata_public: identity.metadataPublic,
    metadata_admin: identity.metadataAdmin,
    ...(identity.externalId !== null && { external_id: identity.externalId }),
    ...(identity.pictureId !== null && { picture: toPictureUrl(origin, identity.pictureId) }),
    organization_id: null,
    ...(identity.deletionDueAt && { deletion_due_at: identity.deletionDueAt.toISOString() }),
    ...times(identity),
  };
}
