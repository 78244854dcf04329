import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/data/relative-time';
import { DataTable, Row, RowActions, RowHeader, Td, Th } from '@/components/ui/data/table';
import { VisuallyHidden } from '@/components/ui/layout/visually-hidden';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { ActionResult } from '@/lib/platform/action-result';
import type { PublishedKey, SigningPurpose } from '@/lib/token/model';
import { RevokeKey } from './revoke-key';

type Props = {
  purpose: SigningPurpose;
  keys: PublishedKey[];
  now: Date;
  locale: Locale;
  /** Absent for viewers. */
  revoke: ((input: { kid: string }) => Promise<ActionResult<unknown>>) | undefined;
};

const TONES = { current: 'success', next: 'info', retired: 'neutral' } as const;
const ORDER: PublishedKey['state'][] = ['current', 'next', 'retired'];

/** Published keys of one purpose, the current one first. */
export function SigningKeys({ purpose, keys, now, locale, revoke }: Props) {
  const t = translator(locale, 'consoleProjects.settings.keys');
  const sorted = [...keys].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  return (
    <DataTable
      label={t(purpose === 'id_token' ? 'idList' : 'list')}
      head={
        <>
          <Th isWide>{t('kid')}</Th>
          <Th>{t('state')}</Th>
          <Th hideBelow="md">{t('algorithm')}</Th>
          <Th hideBelow="lg">{t('created')}</Th>
          {revoke && (
            <Th>
              <VisuallyHidden>{t('actions')}</VisuallyHidden>
            </Th>
          )}
        </>
      }
    >
      {sorted.map(({ kid, state, algorithm, createdAt }) => (
        <Row key={kid}>
          <RowHeader className="font-mono" detail={<span className="font-sans">{t(`${state}Help`)}</span>} title={kid}>
            {kid}
          </RowHeader>
          <Td isNoWrap>
            <Badge tone={TONES[state]}>{t(state)}</Badge>
          </Td>
          <Td hideBelow="md" isNoWrap>
            {algorithm}
          </Td>
          <Td hideBelow="lg" isNoWrap isMuted>
            <RelativeTime value={createdAt} now={now} locale={locale} />
          </Td>
          {revoke && (
            <RowActions>
              <RevokeKey kid={kid} purpose={purpose} state={state} revoke={revoke} />
            </RowActions>
          )}
        </Row>
      ))}
    </DataTable>
  );
}
