'use client';

import { CopyButton } from '@/components/ui/copy-button';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = {
  command: string;
  /** "Copy as curl", with what it copies where there are several. */
  text?: string;
  /** The accessible name where only the position says what is copied. Starts with the visible text. */
  label?: string;
};

/** The admin API call that does the same as the button beside it. */
export function CopyCurl({ command, ...words }: Props) {
  const t = useTranslations('console');
  const common = useTranslations('common');
  const { text = t('copyAsCurl'), label = text } = words;
  return <CopyButton value={command} label={label} copyText={text} copiedText={common('copied')} />;
}
