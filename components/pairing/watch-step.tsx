'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { callRoute } from '@/components/passkey/call-route';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { WatchedStep } from '@/lib/pairing/model';

type Props = {
  side: 'own' | 'other';
  /** What the page shows. */
  shown: WatchedStep;
};

const EVERY_MILLIS = 2000;

/**
 * Reloads the page's content when the other device has done its part, another tab has started a new one, or the time is over
 * by the server's clock: asks every two seconds while the page is visible. A request that fails is repeated at the next
 * turn.
 */
export function WatchStep({ side, shown: { id, step } }: Props) {
  const t = useTranslations('pairing');
  const router = useRouter();
  const [isOffline, setOffline] = useState(false);
  useEffect(() => {
    const watch = { isOver: false, isAsking: false };
    const ask = async () => {
      if (watch.isAsking || document.visibilityState === 'hidden') return;
      watch.isAsking = true;
      try {
        const answer = await callRoute<{ pairing: WatchedStep | null }>('/api/pairing/step', { side });
        if (watch.isOver) return;
        setOffline(!answer.ok);
        const now = answer.ok ? answer.value.pairing : { id, step };
        if (now?.id !== id || now.step !== step) router.refresh();
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
  }, [side, id, step, router]);
  return (
    <p role="status" className="text-sm text-muted">
      {t(isOffline ? 'offline' : 'waiting')}
    </p>
  );
}
