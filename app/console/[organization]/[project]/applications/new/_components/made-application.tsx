'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { SettingsBlock } from '@/components/application/settings-block';
import { Button } from '@/components/ui/button';
import { CopyField } from '@/components/ui/copy-field';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import { type Connection, settingsText, type Template } from '@/lib/application/model/templates';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { Made } from './new-application-form';

type Props = { made: Made; template: Template; connection: Connection; href: string; locale: Locale };

/** What a new application needs to know. The secret lives only in this page's memory: leaving it asks first. */
export function MadeApplication({ made, template, connection, href, locale }: Props) {
  const t = useTranslations('consoleApplications');
  const words = useTranslations('consoleApplications.connection');
  const common = useTranslations('common');
  const [isDone, setDone] = useState(false);
  useUnsavedChanges(made.clientSecret !== null && !isDone);
  const router = useRouter();
  const leave = () => {
    setDone(true);
    router.push(href);
  };
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const copy = (label: string) => ({ label, text: common('copy'), copiedText: common('copied') });
  return (
    <section aria-labelledby="made" className="flex max-w-text flex-col gap-5">
      <div className="flex flex-col gap-1">
        <h2 id="made" ref={heading} tabIndex={-1} className="text-base font-semibold wrap-anywhere">
          {t('made.title', { name: made.name })}
        </h2>
        <p className="text-sm text-muted">{t(made.clientSecret === null ? 'made.bodyPublic' : 'made.body')}</p>
      </div>
      <CopyField name="client-id" label={words('clientId')} value={made.clientId} copy={copy(words('copyClientId'))} />
      {made.clientSecret !== null && (
        <CopyField
          name="client-secret"
          label={words('clientSecret')}
          value={made.clientSecret}
          copy={copy(words('copyClientSecret'))}
        />
      )}
      <CopyField name="issuer" label={words('issuer')} value={connection.issuer} copy={copy(words('copyIssuer'))} />
      <SettingsBlock settings={settingsText(template, connection)} locale={locale} />
      <div>
        <Button variant="primary" onClick={leave}>
          {t('made.done')}
        </Button>
      </div>
    </section>
  );
}
