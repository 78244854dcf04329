import { CredentialTable } from '@/components/api-credential/credential-table';
import { EmptyState } from '@/components/ui/data/empty-state';
import { TextLink } from '@/components/ui/text-link';
import type { ApiCredential } from '@/lib/api-credential/model';
import { countApiCredentials, listApiCredentials } from '@/lib/api-credential/service';
import type { Locale } from '@/lib/i18n/model';
import { I18nProvider } from '@/lib/i18n/provider';
import { messagesOf, translator } from '@/lib/i18n/translate';
import { may, type ProjectProof } from '@/lib/web/console';
import { createCredential } from '../api-credentials/actions';
import { AddCredential } from './add-credential';

const MAX_SHOWN = 10;

const CREATION_MESSAGES = [
  'consoleCredentials.create',
  'consoleCredentials.secret',
  'consoleCredentials.settings.permission',
  'consoleCredentials.permissions',
  'consoleCredentials.permissionHelp',
  'consoleCredentials.scopes',
  'consoleCredentials.scopesMissing',
  'consoleCredentials.scopeWords',
] as const;

type Props = { proof: ProjectProof; locale: Locale; now: Date };

/** The newest API credentials of the project; the full list has its own page. */
export async function ApiCredentialsPanel({ proof, locale, now }: Props) {
  const { organization, project } = proof;
  const [credentials, total] = await Promise.all([shownOf(project.id), countApiCredentials(project.id)]);
  const t = translator(locale, 'consoleCredentials');
  const base = `/console/${organization.slug}/${project.slug}/users/api-credentials`;
  const isAdmin = may(proof, 'admin');
  return (
    <section aria-labelledby="api-credentials" className="mt-6 flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="flex min-w-0 max-w-text flex-col gap-0.5">
          <h2 id="api-credentials" className="scroll-mt-20 text-base font-semibold">
            {t('title')}
          </h2>
          <p className="text-sm text-muted">{t('help')}</p>
        </div>
        {/* Keeps its position when the list fills, because it is showing the secret. */}
        {isAdmin && (
          <I18nProvider locale={locale} messages={messagesOf(locale, ...CREATION_MESSAGES)}>
            <AddCredential
              create={createCredential.bind(null, { organization: organization.slug, project: project.slug })}
              base={base}
            />
          </I18nProvider>
        )}
      </div>
      {total === 0 ? (
        <EmptyState>{t(isAdmin ? 'empty' : 'emptyForViewer')}</EmptyState>
      ) : (
        <CredentialTable credentials={credentials} base={base} locale={locale} now={now} />
      )}
      {total > credentials.length && (
        <p>
          <TextLink href={base}>{t('showAll', { count: total })}</TextLink>
        </p>
      )}
    </section>
  );
}

/** The newest unrevoked ones; revoked ones fill the remaining rows. */
async function shownOf(projectId: string): Promise<ApiCredential[]> {
  const inUse = await listApiCredentials(projectId, { isRevoked: false, limit: MAX_SHOWN });
  const room = MAX_SHOWN - inUse.length;
  if (room === 0) return inUse;
  return [...inUse, ...(await listApiCredentials(projectId, { isRevoked: true, limit: room }))];
}
