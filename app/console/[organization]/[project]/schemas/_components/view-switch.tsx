'use client';

import { classes } from '@/components/ui/classes';
import { useTranslations } from '@/lib/i18n/use-translations';

export type View = 'form' | 'json' | 'preview' | 'changes';

type Props = {
  shown: View;
  /** The form is one of the views where there is no room beside it. */
  hasForm: boolean;
  hasChanges: boolean;
  onChoose: (view: View) => void;
};

/** What is shown: pressed buttons rather than tabs, because the form stays beside the others on wide screens. */
export function ViewSwitch({ shown, hasForm, hasChanges, onChoose }: Props) {
  const t = useTranslations('consoleSchemaEditor.views');
  const views: View[] = [
    ...(hasForm ? ['form' as const] : []),
    'json',
    'preview',
    ...(hasChanges ? ['changes' as const] : []),
  ];
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fieldset, as nothing here is posted
    <div
      role="group"
      aria-label={t('label')}
      className="flex w-fit flex-wrap gap-1 rounded-md border border-line bg-sunken p-1"
    >
      {views.map((view) => (
        <button
          key={view}
          type="button"
          aria-pressed={view === shown}
          onClick={() => onChoose(view)}
          className={classes(
            'motion min-h-8 rounded-sm border px-2.5 text-sm font-medium',
            view === shown
              ? 'border-control bg-raised text-ink underline-offset-4 forced-colors:underline'
              : 'border-transparent text-muted hover:text-ink forced-colors:border-[Canvas]',
          )}
        >
          {t(view)}
        </button>
      ))}
    </div>
  );
}
