'use client';

import { useState } from 'react';
import { ButtonLink } from '@/components/ui/button-link';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { TextField } from '@/components/ui/form/text-field';
import { useFormAction } from '@/components/ui/form/use-form-action';
import { useUnsavedChanges } from '@/components/ui/form/use-unsaved-changes';
import { Notice } from '@/components/ui/notice';
import { failureSentence } from '@/lib/i18n/error-message';
import type { Locale } from '@/lib/i18n/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { JsonObject } from '@/lib/platform/json';
import type { Template } from '@/lib/schema/model/template';
import { SchemaEditor } from '../../../_components/schema-editor';
import { useDraft } from '../../../_components/use-draft';
import { useFaults, type Validate } from '../../../_components/use-faults';
import type { NewSchemaState } from '../../../actions';

type Props = {
  template: Template;
  document: JsonObject;
  locale: Locale;
  schemasHref: string;
  create: (state: NewSchemaState, form: FormData) => Promise<NewSchemaState>;
  validate: Validate;
};

const FORM_ID = 'new-schema-form';
const UNTOUCHED: NewSchemaState = { text: null, id: null, faults: [], idFault: null, failure: null, attempt: 0 };

/** The ID and the document of a new schema. */
export function NewSchemaForm({ template, document, locale, schemasHref, create, validate }: Props) {
  const t = useTranslations('consoleSchemaEditor.new');
  const common = useTranslations('common');
  const errors = useTranslations('errors.browser');
  const [state, submit, isPending] = useFormAction<NewSchemaState>(create, UNTOUCHED, (code) => ({
    ...UNTOUCHED,
    failure: { code },
  }));
  const initial = JSON.stringify(document, null, 2);
  const draft = useDraft(state.text ?? initial, document);
  const [id, setId] = useState(state.id ?? template);
  const refused = state.text === null ? null : { text: state.text, faults: state.faults };
  const faults = useFaults(draft, refused, validate);
  useUnsavedChanges((draft.text !== initial || id !== template) && !isPending);
  const idFault = state.id === id.trim() ? state.idFault : null;
  const idError = idFault === null ? undefined : t(idFault === 'taken' ? 'idTaken' : 'idMalformed');
  return (
    <div className="flex flex-col gap-6">
      <div className="max-w-text">
        <TextField
          name="id"
          form={FORM_ID}
          label={t('id')}
          help={t('idHelp')}
          error={idError}
          className="font-mono"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          value={id}
          onChange={({ target }) => setId(target.value)}
        />
      </div>
      <SchemaEditor
        draft={draft}
        formId={FORM_ID}
        faults={faults}
        faultsTitle={t('refused')}
        attempt={state.faults.length > 0 ? state.attempt : 0}
        published={null}
        locale={locale}
      />
      <form id={FORM_ID} action={submit} className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton pendingLabel={common('working')}>{t('create')}</SubmitButton>
          <ButtonLink href={schemasHref} variant="quiet">
            {common('cancel')}
          </ButtonLink>
        </div>
        <div role="alert" className="empty:hidden">
          {(state.failure || idError) && (
            <Notice tone="danger" word={common('notice.danger')}>
              {state.failure ? failureSentence(errors, state.failure) : idError}
            </Notice>
          )}
        </div>
      </form>
    </div>
  );
}
