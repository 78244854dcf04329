import { normalizeAddress } from '@/lib/platform/address';
import { newId } from '@/lib/platform/ids';
import type { Addresses, VerifiableAddress } from '../model';

/**
 * Derives identifiers and addresses from the traits: kept addresses keep their rows and state, new ones start
 * unverified, missing ones are removed. `displaced` addresses remain mail addresses but are not identifiers.
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
