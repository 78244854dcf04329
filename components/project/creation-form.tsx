'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useState } from 'react';
import { refusalViolations } from '@/components/edit/refusal-violations';
import { ActionNote } from '@/components/step-up/action-note';
import { useStepUpAction } from '@/components/step-up/use-step-up-action';
import { ErrorSummary, type FieldError } from '@/components/ui/form/error-summary';
import { SubmitButton } from '@/components/ui/form/submit-button';
import { TextField } from '@/components/ui/form/text-field';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { Violation } from '@/lib/platform/errors';
import { toSlug } from '@/lib/project/model/slug';
import { settingMessage } from './setting-message';

type Props = {
  /** The console path before the slug. */
  pathPrefix: string;
  button: string;
  create: (typed: { name: string; slug: string }, form: FormData) => Promise<ActionResult<{ path: string }>>;
  /** Further fields, given the typed slug and each field's error. */
  children?: (slug: string, errorOf: (name: string) => string | undefined) => ReactNode;
};

/** A name and a slug, derived from the name until the slug is edited. */
export function CreationForm({ pathPrefix, button, create, children }: Props) {
  const t = useTranslations('consoleProjects.creation');
  const common = useTranslations('common');
  const violation = useTranslations('consoleProjects.violation');
  const router = useRouter();
  const [name, setName] = useState('');
  const [ownSlug, setOwnSlug] = useState<string>();
  const [violations, setViolations] = useState<Violation[]>([]);
  const { run, isPending, failure, isCancelled, setFailure } = useStepUpAction();
  const slug = ownSlug ?? toSlug(name);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setViolations([]);
    const result = await run(() => create({ name, slug }, form));
    if (result?.ok) return router.push(result.value.path);
    const refused = result ? refusalViolations(result.error) : [];
    setViolations(refused);
    if (refused.length > 0) setFailure(undefined);
  };
  const faults = violations.map(
    (each): FieldError => ({ field: each.pointer.slice(1), message: settingMessage(violation, each) }),
  );
  const errorOf = (field: string) => faults.find((each) => each.field === field)?.message;
  return (
    <form noValidate method="post" onSubmit={submit} className="flex max-w-text flex-col gap-5">
      {faults.length > 0 && <ErrorSummary title={common('errorSummary', { count: faults.length })} errors={faults} />}
      <TextField
        name="name"
        label={t('name')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        autoComplete="off"
        error={errorOf('name')}
      />
      <TextField
        name="slug"
        label={t('slug')}
        help={t('slugHelp', { path: `${pathPrefix}${slug || '…'}` })}
        value={slug}
        onChange={(event) => setOwnSlug(event.target.value)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={errorOf('slug')}
      />
      {children?.(slug, errorOf)}
      <ActionNote failure={failure} isCancelled={isCancelled} />
      <div>
        <SubmitButton isPending={isPending} pendingLabel={common('working')} waitsForHydration>
          {button}
        </SubmitButton>
      </div>
    </form>
  );
}
