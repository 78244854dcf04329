'use client';

import { type Save, useEditForm } from '@/components/edit/use-edit-form';
import { TextField } from '@/components/ui/form/text-field';
import { SettingsFrame } from './settings-frame';

export type NameAndSlug = { name: string; slug: string };

type Props = {
  saved: NameAndSlug;
  save: Save<NameAndSlug>;
  mayEdit: boolean;
  words: { name: string; nameHelp?: string; slug: string; slugHelp: (slug: string) => string };
  /** The path of these settings for a slug: the browser navigates there after a change. */
  hrefOf: (slug: string) => string;
};

/** The name and slug of an organization or project. */
export function NameAndSlugForm({ saved, save, mayEdit, words, hrefOf }: Props) {
  const onSaved = ({ slug }: NameAndSlug) => {
    if (slug !== saved.slug) location.assign(hrefOf(slug));
  };
  const form = useEditForm(saved, save, { onSaved });
  return (
    <SettingsFrame form={form} labels={{ name: words.name, slug: words.slug }} mayEdit={mayEdit}>
      {(errorOf) => (
        <>
          <TextField
            name="name"
            label={words.name}
            help={words.nameHelp}
            value={form.mine.name}
            onChange={(event) => form.edit({ name: event.target.value })}
            autoComplete="off"
            error={errorOf('name')}
          />
          <TextField
            name="slug"
            label={words.slug}
            help={words.slugHelp(form.mine.slug)}
            value={form.mine.slug}
            onChange={(event) => form.edit({ slug: event.target.value })}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={errorOf('slug')}
          />
        </>
      )}
    </SettingsFrame>
  );
}
