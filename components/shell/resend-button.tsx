'use client';

import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { useHydrated } from '@/components/ui/use-hydrated';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = {
  pauseSeconds: number;
  /** The countdown starts again when this changes. */
  round?: number;
  /** Without it, the button submits its form. */
  onClick?: () => void;
};

/** "Resend", after a countdown. Without script it shows at once: the server enforces the limits. */
export function ResendButton({ pauseSeconds, round = 0, onClick }: Props) {
  const t = useTranslations('common.code');
  const isHydrated = useHydrated();
  const seconds = useCountdown(pauseSeconds, round);
  const isWaiting = isHydrated && seconds > 0;
  const text = isWaiting ? <span className="text-muted tabular-nums">{t('resendIn', { seconds })}</span> : t('resend');
  const look = { size: 'small', variant: 'quiet', 'aria-disabled': isWaiting } as const;
  if (!onClick) return <SubmitButton {...look}>{text}</SubmitButton>;
  return (
    <Button {...look} onClick={onClick}>
      {text}
    </Button>
  );
}

function useCountdown(from: number, round: number): number {
  const [seconds, setSeconds] = useState(from);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round starts the same countdown again
  useEffect(() => {
    const end = Date.now() + from * 1000;
    setSeconds(from);
    const timer = setInterval(() => {
      const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      setSeconds(left);
      if (left === 0) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [from, round]);
  return seconds;
}
