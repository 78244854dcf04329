import { SettingsBlock } from '@/components/application/settings-block';
import { CopyField } from '@/components/ui/copy-field';
import type { Application } from '@/lib/application/model';
import { findTemplate, settingsText, toAddress } from '@/lib/application/model/templates';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';

type Props = { application: Application; issuer: string; locale: Locale };

/** What the application needs to know, and the settings of its template with a placeholder for the secret. */
export function ConnectionFacts({ application, issuer, locale }: Props) {
  const t = translator(locale, 'consoleApplications.connection');
  const common = translator(locale, 'common');
  const copy = (label: string) => ({ label, text: common('copy'), copiedText: common('copied') });
  const { clientId, template, launchUrl } = application;
  return (
    <div className="flex max-w-text flex-col gap-5">
      <CopyField name="client-id" label={t('clientId')} value={clientId} copy={copy(t('copyClientId'))} />
      <CopyField name="issuer" label={t('issuer')} value={issuer} copy={copy(t('copyIssuer'))} />
      <CopyField
        name="discovery"
        label={t('discovery')}
        value={`${issuer}/.well-known/openid-configuration`}
        copy={copy(t('copyDiscovery'))}
      />
      <SettingsBlock
        settings={settingsText(findTemplate(template), {
          issuer,
          address: toAddress(launchUrl ?? ''),
          clientId,
          clientSecret: t('placeholder'),
        })}
        locale={locale}
      />
    </div>
  );
}
