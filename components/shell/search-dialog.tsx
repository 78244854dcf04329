'use client';

import { useState } from 'react';
import { CommandDialog } from '@/components/ui/overlay/command-dialog';
import { useTranslations } from '@/lib/i18n/use-translations';
import { useCommands } from './console-commands';
import type { ConsolePlace, CurrentPlace } from './console-place';
import { useUserSearch } from './use-user-search';

type Props = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void; places: ConsolePlace[]; place: CurrentPlace };

/** The dialog of the console's search. Each opening starts with an empty field. */
export function SearchDialog({ isOpen, onOpenChange, places, place }: Props) {
  const t = useTranslations('console.search');
  const [query, setQuery] = useState('');
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (wasOpen !== isOpen) {
    setWasOpen(isOpen);
    if (isOpen) setQuery('');
  }
  const { users, isLoading, hasFailed } = useUserSearch(place.project ? place.base : null, isOpen ? query : '');
  const groups = useCommands(places, place, query, users);
  return (
    <CommandDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      label={t('title')}
      placeholder={place.project ? t('placeholder', { project: place.project.name }) : t('placeholderWithoutProject')}
      closeLabel={t('close')}
      groups={groups}
      onQuery={setQuery}
      isLoading={isLoading}
      loadingText={t('loading')}
      emptyText={hasFailed ? t('failed') : t('empty')}
    />
  );
}
