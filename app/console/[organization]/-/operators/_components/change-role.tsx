'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { RadioField } from '@/components/ui/radio-field';
import { useToast } from '@/components/ui/toast';
import type { OperatorRole } from '@/lib/identity/model';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  operator: { identityId: string; name: string; role: OperatorRole };
  roles: OperatorRole[];
  isLastOwner: boolean;
  changeRole: (input: { identityId: string; role: OperatorRole }) => Promise<ActionResult<unknown>>;
};

export function ChangeRole({ operator, roles, isLastOwner, changeRole }: Props) {
  const t = useTranslations('consoleProjects.operators');
  const words = useTranslations('console.roles');
  const common = useTranslations('common');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [wanted, setWanted] = useState(operator.role);
  const { run, isPending, failure, setFailure } = useStepUpAction();
  const { identityId, name } = operator;
  const open = () => {
    setFailure(undefined);
    setWanted(operator.role);
    setOpen(true);
  };
  const confirm = async () => {
    const result = await run(() => changeRole({ identityId, role: wanted }));
    if (!result?.ok) return;
    setOpen(false);
    toast({ text: t('changed', { name, role: words(wanted) }) });
  };
  return (
    <>
      <Button size="small" variant="quiet" aria-label={t('changeRoleLabel', { name })} onClick={open} waitsForHydration>
        {t('changeRole')}
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('changeTitle', { name })}
        description={isLastOwner && <p>{t('lastOwner')}</p>}
        closeLabel={common('cancel')}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{common(isLastOwner ? 'close' : 'cancel')}</Button>
            {!isLastOwner && (
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
            value={wanted}
            onValueChange={(value) => setWanted(roles.find((role) => role === value) ?? operator.role)}
            options={roles.map((value) => ({ value, text: words(value), help: t(`${value}Help`) }))}
          />
        )}
        <p role="alert" className="text-danger empty:hidden">
          {failure}
        </p>
      </Dialog>
    </>
  );
}
