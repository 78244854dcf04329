'use client';

import { LeaveGuard } from '@/components/ui/overlay/leave-guard';
import { useTranslations } from '@/lib/i18n/use-translations';

/** For pages with forms: asks before a link drops unsaved changes. */
export function UnsavedGuard() {
  const t = useTranslations('common.leave');
  return <LeaveGuard title={t('title')} body={t('body')} stayLabel={t('stay')} leaveLabel={t('confirm')} />;
}
