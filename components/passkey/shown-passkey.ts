import { kindOf, type Passkey, type ProviderKind, providerOf, syncState } from '@/lib/credential/model';

export type ShownPasskey = {
  id: string;
  name: string;
  kind: ProviderKind;
  /** The device that created it, where shown. */
  provider?: string | null;
  isSynced: boolean;
  /** Its signature counter did not increase. */
  mayBeCopied: boolean;
  createdAt: Date;
  lastUsedAt: Date | null;
  /** Opened the current session. */
  isCurrent?: boolean;
};

/** A passkey as lists show it. A synced one of an unknown provider is in some password manager. */
export function toShownPasskey(passkey: Passkey): ShownPasskey {
  const { id, name, createdAt, lastUsedAt, counterWarnedAt } = passkey;
  const isSynced = syncState(passkey) === 'synced';
  const kind = isSynced && providerOf(passkey) === null ? 'password-manager' : kindOf(passkey);
  return { id, name, createdAt, lastUsedAt, kind, isSynced, mayBeCopied: counterWarnedAt !== null };
}
