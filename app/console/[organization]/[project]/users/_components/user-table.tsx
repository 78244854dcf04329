import { IdentityStateBadge } from '@/components/identity/identity-state-badge';
import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { DataTable, Row, RowHeader, type Sort, Td, Th } from '@/components/ui/data/table';
import { formatNumber, type Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { emailOf, type Identity } from '@/lib/identity/model';
import { displayName } from '@/lib/identity/model/name';
import type { IdentityOrder } from '@/lib/identity/service';
import { listHref, type UserQuery } from '../query';

type Props = { identities: Identity[]; query: UserQuery; base: string; locale: Locale };

/** Users, each row linked to their page. */
export function UserTable({ identities, query, base, locale }: Props) {
  const t = translator(locale, 'consoleUsers');
  const now = new Date();
  const sortBy = (sort: IdentityOrder['sort']) => toSort(base, query, sort);
  return (
    <DataTable
      label={t('title')}
      head={
        <>
          <Th sort={sortBy('name')}>{t('list.name')}</Th>
          <Th hideBelow="md">{t('list.email')}</Th>
          <Th>{t('list.state')}</Th>
          <Th isNumeric hideBelow="lg">
            {t('list.passkeys')}
          </Th>
          <Th hideBelow="sm" sort={sortBy('created')}>
            {t('list.created')}
          </Th>
        </>
      }
    >
      {identities.map((identity) => (
        <Row key={identity.id}>
          <RowHeader
            href={`${base}/${identity.id}`}
            badges={identity.operatorRoles.length > 0 && <Badge>{t('operator')}</Badge>}
            detail={
              <span className="md:hidden">
                <Email identity={identity} locale={locale} isUnderName />
              </span>
            }
          >
            <bdi>{displayName(identity) || identity.id}</bdi>
          </RowHeader>
          <Td hideBelow="md">
            <Email identity={identity} locale={locale} />
          </Td>
          <Td isNoWrap>
            <IdentityStateBadge state={identity.state} locale={locale} />
          </Td>
          <Td isNumeric hideBelow="lg">
            {formatNumber(identity.passkeyCount, locale)}
          </Td>
          <Td isMuted isNoWrap hideBelow="sm">
            <RelativeTime value={identity.createdAt} now={now} locale={locale} />
          </Td>
        </Row>
      ))}
    </DataTable>
  );
}

/** Users without a name show their address as the name; it is not repeated below. */
function Email({ identity, locale, isUnderName }: { identity: Identity; locale: Locale; isUnderName?: boolean }) {
  const t = translator(locale, 'consoleUsers');
  const email = emailOf(identity);
  if (email === null) return <span className="text-muted">{t('noEmail')}</span>;
  const isVerified = identity.verifiableAddresses.some(({ value, verified }) => value === email && verified);
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      {!(isUnderName && displayName(identity) === email) && <bdi className="min-w-0 wrap-anywhere">{email}</bdi>}
      {!isVerified && <Badge tone="warning">{t('unverified')}</Badge>}
    </span>
  );
}

/** Default direction: names ascending, dates newest first; selecting again reverses it. */
function toSort(base: string, query: UserQuery, sort: IdentityOrder['sort']): Sort {
  const isCurrent = query.sort === sort;
  const usual = sort === 'name' ? 'ascending' : 'descending';
  const reversed = query.direction === 'ascending' ? 'descending' : 'ascending';
  const href = listHref(base, { ...query, sort, direction: isCurrent ? reversed : usual });
  return { href, direction: isCurrent ? query.direction : undefined };
}
