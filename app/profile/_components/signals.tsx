'use client';

import { useEffect } from 'react';
import { signalPasskeys } from '@/components/passkey/signals';
import type { PasskeySignals } from '@/lib/credential/model';

const HELD_UNTIL = 'signet.signals-held-until';

/** Nothing is signalled for this time: a deleted passkey may come back. Applies to all tabs; 0 ends it. */
export function holdSignals(millis: number): void {
  try {
    if (millis > 0) localStorage.setItem(HELD_UNTIL, String(Date.now() + millis));
    else localStorage.removeItem(HELD_UNTIL);
  } catch {
    // Storage is blocked: the passkey is signalled at once.
  }
}

function heldMillis(): number {
  try {
    return Math.min(120_000, Math.max(0, Number(localStorage.getItem(HELD_UNTIL)) - Date.now()));
  } catch {
    return 0;
  }
}

/** Keeps the password manager in sync with the stored passkeys (Signal API); renders nothing. */
export function Signals({ signals }: { signals: PasskeySignals }) {
  const text = JSON.stringify(signals);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const send = () => {
      const left = heldMillis();
      if (left > 0) timer = setTimeout(send, left);
      else void signalPasskeys(JSON.parse(text));
    };
    timer = setTimeout(send);
    return () => clearTimeout(timer);
  }, [text]);
  return null;
}
