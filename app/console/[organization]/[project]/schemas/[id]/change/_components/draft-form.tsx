'use client';

import { useState } from 'react';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { useFormAction } from '@/components/ui/form/use-form-action';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import { Notice } from '@/components/ui/notice';
import { failureSentence } from '@/lib/i18n/error-message';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { JsonObject } from '@/lib/platform/json';
import { ConflictNotice } from '../../../_components/conflict-notice';
import { SchemaEditor } from '../../../_components/schema-editor';
import { useDraft } from '../../../_components/use-draft';
import { useFaults, type Validate } from '../../../_components/use-faults';
import type { DraftState } from '../actions';

type Version = { version: number; document: JsonObject };

type Props = {
  /** The text to begin with. */
  initial: string;
  /** The version that it began with. */
  base: Version;
  newest: Version;
  locale: Locale;
  isReadOnly: boolean;
  check: (state: DraftState, form: FormData) => Promise<DraftState>;
  validate: Validate;
};

const FORM_ID = 'schema-draft-form';
const UNTOUCHED: DraftState = { text: null, faults: [], newest: null, failure: null, attempt: 0 };

/** The draft of a schema, up to the check of its impact. */
export function DraftForm({ initial, base, newest, locale, isReadOnly, check, validate }: Props) {
  const t = useTranslations('consoleSchemaChange.edit');
  const common = useTranslations('common');
  const errors = useTranslations('errors.browser');
  const [state, submit, isPending] = useFormAction<DraftState>(check, UNTOUCHED, (code) => ({
    ...UNTOUCHED,
    failure: { code },
  }));
  const draft = useDraft(state.text ?? initial, base.document);
  const [begun, setBegun] = useState(base);
  const refused = state.text === null ? null : { text: state.text, faults: state.faults };
  const faults = useFaults(draft, refused, isReadOnly ? null : validate);
  useUnsavedChanges(!isReadOnly && draft.text !== initial && !isPending);
  const current = state.newest ?? newest;
  const isStale = current.version !== begun.version;
  const take = () => {
    draft.replace(JSON.stringify(current.document, null, 2));
    setBegun(current);
  };
  return (
    <div className="flex flex-col gap-5">
      {isStale && !isReadOnly && <ConflictNotice base={begun} newest={current} formId={FORM_ID} onTake={take} />}
      <SchemaEditor
        draft={draft}
        formId={FORM_ID}
        faults={faults}
        faultsTitle={t('faults')}
        attempt={state.faults.length > 0 ? state.attempt : 0}
        published={current}
        locale={locale}
        isReadOnly={isReadOnly}
      />
      {!isReadOnly && (
        <form id={FORM_ID} action={submit} className="flex flex-col gap-4">
          <input type="hidden" name="base" value={begun.version} />
          <div className="flex flex-wrap items-center gap-3">
            <SubmitButton pendingLabel={common('working')}>{t('check')}</SubmitButton>
            {draft.text !== initial && <p className="text-sm text-muted">{t('unsaved')}</p>}
          </div>
          <div role="alert" className="empty:hidden">
            {state.failure && (
              <Notice tone="danger" word={common('notice.danger')}>
                {failureSentence(errors, state.failure)}
              </Notice>
            )}
          </div>
        </form>
      )}
    </div>
  );
}
