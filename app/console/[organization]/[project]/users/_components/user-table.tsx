import { DataTable, type HideBelow, type Sort, Th } from '@/components/ui/data/table';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { emailOf, type Identity } from '@/lib/identity/model';
import { displayName, plainName } from '@/lib/identity/model/name';
import type { IdentityOrder } from '@/lib/identity/service';
import { toPicturePath } from '@/lib/picture/model';
import type { Column, ShownColumns } from '../columns';
import { listHref, type UserQuery } from '../query';
import { type ShownUser, UserRows } from './user-rows';
import { SelectPage } from './user-selection';

type Props = {
  identities: Identity[];
  query: UserQuery;
  shown: ShownColumns;
  /** Whether rows have a box to select them. */
  isSelectable: boolean;
  base: string;
  locale: Locale;
};

/** Below these widths, columns that were not chosen are hidden: more would not fit. */
const USUALLY_HIDDEN: Partial<Record<Column, HideBelow>> = { signedIn: 'lg', passkeys: 'xl', created: 'xl' };

/** Users, each row linked to their page. */
export function UserTable({ identities, query, shown, isSelectable, base, locale }: Props) {
  const t = translator(locale, 'consoleUsers');
  const sorts: Partial<Record<Column, IdentityOrder['sort']>> = { signedIn: 'signedIn', created: 'created' };
  const columns = shown.columns.map((column) => ({
    column,
    hideBelow: (column === 'state' ? 'sm' : (!shown.isChosen && USUALLY_HIDDEN[column]) || 'md') as HideBelow,
  }));
  const users = identities.map((identity) => toShown(identity, shown.columns));
  return (
    <DataTable
      label={t('title')}
      head={
        <>
          {isSelectable && (
            <Th className="w-px">
              <SelectPage ids={users.map(({ id }) => id)} />
            </Th>
          )}
          <Th isWide className="max-md:w-full" sort={toSort(base, query, 'name')}>
            {t('list.name')}
          </Th>
          {columns.map(({ column, hideBelow }) => {
            const sort = sorts[column];
            return (
              <Th
                key={column}
                hideBelow={hideBelow}
                isWide={column === 'email'}
                isNumeric={column === 'passkeys'}
                {...(sort && { sort: toSort(base, query, sort) })}
              >
                {t(`columns.names.${column}`)}
              </Th>
            );
          })}
        </>
      }
    >
      <UserRows
        users={users}
        columns={columns}
        isSelectable={isSelectable}
        base={base}
        locale={locale}
        now={new Date()}
      />
    </DataTable>
  );
}

/** Only what the columns show: the page carries each row's data twice. */
function toShown(identity: Identity, columns: readonly Column[]): ShownUser {
  const { id, state, deletionDueAt, passkeyCount, createdAt, signedInAt, schemaId, externalId } = identity;
  const email = emailOf(identity);
  const name = displayName(identity) || id;
  const plain = plainName(identity);
  const has = (column: Column) => columns.includes(column);
  return {
    id,
    name,
    plainName: plain === name || plain === '' ? undefined : plain,
    picture: toPicturePath(identity.pictureId) ?? undefined,
    email,
    isVerified: identity.verifiableAddresses.some(({ value, verified }) => value === email && verified),
    isOperator: identity.operatorRoles.length > 0,
    state,
    deletionDueAt,
    passkeyCount: has('passkeys') ? passkeyCount : undefined,
    signedInAt: has('signedIn') ? signedInAt : undefined,
    createdAt: has('created') ? createdAt : undefined,
    schemaId: has('schema') ? schemaId : undefined,
    externalId: has('externalId') ? externalId : undefined,
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
