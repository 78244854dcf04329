'use client';

import { useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CopyField } from '@/components/ui/copy-field';
import { Item, ItemList } from '@/components/ui/data/item-list';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Claim = {
  id: string;
  kind: 'origin' | 'sender';
  value: string;
  domain: string;
  record: { name: string; value: string };
};

type Props = {
  claims: Claim[];
  mayEdit: boolean;
  check: (input: { id: string }) => Promise<ActionResult<{ check: 'proven' | 'absent' | 'unreachable' }>>;
  withdraw: (input: { id: string }) => Promise<ActionResult<unknown>>;
};

/** Domains or senders pending verification, each with its DNS record. */
export function PendingDomains({ claims, mayEdit, check, withdraw }: Props) {
  const t = useTranslations('consoleDomains');
  if (claims.length === 0) return null;
  return (
    <div className="flex max-w-text flex-col gap-3">
      <p className="text-sm text-muted">{t('listHelp')}</p>
      <ItemList label={t('list')}>
        {claims.map((claim) => (
          <PendingDomain key={claim.id} claim={claim} mayEdit={mayEdit} check={check} withdraw={withdraw} />
        ))}
      </ItemList>
    </div>
  );
}

function PendingDomain({ claim, mayEdit, check, withdraw }: Omit<Props, 'claims'> & { claim: Claim }) {
  const t = useTranslations('consoleDomains');
  const common = useTranslations('common');
  const toast = useToast();
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  const [mismatch, setMismatch] = useState<'absent' | 'unreachable'>();
  const { id, kind, value, domain, record } = claim;
  const look = async () => {
    setMismatch(undefined);
    const result = await run(() => check({ id }));
    if (!result?.ok) return;
    const found = result.value.check;
    if (found === 'proven') toast({ text: t('proven', { value }) });
    else setMismatch(found);
  };
  const remove = async () => {
    const result = await run(() => withdraw({ id }));
    if (result?.ok) toast({ text: t('removed', { value }) });
  };
  const copyOf = (label: string) => ({ label, text: common('copy'), copiedText: common('copied') });
  return (
    <Item
      title={<bdi>{value}</bdi>}
      badges={<Badge tone="warning">{t('waiting')}</Badge>}
      detail={t(kind === 'origin' ? 'originWaits' : 'senderWaits')}
      actions={
        mayEdit && (
          <>
            <Button
              size="small"
              variant="secondary"
              aria-label={t('checkLabel', { value })}
              onClick={look}
              isPending={isPending}
              pendingLabel={common('working')}
              waitsForHydration
            >
              {t('check')}
            </Button>
            <Button
              size="small"
              variant="quiet"
              aria-label={t('removeLabel', { value })}
              onClick={remove}
              waitsForHydration
            >
              {t('remove')}
            </Button>
          </>
        )
      }
    >
      <ActionNote failure={failure ?? (mismatch && t(mismatch))} isCancelled={isCancelled} />
      {mayEdit && (
        <>
          <CopyField
            name={`record-name-${id}`}
            label={t('recordName')}
            value={record.name}
            copy={copyOf(t('copyName', { domain }))}
          />
          <CopyField
            name={`record-value-${id}`}
            label={t('recordValue')}
            value={record.value}
            copy={copyOf(t('copyValue', { domain }))}
          />
        </>
      )}
    </Item>
  );
}
