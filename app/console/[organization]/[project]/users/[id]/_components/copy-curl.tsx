'use client';

import { CopyButton } from '@/components/ui/copy-button';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = {
  command: string;
  /** "Copy as curl" and of what, where several stand side by side. */
  text?: string;
  /** Where only the place says of what: the accessible name. Begins with the words that are seen. */
  label?: string;
};

/** The call of the admin API that does the same as the button beside it. */
export function CopyCurl({ command, ...words }: Props) {
  const t = useTranslations('console');
  const common = useTranslations('common');
  const { text = t('copyAsCurl'), label = text } = words;
  return <CopyButton value={command} label={label} copyText={text} copiedText={common('copied')} />;
}
