import { DataTable, type Sort, Th } from '@/components/ui/data/table';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { emailOf, type Identity } from '@/lib/identity/model';
import { displayName } from '@/lib/identity/model/name';
import type { IdentityOrder } from '@/lib/identity/service';
import { listHref, type UserQuery } from '../query';
import { type ShownUser, UserRows } from './user-rows';

type Props = { identities: Identity[]; query: UserQuery; base: string; locale: Locale };

/** Users, each row linked to their page. */
export function UserTable({ identities, query, base, locale }: Props) {
  const t = translator(locale, 'consoleUsers');
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
      <UserRows users={identities.map(toShown)} base={base} locale={locale} now={new Date()} />
    </DataTable>
  );
}

function toShown(identity: Identity): ShownUser {
  const { id, state, passkeyCount, createdAt } = identity;
  const email = emailOf(identity);
  return {
    id,
    name: displayName(identity) || id,
    email,
    isVerified: identity.verifiableAddresses.some(({ value, verified }) => value === email && verified),
    isOperator: identity.operatorRoles.length > 0,
    state,
    passkeyCount,
    createdAt,
  };
}

/** Default direction: names ascending, dates newest first; selecting again reverses it. */
function toSort(base: string, query: UserQuery, sort: IdentityOrder['sort']): Sort {
  const isCurrent = query.sort === sort;
  const usual = sort === 'name' ? 'ascending' : 'descending';
  const reversed = query.direction === 'ascending' ? 'descending' : 'ascending';
  const href = listHref(base, { ...query, sort, direction: isCurrent ? reversed : usual });
  return { href, direction: isCurrent ? query.direction : undefined };
}
