'use client';

import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Item, ItemList } from '@/components/ui/data/item-list';
import { useToast } from '@/components/ui/overlay/toast';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type ReviewItem = { kind: 'origin' | 'sender'; value: string; project: string };
type PendingItem = ReviewItem & { id: string };
type UnreviewedItem = ReviewItem & { projectId: string };

type Props = {
  waiting: PendingItem[];
  unreviewed: UnreviewedItem[];
  approve: (input: { id: string }) => Promise<ActionResult<unknown>>;
  reject: (input: { id: string }) => Promise<ActionResult<unknown>>;
  keep: (input: Pick<UnreviewedItem, 'kind' | 'projectId' | 'value'>) => Promise<ActionResult<unknown>>;
};

/** Claims of all projects in the installation, and domains and senders in use from before approval existed. */
export function DomainReview({ waiting, unreviewed, approve, reject, keep }: Props) {
  const t = useTranslations('consoleDomains');
  const common = useTranslations('common');
  const toast = useToast();
  const { run, isPending, failure, isCancelled } = useStepUpAction();
  const decide = async (attempt: () => Promise<ActionResult<unknown>>, text: string) => {
    const result = await run(attempt);
    if (result?.ok) toast({ text });
  };
  const button = (label: string, text: string, press: () => void, variant: 'secondary' | 'quiet' = 'secondary') => (
    <Button
      size="small"
      variant={variant}
      aria-label={label}
      onClick={press}
      isPending={isPending}
      pendingLabel={common('working')}
      waitsForHydration
    >
      {text}
    </Button>
  );
  if (waiting.length + unreviewed.length === 0) return <p className="text-muted">{t('review.none')}</p>;
  return (
    <div className="flex max-w-text flex-col gap-5">
      <ActionNote failure={failure} isCancelled={isCancelled} />
      {waiting.length > 0 && (
        <ItemList label={t('review.waitingTitle')}>
          {waiting.map(({ id, kind, value, project }) => (
            <Item
              key={id}
              title={<bdi>{value}</bdi>}
              badges={<Badge tone="warning">{t('waiting')}</Badge>}
              detail={t(`review.${kind}`, { project })}
              actions={
                <>
                  {button(t('review.approveLabel', { value, project }), t('review.approve'), () =>
                    decide(() => approve({ id }), t('review.approved', { value })),
                  )}
                  {button(
                    t('review.rejectLabel', { value, project }),
                    t('review.reject'),
                    () => decide(() => reject({ id }), t('review.rejected', { value })),
                    'quiet',
                  )}
                </>
              }
            />
          ))}
        </ItemList>
      )}
      {unreviewed.length > 0 && (
        <ItemList label={t('review.olderTitle')}>
          {unreviewed.map(({ kind, projectId, value, project }) => (
            <Item
              key={`${kind} ${projectId} ${value}`}
              title={<bdi>{value}</bdi>}
              badges={<Badge>{t('review.older')}</Badge>}
              detail={t(`review.${kind}`, { project })}
              actions={button(t('review.keepLabel', { value, project }), t('review.keep'), () =>
                decide(() => keep({ kind, projectId, value }), t('review.kept', { value })),
              )}
            />
          ))}
        </ItemList>
      )}
    </div>
  );
}
