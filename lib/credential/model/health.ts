import { kindOf, type Passkey } from '../model';

export type HealthPasskey = Pick<
  Passkey,
  'id' | 'name' | 'aaguid' | 'transports' | 'isBackedUp' | 'createdAt' | 'lastUsedAt' | 'counterWarnedAt'
>;
type Named = Pick<Passkey, 'id' | 'name'>;

/** The most useful next step for the safety of an account. */
export type NextStep =
  | { kind: 'copied'; passkey: Named }
  | { kind: 'noPasskey' | 'unverified' | 'onePasskey' | 'oneDevice' }
  /** `days` since it was used or, if never, added. */
  | { kind: 'unused'; passkey: Named; days: number };

/** A passkey not used for this long is likely on a device its owner no longer has. */
const MAX_UNUSED_DAYS = 180;

const DAY_MILLIS = 24 * 60 * 60 * 1000;

/** The step that matters most, or null: first what others may exploit, then what may lock the person out. */
export function nextStep(
  passkeys: HealthPasskey[],
  { isVerified }: { isVerified: boolean },
  now: Date,
): NextStep | null {
  const copied = passkeys.find(({ counterWarnedAt }) => counterWarnedAt !== null);
  if (copied) return { kind: 'copied', passkey: named(copied) };
  if (passkeys.length === 0) return { kind: 'noPasskey' };
  if (!isVerified) return { kind: 'unverified' };
  if (passkeys.length === 1) return { kind: 'onePasskey' };
  if (isOneDevice(passkeys)) return { kind: 'oneDevice' };
  const [stale] = passkeys.toSorted((a, b) => idleSince(a).getTime() - idleSince(b).getTime());
  const days = stale ? Math.floor((now.getTime() - idleSince(stale).getTime()) / DAY_MILLIS) : 0;
  return stale && days >= MAX_UNUSED_DAYS ? { kind: 'unused', passkey: named(stale), days } : null;
}

/**
 * Whether all passkeys seem to be bound to one device: kept by the same built-in authenticator, and none is synced. An
 * authenticator adds no second passkey for an account, but another browser profile on the device does.
 */
function isOneDevice(passkeys: HealthPasskey[]): boolean {
  const [first] = passkeys;
  return passkeys.every(
    (passkey) => !passkey.isBackedUp && kindOf(passkey) === 'platform' && passkey.aaguid === first?.aaguid,
  );
}

function idleSince({ lastUsedAt, createdAt }: HealthPasskey): Date {
  return lastUsedAt ?? createdAt;
}

function named({ id, name }: HealthPasskey): Named {
  return { id, name };
}
