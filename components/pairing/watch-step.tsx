'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { callRoute } from '@/components/passkey/call-route';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { PairingStep } from '@/lib/pairing/model';

type Props = {
  side: 'own' | 'other';
  /** The step that the page shows. */
  step: PairingStep;
  /** When it ends by itself, in milliseconds since 1970. */
  until: number;
};

const EVERY_MILLIS = 2000;

/**
 * Reloads the page's content when the other device has done its part: asks every two seconds while the page is visible,
 * and no longer than the step lasts. A request that fails is repeated at the next turn.
 */
export function WatchStep({ side, step, until }: Props) {
  const t = useTranslations('pairing');
  const router = useRouter();
  const [isOffline, setOffline] = useState(false);
  useEffect(() => {
    const watch = { isOver: false, isAsking: false };
    const ask = async () => {
      if (watch.isAsking || document.visibilityState === 'hidden') return;
      watch.isAsking = true;
      const isLate = Date.now() >= until;
      try {
        const answer = await callRoute<{ step: PairingStep | null }>('/api/pairing/step', { side });
        if (watch.isOver) return;
        setOffline(!answer.ok);
        if (isLate || (answer.ok && answer.value.step !== step)) {
          clearInterval(timer);
          router.refresh();
        }
      } catch {
        if (!watch.isOver) setOffline(true);
      } finally {
        watch.isAsking = false;
      }
    };
    const timer = setInterval(ask, EVERY_MILLIS);
    document.addEventListener('visibilitychange', ask);
    return () => {
      watch.isOver = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [side, step, until, router]);
  return (
    <p role="status" className="text-sm text-muted">
      {t(isOffline ? 'offline' : 'waiting')}
    </p>
  );
}
