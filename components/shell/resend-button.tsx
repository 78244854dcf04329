'use client';

import { useEffect, useState } from 'react';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { useHydrated } from '@/components/ui/use-hydrated';
import { useTranslations } from '@/lib/i18n/use-translations';

/** "Resend", after a countdown. Without script it shows at once: the server enforces the limits. */
export function ResendButton({ pauseSeconds }: { pauseSeconds: number }) {
  const t = useTranslations('login.code');
  const isHydrated = useHydrated();
  const seconds = useCountdown(pauseSeconds);
  const isWaiting = isHydrated && seconds > 0;
  return (
    <SubmitButton size="small" variant="quiet" aria-disabled={isWaiting}>
      {isWaiting ? <span className="text-muted tabular-nums">{t('resendIn', { seconds })}</span> : t('resend')}
    </SubmitButton>
  );
}

function useCountdown(from: number): number {
  const [seconds, setSeconds] = useState(from);
  useEffect(() => {
    const end = Date.now() + from * 1000;
    const timer = setInterval(() => {
      const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      setSeconds(left);
      if (left === 0) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [from]);
  return seconds;
}
