import type { ReactNode } from 'react';
import { FilterBar, FilterSelect } from '@/components/ui/data/filter-bar';
import { SearchField } from '@/components/ui/data/search-field';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { STATE_FILTERS } from '@/lib/identity/model';
import { isFiltered, listHref, orderHref, PASSKEYS, type UserQuery } from '../query';

type Props = { query: UserQuery; schemaIds: string[]; base: string; locale: Locale; children?: ReactNode };

/** Search and filters of the list; the sort order stays. */
export function UserFilters({ query, schemaIds, base, locale, children }: Props) {
  const t = translator(locale, 'consoleUsers');
  const clearLabel = translator(locale, 'common')('clearFilters');
  const action = orderHref(base, query);
  const any = { value: '', text: t('list.any') };
  return (
    <FilterBar
      label={t('list.filters')}
      action={action}
      applyLabel={t('list.apply')}
      clear={isFiltered(query) ? { href: action, label: clearLabel } : undefined}
    >
      <SearchField
        label={t('list.search')}
        placeholder={t('list.searchPlaceholder')}
        value={query.q}
        clear={query.q === '' ? undefined : { href: listHref(base, { ...query, q: '' }), label: t('list.clearSearch') }}
        hasShortcut
      />
      <FilterSelect
        name="state"
        label={t('list.state')}
        value={query.state}
        options={[any, ...STATE_FILTERS.map((value) => ({ value, text: t(`list.stateOf.${value}`) }))]}
      />
      <FilterSelect
        name="passkeys"
        label={t('list.passkeys')}
        value={query.passkeys}
        options={[any, ...PASSKEYS.map((value) => ({ value, text: t(`list.passkeysOf.${value}`) }))]}
      />
      {schemaIds.length > 1 && (
        <FilterSelect
          name="schema"
          label={t('list.schema')}
          value={query.schema}
          options={[any, ...schemaIds.map((value) => ({ value, text: value }))]}
        />
      )}
      {children}
    </FilterBar>
  );
}
