import { notFound } from 'next/navigation';
import { PageHeading } from '@/components/shell/page-heading';
import { TextLink } from '@/components/ui/text-link';
import { formatDate } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { summarizeRecoveryCodes } from '@/lib/recovery-code/service';
import { toRecoveryPage } from '@/lib/verification/model';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { requireSession } from '@/lib/web/session';
import { ManageCodes } from './_components/manage-codes';
import * as actions from './actions';

export const generateMetadata = pageTitle('recoveryCodes', 'title');

/** A person's recovery codes: creating, replacing and deleting them. */
export default async function RecoveryCodesPage() {
  const { project, identity } = await requireSession();
  const [locale, summary] = await Promise.all([getLocale(identity.locale), summarizeRecoveryCodes(identity)]);
  if (project.recoveryCodes === 'off' && !summary) notFound();
  const t = translator(locale, 'recoveryCodes');
  return (
    <I18nProvider locale={locale} messages={messagesOf(locale, 'recoveryCodes')}>
      <PageHeading title={t('title')}>{t('about')}</PageHeading>
      <div className="flex max-w-text flex-col items-start gap-6">
        <ManageCodes
          summary={summary}
          mayCreate={project.recoveryCodes !== 'off'}
          locale={locale}
          sheet={{
            title: t('made.fileTitle', { project: project.name }),
            help: t('made.fileHelp', { address: toRecoveryPage(project.origin) }),
            date: t('made.fileDate', { date: formatDate(new Date(), locale, 'UTC') }),
          }}
          submitCreate={actions.submitCreate}
          create={actions.createCodes}
          remove={actions.deleteCodes}
        />
        <TextLink href="/profile">{t('back')}</TextLink>
      </div>
    </I18nProvider>
  );
}
