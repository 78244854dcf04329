'use client';

import { FailureNotice } from '@/components/shell/failure-notice';
import { useStepUpForm } from '@/components/step-up/use-step-up-form';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { Notice } from '@/components/ui/notice';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { DeviceState, submitStart } from '../actions';

type Props = { action: typeof submitStart; project: string; isAgain: boolean };

/** Explains the way, and shows the code after a step-up where needed. */
export function StartForm({ action, project, isAgain }: Props) {
  const t = useTranslations('pairing.start');
  const common = useTranslations('common');
  const [{ failure }, submit] = useStepUpForm<DeviceState>(action, { failure: null }, (code) => ({
    failure: { code },
  }));
  return (
    <form action={submit} className="flex flex-col items-start gap-6">
      {!isAgain && (
        <>
          <ol aria-label={t('steps')} className="flex list-decimal flex-col gap-2 ps-5">
            <li>{t('first')}</li>
            <li>{t('second')}</li>
            <li>{t('third')}</li>
          </ol>
          <Notice tone="warning" word={common('notice.warning')}>
            {t('warning', { project })}
          </Notice>
        </>
      )}
      <FailureNotice failure={failure} />
      <SubmitButton variant={isAgain ? 'secondary' : 'primary'} pendingLabel={common('working')}>
        {t(isAgain ? 'again' : 'button')}
      </SubmitButton>
    </form>
  );
}
