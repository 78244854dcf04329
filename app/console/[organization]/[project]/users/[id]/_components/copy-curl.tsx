'use client';

import { CopyButton } from '@/components/ui/copy-button';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = {
  command: string;
  /** "Copy as curl", or a more specific text where there are several. */
  text?: string;
  /** The accessible name where the visible text alone is ambiguous. Starts with that text. */
  label?: string;
};

/** Copies the admin API call equivalent to the button beside it. */
export function CopyCurl({ command, ...words }: Props) {
  const t = useTranslations('console');
  const common = useTranslations('common');
  const { text = t('copyAsCurl'), label = text } = words;
  return <CopyButton value={command} label={label} copyText={text} copiedText={common('copied')} />;
}
