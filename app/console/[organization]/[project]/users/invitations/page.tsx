import { PageHeading } from '@/components/shell/page-heading';
import { DateText } from '@/components/ui/data/date-text';
import { EmptyState } from '@/components/ui/data/empty-state';
import { Pager } from '@/components/ui/data/pager';
import { newestFirst } from '@/components/ui/data/pager-words';
import { DataTable, Row, RowActions, RowHeader, Td, Th } from '@/components/ui/data/table';
import { Breadcrumbs } from '@/components/ui/layout/breadcrumbs';
import { Section } from '@/components/ui/layout/section';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { RegistrationInvitation } from '@/lib/invitation/model';
import { listRegistrationInvitations } from '@/lib/invitation/service';
import { may, type ProjectPlace, requireProject } from '@/lib/web/console';
import { readCursorPage } from '@/lib/web/cursor-page';
import { getLocale } from '@/lib/web/locale';
import { pageTitle } from '@/lib/web/page-title';
import { InviteForm } from './_components/invite-form';
import { RevokeInvitation } from './_components/revoke-invitation';
import { invite, revokeInvitation } from './actions';

const PAGE_SIZE = 50;

export const generateMetadata = pageTitle('consoleUsers.invitations', 'title');

/** Invitations to register. The page says so where registration is open or closed. */
export default async function InvitationsPage({
  params,
  searchParams,
}: PageProps<'/console/[organization]/[project]/users/invitations'>) {
  const place = await params;
  const proof = await requireProject(place);
  const [locale, page] = await Promise.all([
    getLocale(proof.person.identity.locale),
    readCursorPage(await searchParams, PAGE_SIZE, (at) => listRegistrationInvitations(proof.project.id, at)),
  ]);
  const t = translator(locale, 'consoleUsers.invitations');
  const { registration } = proof.project;
  const users = `/console/${place.organization}/${place.project}/users`;
  const isAdmin = may(proof, 'admin');
  return (
    <>
      <Breadcrumbs
        label={translator(locale, 'common')('breadcrumbs')}
        items={[{ href: users, text: translator(locale, 'console.nav')('users') }]}
        current={t('title')}
      />
      <PageHeading title={t('title')}>{t('help')}</PageHeading>
      <div className="flex flex-col gap-8">
        {registration !== 'invitation' && (
          <Notice
            word={translator(locale, 'common.notice')('info')}
            action={
              isAdmin && (
                <TextLink href={`/console/${place.organization}/${place.project}/settings`}>{t('settings')}</TextLink>
              )
            }
          >
            {t(registration)}
          </Notice>
        )}
        {registration === 'invitation' && isAdmin && (
          <Section id="invite" title={t('invite')}>
            <InviteForm invite={invite.bind(null, place)} />
          </Section>
        )}
        <Section id="open" title={t('list')}>
          {page.items.length === 0 ? (
            <EmptyState>{t('empty')}</EmptyState>
          ) : (
            <div className="flex flex-col gap-4">
              <Invitations invitations={page.items} place={isAdmin ? place : null} locale={locale} />
              <Pager
                {...newestFirst(locale)}
                firstHref={page.newer ? `${users}/invitations` : null}
                previousHref={page.newer ? `${users}/invitations?after=${page.newer}` : null}
                nextHref={page.older ? `${users}/invitations?before=${page.older}` : null}
              >
                {t('utc')}
              </Pager>
            </div>
          )}
        </Section>
      </div>
    </>
  );
}

type ListProps = {
  invitations: RegistrationInvitation[];
  /** For revoking invitations; null for viewers. */
  place: ProjectPlace | null;
  locale: Locale;
};

function Invitations({ invitations, place, locale }: ListProps) {
  const t = translator(locale, 'consoleUsers.invitations');
  return (
    <DataTable
      label={t('list')}
      head={
        <>
          <Th isWide>{t('address')}</Th>
          <Th hideBelow="sm">{t('created')}</Th>
          <Th>{t('expires')}</Th>
          {place && (
            <Th>
              <VisuallyHidden>{t('actions')}</VisuallyHidden>
            </Th>
          )}
        </>
      }
    >
      {invitations.map(({ id, email, createdAt, expiresAt }) => (
        <Row key={id}>
          <RowHeader title={email}>
            <bdi>{email}</bdi>
          </RowHeader>
          <Td isMuted isNoWrap hideBelow="sm">
            <DateText value={createdAt} locale={locale} />
          </Td>
          <Td isMuted isNoWrap>
            <DateText value={expiresAt} locale={locale} />
          </Td>
          {place && (
            <RowActions>
              <RevokeInvitation email={email} revoke={revokeInvitation.bind(null, place, { id })} />
            </RowActions>
          )}
        </Row>
      ))}
    </DataTable>
  );
}
