'use client';

import { useEffect } from 'react';
import { signalPasskeys } from '@/components/passkey/ceremony';
import type { PasskeySignals } from '@/lib/credential/model';

/** Keeps the browser's password manager in step with what stands here; shows nothing. */
export function Signals({ signals }: { signals: PasskeySignals }) {
  const text = JSON.stringify(signals);
  useEffect(() => {
    void signalPasskeys(JSON.parse(text));
  }, [text]);
  return null;
}
