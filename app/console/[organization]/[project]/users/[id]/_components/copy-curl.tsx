'use client';

import { useTranslations } from 'use-intl/react';
import { CopyButton } from '@/components/ui/copy-button';

/** The call of the admin API that does the same as the button beside it. */
export function CopyCurl({ command }: { command: string }) {
  const t = useTranslations('console');
  const common = useTranslations('common');
  return (
    <CopyButton value={command} label={t('copyAsCurl')} copyText={t('copyAsCurl')} copiedText={common('copied')} />
  );
}
