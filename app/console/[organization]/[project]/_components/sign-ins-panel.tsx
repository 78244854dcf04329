import { EmptyState } from '@/components/ui/data/empty-state';
import { type ChartColumn, StackedBarChart } from '@/components/ui/data/stacked-bar-chart';
import { DataTable, Row, RowHeader, Td, Th } from '@/components/ui/data/table';
import { Disclosure } from '@/components/ui/layout/disclosure';
import { Panel } from '@/components/ui/layout/panel';
import { formatDate, formatNumber, type Locale, toIntlTag } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import { countSignIns, type SignInDay } from '@/lib/session/service';
import type { ProjectProof } from '@/lib/web/console';

const DAYS = 30;
const METHODS = ['passkey', 'code', 'link', 'other'] as const;

/** Sign-ins of the last days, as a chart and as a table. */
export async function SignInsPanel({ proof, locale }: { proof: ProjectProof; locale: Locale }) {
  const days = await countSignIns(proof.project.id, DAYS);
  const t = translator(locale, 'consoleOverview.signIns');
  const hasAny = days.some((day) => sumOf(day) > 0);
  return (
    <Panel id="sign-ins" title={t('title')} help={t('help', { days: DAYS })}>
      {hasAny ? (
        <div className="flex flex-col gap-4">
          <SignInChart days={days} locale={locale} />
          <Disclosure summary={t('showTable')}>
            <div className="-mx-4 -mb-4 border-t border-line sm:-mx-5">
              <SignInTable days={days} locale={locale} />
            </div>
          </Disclosure>
        </div>
      ) : (
        <EmptyState>{t('empty', { days: DAYS })}</EmptyState>
      )}
    </Panel>
  );
}

type Props = { days: SignInDay[]; locale: Locale };

function SignInChart({ days, locale }: Props) {
  const t = translator(locale, 'consoleOverview.signIns');
  const series = METHODS.map((method) => ({
    id: method,
    name: t(`methods.${method}`),
    total: formatNumber(
      days.reduce((sum, day) => sum + day[method], 0),
      locale,
    ),
  }));
  const tick = new Intl.DateTimeFormat(toIntlTag(locale), { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const columns = days.map((day, at): ChartColumn => {
    const numbers = METHODS.map((method) => `${t(`methods.${method}`)}: ${formatNumber(day[method], locale)}`);
    // One a week, counted back from today.
    const back = days.length - 1 - at;
    return {
      id: day.day.toISOString(),
      title: [formatDate(day.day, locale, 'UTC'), ...numbers].join('\n'),
      tick: back % 7 === 0 ? { text: tick.format(day.day), isMinor: back % 14 !== 0 } : undefined,
      values: METHODS.map((method) => day[method]),
    };
  });
  const compact = new Intl.NumberFormat(toIntlTag(locale), { notation: 'compact' });
  return (
    <StackedBarChart
      id="sign-ins-chart"
      label={t('label', { days: DAYS, numbers: series.map(({ name, total }) => `${name} ${total}`).join(', ') })}
      series={series}
      columns={columns}
      formatTick={(value) => compact.format(value)}
    />
  );
}

/** The newest day first. */
function SignInTable({ days, locale }: Props) {
  const t = translator(locale, 'consoleOverview.signIns');
  return (
    <DataTable
      label={t('table')}
      isFlush
      head={
        <>
          <Th>{t('day')}</Th>
          {METHODS.map((method) => (
            <Th key={method} isNumeric>
              {t(`methods.${method}`)}
            </Th>
          ))}
          <Th isNumeric>{t('total')}</Th>
        </>
      }
    >
      {days.toReversed().map((day) => (
        <Row key={day.day.toISOString()}>
          <RowHeader>{formatDate(day.day, locale, 'UTC')}</RowHeader>
          {METHODS.map((method) => (
            <Td key={method} isNumeric>
              {formatNumber(day[method], locale)}
            </Td>
          ))}
          <Td isNumeric>{formatNumber(sumOf(day), locale)}</Td>
        </Row>
      ))}
    </DataTable>
  );
}

const sumOf = (day: SignInDay) => METHODS.reduce((sum, method) => sum + day[method], 0);
