'use client';

import { useEffect } from 'react';
import { signalPasskeys } from '@/components/passkey/ceremony';
import type { PasskeySignals } from '@/lib/credential/model';

/** Keeps the password manager in sync with the stored passkeys (Signal API); renders nothing. */
export function Signals({ signals }: { signals: PasskeySignals }) {
  const text = JSON.stringify(signals);
  useEffect(() => {
    void signalPasskeys(JSON.parse(text));
  }, [text]);
  return null;
}
