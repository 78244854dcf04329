'use client';

import { useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { RadioField } from '@/components/ui/form/radio-field';
import { UserRoundCog } from '@/components/ui/icons';
import { Dialog } from '@/components/ui/overlay/dialogs';
import { useToast } from '@/components/ui/overlay/toast';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type PromotionPreview, removalKeys } from '@/lib/operator/model';
import type { ActionResult } from '@/lib/platform/action-result';
import type { OperatorRole } from '@/lib/role/model';
import { isAtLeast } from '@/lib/role/model';
import { PromotionNotes, type PromotionState } from './promotion-notes';

type Change = { identityId: string; role: OperatorRole; confirmed: string[]; email?: string | null };
export type RoleActions = {
  changeRole: (input: Change) => Promise<ActionResult<unknown>>;
  previewPromotion: (input: { identityId: string }) => Promise<ActionResult<PromotionPreview>>;
};
type Props = RoleActions & {
  operator: { identityId: string; name: string; role: OperatorRole };
  roles: OperatorRole[];
  isLastOwner: boolean;
  locale: Locale;
};

/** A promotion first shows what it removes; exactly that is confirmed. */
export function ChangeRole({ operator, roles, isLastOwner, locale, changeRole, previewPromotion }: Props) {
  const t = useTranslations('consoleProjects.operators');
  const words = useTranslations('console.roles');
  const common = useTranslations('common');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [newRole, setNewRole] = useState(operator.role);
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  const { identityId, name, role } = operator;
  const isHigher = newRole !== role && isAtLeast(newRole, role);
  const { state, look } = usePreview(() => previewPromotion({ identityId }));
  const open = () => {
    setFailure(undefined);
    setNewRole(role);
    setOpen(true);
    if (role !== 'owner') void look();
  };
  const confirm = async () => {
    const shown = isHigher && typeof state === 'object' ? state : null;
    const confirmed = shown ? removalKeys(shown.removals) : [];
    const result = await run(() =>
      changeRole({ identityId, role: newRole, confirmed, ...(shown && { email: shown.email }) }),
    );
    if (result?.ok) {
      setOpen(false);
      toast({ text: t('changed', { name, role: words(newRole) }) });
    } else if (result?.error.code === 'removals_changed') await look();
  };
  const mayConfirm = !isLastOwner && (!isHigher || (typeof state === 'object' && state.isVerified));
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        icon={<UserRoundCog size={16} aria-hidden />}
        aria-label={t('changeRoleLabel', { name })}
        onClick={open}
        waitsForHydration
      >
        <span className="max-sm:sr-only">{t('changeRole')}</span>
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('changeTitle', { name })}
        description={isLastOwner && <p>{t('lastOwner')}</p>}
        closeLabel={common('close')}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{common(isLastOwner ? 'close' : 'cancel')}</Button>
            {mayConfirm && (
              <Button variant="primary" onClick={confirm} isPending={isPending} pendingLabel={common('working')}>
                {t('changeRole')}
              </Button>
            )}
          </>
        }
      >
        {!isLastOwner && (
          <RadioField
            name="role"
            legend={t('role')}
            value={newRole}
            onValueChange={(value) => setNewRole(roles.find((known) => known === value) ?? role)}
            options={roles.map((value) => ({ value, text: words(value), help: t(`${value}Help`) }))}
          />
        )}
        <div role="status" className="empty:hidden">
          {isHigher && <PromotionNotes name={name} state={state} locale={locale} />}
        </div>
        <ActionNote failure={failure} isCancelled={isCancelled} />
      </Dialog>
    </>
  );
}

function usePreview(ask: () => Promise<ActionResult<PromotionPreview>>) {
  const [state, setState] = useState<PromotionState>('loading');
  const look = async () => {
    setState('loading');
    const result = await ask().catch(() => null);
    setState(result?.ok ? result.value : 'failed');
  };
  return { state, look };
}
