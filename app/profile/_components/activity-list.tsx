'use client';

import { Facts, Item, ItemList } from '@/components/ui/data/item-list';
import { RelativeTime } from '@/components/ui/data/relative-time';
import type { Locale } from '@/lib/i18n/model';

export type ShownEvent = { id: string; sentence: string; createdAt: Date; place: string[] };

type Props = { label: string; events: ShownEvent[]; locale: Locale; now: Date };

/** Events as rows. A client component, so that the page contains their data instead of their elements. */
export function ActivityList({ label, events, locale, now }: Props) {
  return (
    <ItemList label={label}>
      {events.map(({ id, sentence, createdAt, place }) => (
        <Item
          key={id}
          title={sentence}
          detail={<Facts>{[<RelativeTime key="time" value={createdAt} now={now} locale={locale} />, ...place]}</Facts>}
        />
      ))}
    </ItemList>
  );
}
