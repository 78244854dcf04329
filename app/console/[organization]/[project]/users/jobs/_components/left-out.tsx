import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { displayName } from '@/lib/identity/model/name';
import { listAfter } from '@/lib/identity/service';
import { type LeftOut as LeftOutPeople, leftOutCount } from '@/lib/job/model';
import { reasonText } from '../job-text';

type Props = {
  projectId: string;
  leftOut: LeftOutPeople;
  /** The path of the users. */
  base: string;
  locale: Locale;
};

/** The first users that a job left as they were, with the reason for each. */
export async function LeftOut({ projectId, leftOut: { people, counts }, base, locale }: Props) {
  const t = translator(locale, 'consoleJobs.people');
  const ids = [...new Set(people.map(({ id }) => id))];
  const found = new Map((await listAfter(projectId, { ids }, null, ids.length)).map((one) => [one.id, one]));
  const all = leftOutCount(counts);
  return (
    <section aria-labelledby="left-out" className="flex flex-col gap-3">
      <h2 id="left-out" className="text-base font-semibold">
        {t('title')}
      </h2>
      {all > people.length && <p className="text-muted">{t('first', { count: people.length, all })}</p>}
      <DataTable
        label={t('title')}
        head={
          <>
            <Th isWide>{t('user')}</Th>
            <Th isWide>{t('reason')}</Th>
          </>
        }
      >
        {people.map(({ id, reason }, at) => {
          const identity = found.get(id);
          const name = identity ? displayName(identity) || id : t('deleted');
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: an undo may list a user more than once, in this order
            <Row key={at}>
              <RowHeader {...(identity && { href: `${base}/${id}` })} title={name}>
                <bdi>{name}</bdi>
              </RowHeader>
              <Td>{reasonText(reason, locale)}</Td>
            </Row>
          );
        })}
      </DataTable>
    </section>
  );
}
