'use client';

import { CodeBlock } from '@/components/ui/code-block';
import { TextLink } from '@/components/ui/text-link';
import type { SettingsText } from '@/lib/application/model/templates';
import { formatDay, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';

type Props = { settings: SettingsText | null; locale: Locale };

/** The settings of a product, filled in, with the documentation they come from. Nothing without a product. */
export function SettingsBlock({ settings, locale }: Props) {
  const t = useTranslations('consoleApplications.connection');
  const common = useTranslations('common');
  if (!settings) return null;
  const { place, text, name, source } = settings;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <CodeBlock
        label={t('settings', { place })}
        code={text}
        copy={{ label: t('copySettings'), text: common('copy'), copiedText: common('copied') }}
      />
      {source && (
        <p className="text-sm text-muted">
          <TextLink href={source.url}>{t('source', { name, date: formatDay(new Date(source.read), locale) })}</TextLink>
        </p>
      )}
    </div>
  );
}
