import { Eye } from 'lucide-react';
import type { ReactNode } from 'react';
import { StateBadge } from '@/components/identity/state-badge';
import { Badge } from '@/components/ui/badge';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { ButtonLink } from '@/components/ui/button-link';
import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import { TabsNav } from '@/components/ui/tabs-nav';
import { TextLink } from '@/components/ui/text-link';
import { may, type ProjectProof } from '@/lib/http/console';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { displayName, type Identity } from '@/lib/identity/model';
import { mayChange } from './user';

const TABS = ['overview', 'traits', 'passkeys', 'sessions', 'history', 'raw'] as const;
export type UserTab = (typeof TABS)[number];

type Props = {
  proof: ProjectProof;
  identity: Identity;
  locale: Locale;
  current: UserTab;
  /** What may be done to the person as a whole, opposite their name. */
  actions?: ReactNode;
  children: ReactNode;
};

/** What every page of one person begins with: who it is, and the tabs. */
export function UserFrame({ proof, identity, locale, current, actions, children }: Props) {
  const t = translator(locale, 'consoleUsers');
  const users = `/console/${proof.organization.slug}/${proof.project.slug}/users`;
  const base = `${users}/${identity.id}`;
  const name = displayName(identity) || identity.id;
  return (
    <>
      <Breadcrumbs label={t('breadcrumbs')} items={[{ href: users, text: t('title') }]} current={name} />
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3 pb-6">
        <div className="flex min-w-0 max-w-text flex-col gap-2">
          <h1 className="text-title font-semibold wrap-anywhere">
            <bdi>{name}</bdi>
          </h1>
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2 text-sm text-muted">
            <StateBadge state={identity.state} locale={locale} />
            {identity.operatorRoles.length > 0 && <Badge>{t('operator')}</Badge>}
            <span>{t('header.schema', { schema: identity.schemaId })}</span>
            <Id id={identity.id} locale={locale} />
          </div>
        </div>
        <div className="flex flex-wrap gap-2">
          <ButtonLink href={`${base}/preview`} size="small" icon={<Eye size={16} aria-hidden />}>
            {t('preview.action')}
          </ButtonLink>
          {actions}
        </div>
      </div>
      <Limits proof={proof} identity={identity} locale={locale} />
      <TabsNav
        label={t('tabs.label')}
        items={TABS.map((tab) => ({
          href: tab === 'overview' ? base : `${base}/${tab}`,
          text: t(`tabs.${tab}`),
          isCurrent: tab === current,
        }))}
      />
      <div className="flex min-w-0 flex-col gap-6 pt-6">{children}</div>
    </>
  );
}

function Id({ id, locale }: { id: string; locale: Locale }) {
  const t = translator(locale, 'consoleUsers.header');
  const common = translator(locale, 'common');
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-2">
      <span className="min-w-0">
        {t('id')} <code className="font-mono wrap-anywhere">{id}</code>
      </span>
      <CopyButton value={id} label={t('copyId')} copyText={common('copy')} copiedText={common('copied')} />
    </span>
  );
}

/** Why the pages of this person offer less than those of others. */
function Limits({ proof, identity, locale }: Pick<Props, 'proof' | 'identity' | 'locale'>) {
  const t = translator(locale, 'consoleUsers.header');
  const isYou = identity.id === proof.person.identity.id;
  if (!isYou && (mayChange(proof, identity) || !may(proof, 'admin'))) return null;
  const link = (chunks: ReactNode) => <TextLink href="/profile/settings">{chunks}</TextLink>;
  return (
    <div className="pb-6">
      <Notice word={translator(locale, 'common')('notice.info')}>
        {isYou ? t.rich('isYou', { link }) : t('outOfReach')}
      </Notice>
    </div>
  );
}
