'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { ButtonLink } from '@/components/ui/button-link';
import { ErrorSummary } from '@/components/ui/form/error-summary';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import { useWebhookMessage, WebhookFields } from '@/components/webhook/webhook-fields';
import { WebhookSecretDialog } from '@/components/webhook/webhook-secret-dialog';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import { isOutboundUrl } from '@/lib/platform/outbound/url';
import type { WebhookSettings } from '@/lib/webhook/model';

type Created = { id: string; secret: string };
type Props = { base: string; create: (input: WebhookSettings) => Promise<ActionResult<Created>> };

const EMPTY: WebhookSettings = { url: '', description: '', eventTypes: null, isActive: true };

/** Creates a webhook, shows its secret once, then opens its page. */
export function NewWebhookForm({ base, create }: Props) {
  const t = useTranslations('consoleWebhooks');
  const common = useTranslations('common');
  const router = useRouter();
  const messageOf = useWebhookMessage();
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  const [fields, setFields] = useState(EMPTY);
  const [faults, setFaults] = useState<string[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [created, setCreated] = useState<Created>();
  useUnsavedChanges((fields.url !== '' || fields.description !== '') && !created);
  const refuse = (pointers: string[]) => {
    setFailure(undefined);
    setFaults(pointers);
    setAttempt((count) => count + 1);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = faultsOf(fields);
    if (found.length > 0) return refuse(found);
    setFaults([]);
    const result = await run(() => create(fields));
    if (result?.ok) return setCreated(result.value);
    const violations = (result && 'violations' in result.error && result.error.violations) || [];
    if (violations.length > 0) refuse(violations.map(({ pointer }) => pointer));
  };
  return (
    <>
      <form noValidate method="post" onSubmit={submit} className="flex max-w-text flex-col gap-5">
        {faults.length > 0 && (
          <ErrorSummary
            title={common('errorSummary', { count: faults.length })}
            errors={faults.map((pointer) => ({ field: pointer.slice(1), message: messageOf(pointer) }))}
            attempt={attempt}
          />
        )}
        <WebhookFields
          value={fields}
          onValueChange={(change) => setFields((before) => ({ ...before, ...change }))}
          errorOf={(name) => (faults.includes(`/${name}`) ? messageOf(`/${name}`) : undefined)}
        />
        <ActionNote failure={failure} isCancelled={isCancelled} />
        <div className="flex flex-wrap items-center gap-2">
          <SubmitButton isPending={isPending} pendingLabel={common('working')}>
            {t('create.submit')}
          </SubmitButton>
          <ButtonLink href={base} variant="quiet">
            {common('cancel')}
          </ButtonLink>
        </div>
      </form>
      {created && (
        <WebhookSecretDialog
          secret={created.secret}
          title={t('secret.title')}
          onClose={() => {
            setCreated(undefined);
            router.push(`${base}/${created.id}`);
          }}
        />
      )}
    </>
  );
}

/** Pointers of the fields that the server would refuse. */
function faultsOf({ url, eventTypes }: WebhookSettings): string[] {
  return [...(isOutboundUrl(url.trim()) ? [] : ['/url']), ...(eventTypes?.length === 0 ? ['/eventTypes'] : [])];
}
