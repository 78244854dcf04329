import type { Actor } from '@/lib/platform/actor';
import { normalizeAddress, toReadableAddress } from '@/lib/platform/address';
import { isAmong } from '@/lib/platform/entity-tag';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { getAt, type Json, type JsonObject } from '@/lib/platform/json';
import { calm, isVisible, truncateBytes, truncateText } from '@/lib/platform/text';
import type { HeldRole } from '@/lib/role/model';

export type IdentityState = 'active' | 'inactive';
export type AddressStatus = 'pending' | 'sent' | 'completed';

export type VerifiableAddress = {
  id: string;
  value: string;
  via: 'email';
  verified: boolean;
  verifiedAt: Date | null;
  status: AddressStatus;
  createdAt: Date;
  updatedAt: Date;
};

export type RecoveryAddress = { id: string; value: string; via: 'email'; createdAt: Date; updatedAt: Date };

/** Who somebody is. */
export type Identity = {
  id: string;
  projectId: string;
  schemaId: string;
  schemaVersion: number;
  state: IdentityState;
  stateChangedAt: Date;
  traits: JsonObject;
  metadataPublic: Json;
  metadataAdmin: Json;
  externalId: string | null;
  /** WebAuthn user.id, base64url. */
  userHandle: string;
  /** The language the person chose, or null. */
  locale: string | null;
  /** What was issued under an older epoch (sessions, codes, ceremonies) is over. */
  revocationEpoch: number;
  /** JSON Pointer of the one trait that identifies, once the identity became an operator; null: all that the schema marks. */
  identifierPointer: string | null;
  /** Grows with every visible change; the ETag. */
  version: number;
  createdAt: Date;
  updatedAt: Date;
  identifiers: string[];
  verifiableAddresses: VerifiableAddress[];
  recoveryAddresses: RecoveryAddress[];
  operatorRoles: HeldRole[];
  passkeyCount: number;
};

/** A change of address that its person made: until it expires the old one is reserved for them, and a link brings it back. */
export type EmailChange = {
  id: string;
  projectId: string;
  identityId: string;
  linkHash: string;
  /** Normalised. */
  oldAddress: string;
  /** JSON Pointer of the trait that held it. */
  pointer: string;
  createdAt: Date;
  expiresAt: Date;
};

export const UNDO_DAYS = 7;

/** What may be changed of an identity in one go; what is absent stays. */
export type IdentityChange = {
  schemaId?: string;
  state?: IdentityState;
  traits?: JsonObject;
  metadataPublic?: Json;
  metadataAdmin?: Json;
  externalId?: string | null;
  /** Addresses (normalised) whose verified flag is set or cleared. */
  verified?: Record<string, boolean>;
  /** Ends what was issued so far, as deactivation does. */
  isRevoked?: boolean;
  /** The caller tells the addresses of the change. */
  isAnnounced?: boolean;
};

export { normalizeAddress };

/** Letters without their case, and one form of each character. */
function foldForSearch(value: string): string {
  return value.normalize('NFKC').toLowerCase();
}

/** A list may look at these of every row, so they stand in its indexes, and PostgreSQL bounds an index row at 2704 bytes. */
const MAX_SEARCH_TEXT_BYTES = 1000;

/**
 * Identifiers with their domains in either form, external id and all strings of the traits, one a line, in the form that search
 * compares: folded, and with the three characters that mean something to LIKE in their full width, which folding leaves
 * nowhere else.
 */
export function searchTextOf(identity: Pick<Identity, 'identifiers' | 'externalId' | 'traits'>): string {
  const texts = identity.identifiers.flatMap((value) => [value, toReadableAddress(value)]);
  texts.push(identity.externalId ?? '');
  const collect = (value: Json): void => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(identity.traits);
  const lines = new Set(texts.map(toSearchForm).filter((line) => line !== ''));
  return truncateBytes([...lines].join('\n'), MAX_SEARCH_TEXT_BYTES);
}

export const MAX_SEARCH_WORDS = 8;
export const MAX_SEARCH_LENGTH = 300;

/** The words that somebody looks for, each as it would stand in a search text. */
export function searchWords(typed: string): string[] {
  const words = toSearchForm(truncateText(typed, MAX_SEARCH_LENGTH).toWellFormed().replaceAll('\0', '')).split(/\s+/);
  return [...new Set(words.filter((word) => word !== ''))].slice(0, MAX_SEARCH_WORDS);
}

const FULL_WIDTH: Record<string, string> = { '%': '\uff05', _: '\uff3f', '\\': '\uff3c' };

export function toSearchForm(text: string): string {
  return foldForSearch(text).replaceAll(/[%_\\]/g, (character) => FULL_WIDTH[character] ?? character);
}

/** What a list by name goes by: the name without degree, else the identifier, folded. */
export function sortNameOf(identity: Pick<Identity, 'traits' | 'verifiableAddresses' | 'identifiers'>): string {
  const name = plainName(identity) || identity.identifiers[0] || '';
  return truncateText(foldForSearch(name), 200);
}

/** The address mails go to: the first verified one, else the first. */
export function emailOf(identity: Pick<Identity, 'verifiableAddresses'>): string | null {
  const { verifiableAddresses: addresses } = identity;
  return (addresses.find((address) => address.verified) ?? addresses[0])?.value ?? null;
}

/** The id of a verifiable address, given its value (normalised), or null. It ends with the address: one that comes back has another. */
export function addressIdOf(
  { verifiableAddresses }: Pick<Identity, 'verifiableAddresses'>,
  value: string,
): string | null {
  return verifiableAddresses.find((address) => address.value === value)?.id ?? null;
}

/** First and last name; without them, the e-mail. */
export function plainName(identity: Pick<Identity, 'traits' | 'verifiableAddresses'>): string {
  const full = [namePart(identity, 'first'), namePart(identity, 'last')].filter(Boolean).join(' ');
  return full || emailOf(identity) || '';
}

/** The full name with degree, as it is shown; without a name, the e-mail. */
export function displayName(identity: Pick<Identity, 'traits' | 'verifiableAddresses'>): string {
  const name = plainName(identity);
  const degree = namePart(identity, 'academic-degree');
  return calm(degree === '' || name === emailOf(identity) ? name : `${degree} ${name}`);
}

function namePart({ traits }: Pick<Identity, 'traits'>, key: string): string {
  const value = getAt(traits, ['name', key]);
  return typeof value === 'string' && isVisible(value) ? value.trim() : '';
}

/** RFC 9110 §8.8.3: a strong validator, from the version that every visible change raises. */
export function toEtag(identity: Pick<Identity, 'version'>): string {
  return `"${identity.version}"`;
}

/** What a request asks of the version that it meets: `If-Match` and `If-None-Match` as sent; null or absent, nothing. */
export type Preconditions = { ifMatch?: string | null; ifNoneMatch?: string | null };

/** RFC 9110 §13.1.1, §13.1.2: `*` or a list of tags; the first must match strongly, the second not even weakly. */
export function holds({ ifMatch, ifNoneMatch }: Preconditions, identity: Pick<Identity, 'version'>): boolean {
  const etag = toEtag(identity);
  if (typeof ifMatch === 'string' && !isAmong(etag, ifMatch, { weakly: false })) return false;
  return typeof ifNoneMatch !== 'string' || !isAmong(etag, ifNoneMatch, { weakly: true });
}

/** Looks at an identity that is about to be written, or what hangs on it, and throws when this must not be. */
export type Guard = (current: Identity) => void;

/** Contract 8.1: programs may read operators, never change them. Refuses: `operator_protected`. */
export function guardOperators(actor: Actor, identity: Pick<Identity, 'operatorRoles'>): void {
  if (actor.kind === 'api_credential' && identity.operatorRoles.length > 0) throw new AppError('operator_protected');
}

/**
 * Addresses of an identity that identify another one: both had one address in two forms before forms were compared, and the
 * older kept it. Everywhere else an address comes and goes with its identifier.
 */
export function displacedAddresses({
  verifiableAddresses,
  identifiers,
}: Omit<Addresses, 'recoveryAddresses'>): string[] {
  return verifiableAddresses.map(({ value }) => value).filter((value) => !identifiers.includes(value));
}

type Addresses = Pick<Identity, 'identifiers' | 'verifiableAddresses' | 'recoveryAddresses'>;

/**
 * Identifiers and addresses as the traits say: those that stay keep their rows and what is known of them, a new one starts
 * unverified, what the traits no longer name goes. What is `displaced` remains a mail address but is no identifier.
 */
export function deriveAddresses(
  values: string[],
  before: Pick<Addresses, 'verifiableAddresses' | 'recoveryAddresses'>,
  verified: Record<string, boolean>,
  now: Date,
  displaced: string[] = [],
): Addresses {
  const named = [...new Set(values.map(normalizeAddress))];
  const emails = named.filter((value) => value.includes('@'));
  return {
    identifiers: named.filter((value) => !displaced.includes(value)),
    verifiableAddresses: emails.map((value) => {
      const known = before.verifiableAddresses.find((address) => address.value === value);
      const fresh = {
        id: newId(),
        value,
        via: 'email' as const,
        verified: false,
        verifiedAt: null,
        status: 'pending' as const,
      };
      const address: VerifiableAddress = known ?? { ...fresh, createdAt: now, updatedAt: now };
      const isVerified = verified[value];
      if (isVerified === undefined || isVerified === address.verified) return address;
      const outcome = isVerified
        ? { verified: true, verifiedAt: now, status: 'completed' as const }
        : { verified: false, verifiedAt: null, status: 'pending' as const };
      return { ...address, ...outcome, updatedAt: now };
    }),
    recoveryAddresses: emails.map((value) => {
      const known = before.recoveryAddresses.find((address) => address.value === value);
      return known ?? { id: newId(), value, via: 'email' as const, createdAt: now, updatedAt: now };
    }),
  };
}
