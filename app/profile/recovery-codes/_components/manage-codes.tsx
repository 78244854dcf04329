'use client';

import { useState } from 'react';
import { FailureNotice } from '@/components/shell/failure-notice';
import { ConfirmAction } from '@/components/step-up/confirm-action';
import { useStepUpForm } from '@/components/step-up/use-step-up-form';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { Notice } from '@/components/ui/notice';
import { formatDate, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import { FEW_RECOVERY_CODES, type RecoveryCodeSummary } from '@/lib/recovery-code/model';
import type { CodesState, createCodes, deleteCodes, submitCreate } from '../actions';
import { type CodeSheet, ShownCodes } from './shown-codes';

type Props = {
  summary: RecoveryCodeSummary | null;
  /** The project's policy. */
  mayCreate: boolean;
  locale: Locale;
  sheet: CodeSheet;
  submitCreate: typeof submitCreate;
  create: typeof createCodes;
  remove: typeof deleteCodes;
};

/** How many codes are left, and what can be done with them; after creation, the codes. */
export function ManageCodes({ summary, mayCreate, locale, sheet, ...actions }: Props) {
  const t = useTranslations('recoveryCodes');
  const common = useTranslations('common');
  const [replaced, setReplaced] = useState<string[] | null>(null);
  const [isSaved, setSaved] = useState(false);
  const [state, submit] = useStepUpForm<CodesState>(actions.submitCreate, { codes: null, failure: null }, (code) => ({
    codes: null,
    failure: { code },
  }));
  const codes = replaced ?? state.codes;
  if (codes && !isSaved) return <ShownCodes codes={codes} sheet={sheet} onSaved={() => setSaved(true)} />;
  if (!summary) {
    return (
      <form action={submit} className="flex flex-col items-start gap-4" onSubmit={() => setSaved(false)}>
        <p>{t('none')}</p>
        <FailureNotice failure={state.failure} />
        <SubmitButton pendingLabel={common('working')}>{t('create')}</SubmitButton>
      </form>
    );
  }
  const { left, total, createdAt } = summary;
  return (
    <>
      {left <= FEW_RECOVERY_CODES && (
        <Notice tone="warning" word={common('notice.warning')}>
          {t('few', { left })}
        </Notice>
      )}
      <p>{t('left', { left, total: String(total), date: formatDate(createdAt, locale, 'UTC') })}</p>
      <div className="flex flex-wrap gap-2">
        {mayCreate && (
          <ConfirmAction
            trigger={{ children: t('replace'), variant: left <= FEW_RECOVERY_CODES ? 'primary' : 'secondary' }}
            title={t('replaceDialog.title')}
            description={<p>{t('replaceDialog.body', { left })}</p>}
            confirmLabel={t('replace')}
            action={actions.create}
            onDone={(created) => {
              setSaved(false);
              setReplaced(created.codes);
            }}
          />
        )}
        <ConfirmAction
          trigger={{ children: t('remove'), variant: 'danger' }}
          title={t('removeDialog.title')}
          description={<p>{t('removeDialog.body', { left })}</p>}
          confirmLabel={t('removeDialog.confirm')}
          action={actions.remove}
          doneText={t('removed')}
          onDone={() => setReplaced(null)}
        />
      </div>
      {mayCreate && <p className="text-sm text-muted">{t('replaceHelp')}</p>}
    </>
  );
}
