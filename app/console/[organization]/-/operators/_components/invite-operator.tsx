'use client';

import { useState } from 'react';
import { refusalViolations } from '@/components/edit/refusal-violations';
import { settingMessage } from '@/components/project/setting-message';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { CopyField } from '@/components/ui/copy-field';
import { CheckboxField } from '@/components/ui/form/checkbox-field';
import { RadioField } from '@/components/ui/form/radio-field';
import { TextField } from '@/components/ui/form/text-field';
import { UserPlus } from '@/components/ui/icons';
import { Dialog } from '@/components/ui/overlay/dialogs';
import { FormDialog } from '@/components/ui/overlay/form-dialog';
import { formatExact, type Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { OperatorRole } from '@/lib/role/model';

type Invitation = { link: string; expiresAt: Date };
type Props = {
  /** Up to the operator's own role. */
  roles: OperatorRole[];
  locale: Locale;
  invite: (input: { email: string; role: OperatorRole; isMailed: boolean }) => Promise<ActionResult<Invitation>>;
};

/** Asks for an address and a role, then shows the link once. */
export function InviteOperator({ roles, locale, invite }: Props) {
  const t = useTranslations('consoleProjects.operators.invite');
  const operators = useTranslations('consoleProjects.operators');
  const words = useTranslations('console.roles');
  const common = useTranslations('common');
  const violation = useTranslations('consoleProjects.violation');
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  const [isOpen, setOpen] = useState(false);
  const [fault, setFault] = useState<string>();
  const [invitation, setInvitation] = useState<(Invitation & { email: string; isMailed: boolean }) | null>(null);
  const open = () => {
    setFault(undefined);
    setFailure(undefined);
    setOpen(true);
  };
  const submit = async (form: FormData) => {
    const email = String(form.get('email') ?? '').trim();
    const role = roles.find((known) => known === form.get('role')) ?? 'viewer';
    const isMailed = form.get('isMailed') !== null;
    setFault(undefined);
    if (email === '') return setFault(t('emailMissing'));
    const result = await run(() => invite({ email, role, isMailed }));
    if (result?.ok) {
      setInvitation({ ...result.value, email, isMailed });
      setOpen(false);
    } else if (result) {
      const [refused] = refusalViolations(result.error);
      if (!refused) return;
      setFailure(undefined);
      setFault(settingMessage(violation, refused));
    }
  };
  return (
    <>
      <Button size="small" variant="primary" icon={<UserPlus size={16} aria-hidden />} onClick={open} waitsForHydration>
        {t('action')}
      </Button>
      <FormDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('title')}
        description={<p>{t('body')}</p>}
        cancelLabel={common('cancel')}
        closeLabel={common('close')}
        submitLabel={t('submit')}
        isPending={isPending}
        pendingLabel={common('working')}
        note={<ActionNote failure={failure} isCancelled={isCancelled} />}
        onSubmit={submit}
      >
        <TextField
          name="email"
          type="email"
          label={operators('email')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={fault}
        />
        <RadioField
          name="role"
          legend={operators('role')}
          defaultValue={roles.includes('admin') ? 'admin' : roles[0]}
          options={roles.map((value) => ({ value, text: words(value), help: operators(`${value}Help`) }))}
        />
        <CheckboxField name="isMailed" label={t('mail')} help={t('mailHelp')} />
      </FormDialog>
      {invitation && (
        <Dialog
          isOpen
          isWide
          onOpenChange={() => setInvitation(null)}
          title={t('doneTitle', { email: invitation.email })}
          description={
            <>
              <p>{t('doneBody', { date: formatExact(invitation.expiresAt, locale) })}</p>
              {invitation.isMailed && <p>{t('mailed', { email: invitation.email })}</p>}
            </>
          }
          actions={
            <Button variant="primary" onClick={() => setInvitation(null)}>
              {t('ok')}
            </Button>
          }
        >
          <CopyField
            name="invitation-link"
            label={t('link')}
            value={invitation.link}
            copy={{ label: t('copyLink'), text: common('copy'), copiedText: common('copied') }}
          />
        </Dialog>
      )}
    </>
  );
}
