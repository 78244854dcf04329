'use client';

import { useEffect, useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { Send } from '@/components/ui/icons';
import { Notice, type Tone } from '@/components/ui/notice';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { MailOutcome } from '@/lib/mail/model';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  /** The operator's own address. */
  email: string;
  send: () => Promise<ActionResult<{ id: string; to: string }>>;
  read: (input: { id: string }) => Promise<ActionResult<MailOutcome>>;
  /** Without a mail server: where emails are stored instead. */
  isStoredInFiles: boolean;
};

type Sent = { id: string; to: string; outcome: MailOutcome; asked: number };

const POLL_INTERVAL_MILLIS = 1000;
const MAX_POLLS = 30;

/** Sends a test email and polls its state until it is sent or refused. */
export function TestMail({ email, send, read, isStoredInFiles }: Props) {
  const t = useTranslations('consoleProjects.settings.mail');
  const common = useTranslations('common');
  const [sent, setSent] = useState<Sent | null>(null);
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  const isWaiting = sent !== null && sent.outcome.state === 'queued' && sent.asked < MAX_POLLS;

  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(async () => {
      const result = await read({ id: sent.id }).catch(() => null);
      const outcome = result?.ok ? result.value : sent.outcome;
      setSent((current) => (current?.id === sent.id ? { ...current, outcome, asked: sent.asked + 1 } : current));
    }, POLL_INTERVAL_MILLIS);
    return () => clearTimeout(timer);
  }, [isWaiting, sent, read]);

  const start = async () => {
    setSent(null);
    const result = await run(send);
    if (result?.ok) setSent({ ...result.value, outcome: { state: 'queued', reason: null }, asked: 0 });
  };
  return (
    <div className="flex max-w-text flex-col items-start gap-4">
      <Button
        icon={<Send size={16} aria-hidden />}
        onClick={start}
        isPending={isPending || isWaiting}
        pendingLabel={common('working')}
        waitsForHydration
      >
        {t('test')}
      </Button>
      <p className="text-sm text-muted">{t('testHelp', { email })}</p>
      <div role="status" className="w-full empty:hidden">
        {sent && <Outcome sent={sent} isWaiting={isWaiting} isStoredInFiles={isStoredInFiles} />}
      </div>
      <ActionNote failure={failure} isCancelled={isCancelled} />
    </div>
  );
}

function Outcome({ sent, isWaiting, isStoredInFiles }: { sent: Sent; isWaiting: boolean; isStoredInFiles: boolean }) {
  const t = useTranslations('consoleProjects.settings.mail');
  const notice = useTranslations('common.notice');
  const { to, outcome } = sent;
  if (outcome.state === 'sent') {
    return (
      <Notice tone="success" word={notice('success')}>
        {isStoredInFiles ? t('kept') : t('sent', { email: to })}
      </Notice>
    );
  }
  const tone: Tone = outcome.state === 'failed' ? 'danger' : outcome.reason ? 'warning' : 'info';
  return (
    <Notice tone={tone} word={notice(tone)}>
      {outcome.state === 'failed' ? t('failed') : isWaiting ? t('queued') : t('stillQueued')}
      {outcome.reason && <Reason reason={outcome.reason} />}
    </Notice>
  );
}

/** The server's reply code and what it usually means. */
function Reason({ reason }: { reason: string }) {
  const t = useTranslations('consoleProjects.settings.mail.reason');
  const kind = /^EAUTH/.test(reason)
    ? 'login'
    : /^EENVELOPE|RCPT TO|MAIL FROM/.test(reason)
      ? 'address'
      : /^ETLS/.test(reason)
        ? 'tls'
        : /^(ECONN|ESOCKET|ETIMEDOUT|EDNS|deadline)/.test(reason)
          ? 'unreachable'
          : 'other';
  return (
    <span className="mt-1 block text-sm">
      {t(kind)} <code className="font-mono wrap-anywhere">{reason}</code>
    </span>
  );
}
