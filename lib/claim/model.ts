import { emailOf, type Identity } from '@/lib/identity/model';
import { plainName } from '@/lib/identity/model/name';
import { toPictureUrl } from '@/lib/picture/model';
import { getAt, type Json, pointerParts } from '@/lib/platform/json';

/** Scopes that show claims. `openid` is part of every request. */
export const CLAIM_SCOPES = ['openid', 'profile', 'email', 'groups'] as const;
export type ClaimScope = (typeof CLAIM_SCOPES)[number];

/** A project's own source of a claim. `pointer`: a JSON Pointer into the identity; null: the claim is never shown. */
export type ClaimRule = { claim: string; scope: ClaimScope; pointer: string | null };

/** A claim as an application receives it. */
export type ShownClaim = { claim: string; scope: ClaimScope; value: Json };

/** What claims are made of. `groups`: names. */
export type ClaimSubject = { identity: Identity; groups: readonly string[]; origin: string };

type Source = (subject: ClaimSubject) => Json | undefined;

/** The product's table (OpenID Connect Core §5.1, §5.4), in the order of responses. */
const DEFAULTS: ReadonlyArray<{ claim: string; scope: ClaimScope; source: Source }> = [
  { claim: 'name', scope: 'profile', source: ({ identity }) => nameOf(identity) },
  { claim: 'given_name', scope: 'profile', source: at('/traits/name/first') },
  { claim: 'family_name', scope: 'profile', source: at('/traits/name/last') },
  { claim: 'preferred_username', scope: 'profile', source: ({ identity }) => usernameOf(identity) },
  { claim: 'picture', scope: 'profile', source: ({ identity, origin }) => pictureOf(identity, origin) },
  { claim: 'locale', scope: 'profile', source: ({ identity }) => identity.locale ?? undefined },
  {
    claim: 'updated_at',
    scope: 'profile',
    source: ({ identity }) => Math.floor(identity.updatedAt.getTime() / 1000),
  },
  { claim: 'email', scope: 'email', source: ({ identity }) => emailOf(identity) ?? undefined },
  { claim: 'groups', scope: 'groups', source: ({ groups }) => [...groups].sort() },
];

/** The claims of the product's table. */
export const DEFAULT_CLAIMS: ReadonlyArray<{ claim: string; scope: ClaimScope }> = DEFAULTS.map(({ claim, scope }) => ({
  claim,
  scope,
}));

/** Claims about the token, and `email_verified`, which is always the truth about `email`: they cannot be mapped. */
const RESERVED = new Set([
  ...['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti', 'auth_time', 'nonce', 'acr', 'amr', 'azp', 'sid', 'at_hash'],
  ...['c_hash', 's_hash', 'events', 'client_id', 'scope', 'cnf', 'act', 'sub_jwk', 'email_verified'],
  ...['_claim_names', '_claim_sources', '__proto__', 'constructor', 'prototype'],
]);

const CLAIM_NAME = /^[A-Za-z0-9_:/.#~-]{1,100}$/;
const MAX_POINTER_LENGTH = 300;

/** Why a claim cannot have this name, or null. */
export function claimNameFault(claim: string): 'syntax' | 'reserved' | null {
  if (!CLAIM_NAME.test(claim)) return 'syntax';
  return RESERVED.has(claim) ? 'reserved' : null;
}

/** Whether a pointer leads into what applications may learn: traits, public metadata or the external ID. */
export function isClaimPointer(pointer: string): boolean {
  return (
    pointer.length <= MAX_POINTER_LENGTH &&
    (pointer === '/external_id' || pointer === '/metadata_public' || /^\/(traits|metadata_public)\/./.test(pointer)) &&
    !/~(?![01])/.test(pointer) // RFC 6901 §3
  );
}

/** The claims that these scopes show, in the order of the table; those without a value are left out. */
export function shownClaims(
  subject: ClaimSubject,
  rules: readonly ClaimRule[],
  scopes: readonly string[],
): ShownClaim[] {
  const shown = tableOf(rules).flatMap(({ claim, scope, source }): ShownClaim[] => {
    if (!scopes.includes(scope)) return [];
    const value = source(subject);
    return value === undefined || value === null ? [] : [{ claim, scope, value }];
  });
  return shown.flatMap((item) => (item.claim === 'email' ? [item, verifiedOf(subject.identity, item)] : [item]));
}

/** The same as the members of a token or of the userinfo response. */
export function claimsFrom(
  subject: ClaimSubject,
  rules: readonly ClaimRule[],
  scopes: readonly string[],
): Record<string, Json> {
  return Object.fromEntries(shownClaims(subject, rules, scopes).map(({ claim, value }) => [claim, value]));
}

/** Whether the groups of a person are needed for these scopes. */
export function needsGroups(rules: readonly ClaimRule[], scopes: readonly string[]): boolean {
  return scopes.includes('groups') && !rules.some(({ claim }) => claim === 'groups');
}

function tableOf(rules: readonly ClaimRule[]): Array<{ claim: string; scope: ClaimScope; source: Source }> {
  const own = new Map(rules.map((rule) => [rule.claim, rule]));
  const replaced = DEFAULTS.map((row) => {
    const rule = own.get(row.claim);
    return rule ? ofRule(rule) : row;
  });
  const known = new Set(DEFAULTS.map(({ claim }) => claim));
  return [...replaced, ...rules.filter(({ claim }) => !known.has(claim)).map(ofRule)];
}

function ofRule({ claim, scope, pointer }: ClaimRule) {
  return { claim, scope, source: pointer === null ? () => undefined : at(pointer) };
}

function at(pointer: string): Source {
  const path = pointerParts(pointer);
  return ({ identity: { traits, metadataPublic, externalId } }) =>
    getAt({ traits, metadata_public: metadataPublic, external_id: externalId }, path);
}

/** `email_verified` (OpenID Connect Core §5.1): false for a value whose mailbox nothing proves. */
function verifiedOf({ verifiableAddresses }: Identity, { scope, value }: ShownClaim): ShownClaim {
  const isVerified = verifiableAddresses.some((address) => address.verified && address.value === value);
  return { claim: 'email_verified', scope, value: isVerified };
}

/** First and last name; never the address, which another scope shows. */
function nameOf(identity: Identity): string | undefined {
  const name = plainName({ ...identity, verifiableAddresses: [] });
  return name === '' ? undefined : name;
}

/** What the person signs in with; of an address, the part before the @. */
function usernameOf({ identifiers }: Identity): string | undefined {
  const username = identifiers.find((value) => !value.includes('@')) ?? identifiers[0];
  return username?.split('@', 1)[0] || undefined;
}

function pictureOf({ pictureId }: Identity, origin: string): string | undefined {
  return pictureId === null ? undefined : toPictureUrl(origin, pictureId);
}
