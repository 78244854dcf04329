'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/form/error-summary';
import { TextAreaField } from '@/components/ui/form/text-area-field';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Fault = { line: number; message: string | null };

type Props = {
  schemaId: string;
  initial: string;
  /** Where the result is: followed by the job's ID. */
  href: string;
  check: (input: { schemaId: string; text: string }) => Promise<ActionResult<{ id: string } | { faults: Fault[] }>>;
};

const FIELD = 'schema-draft';

/** The JSON of a draft. A fault leads to its line. */
export function DraftForm({ schemaId, initial, href, check }: Props) {
  const t = useTranslations('consoleSchemaChange.edit');
  const common = useTranslations('common');
  const router = useRouter();
  const { run, isPending, failure } = useStepUpAction();
  const [text, setText] = useState(initial);
  const [refused, setRefused] = useState<{ faults: Fault[]; attempt: number }>({ faults: [], attempt: 0 });
  const [isLeaving, setLeaving] = useState(false);
  useUnsavedChanges(text !== initial && !isLeaving);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const outcome = await run(() => check({ schemaId, text }));
    if (!outcome?.ok) return;
    if ('faults' in outcome.value) {
      const { faults } = outcome.value;
      setRefused(({ attempt }) => ({ faults, attempt: attempt + 1 }));
      return;
    }
    setLeaving(true);
    router.push(`${href}/${outcome.value.id}`);
  };
  const errors = refused.faults.map(({ line, message }) => t('line', { line, message: message ?? t('notJson') }));
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <ErrorSummary
        title={t('faults')}
        errors={errors.map((message) => ({ field: 'text', id: FIELD, message }))}
        attempt={refused.attempt}
      />
      <TextAreaField
        id={FIELD}
        name="text"
        label={t('document')}
        value={text}
        onChange={({ target }) => setText(target.value)}
        rows={24}
        isMonospace
        error={errors[0]}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          variant="primary"
          isPending={isPending || isLeaving}
          pendingLabel={common('working')}
          waitsForHydration
        >
          {t('check')}
        </Button>
        {text !== initial && <p className="text-sm text-muted">{t('unsaved')}</p>}
      </div>
      <p role="alert" className="text-danger empty:hidden">
        {failure}
      </p>
    </form>
  );
}
