'use client';

import { CreationForm } from '@/components/project/creation-form';
import { TextField } from '@/components/ui/form/text-field';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';

type Props = {
  create: (input: { name: string; slug: string; origin: string }) => Promise<ActionResult<{ path: string }>>;
  pathPrefix: string;
  /** The default origin when no domain is given, with `SLUG` for the slug; null where a domain is required. */
  defaultOrigin: string | null;
};

export function NewProjectForm({ create, pathPrefix, defaultOrigin }: Props) {
  const t = useTranslations('consoleProjects.newProject');
  return (
    <CreationForm
      pathPrefix={pathPrefix}
      button={t('submit')}
      create={(typed, form) => create({ ...typed, origin: String(form.get('origin') ?? '') })}
    >
      {(slug, errorOf) => (
        <TextField
          name="origin"
          label={t('domain')}
          help={
            defaultOrigin === null
              ? t('domainHelp')
              : t('domainHelpLocal', { origin: defaultOrigin.replace('SLUG', slug || '…') })
          }
          placeholder="https://id.example.com"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={errorOf('origin')}
        />
      )}
    </CreationForm>
  );
}
