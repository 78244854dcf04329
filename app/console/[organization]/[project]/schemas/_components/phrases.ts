'use client';

import { useTranslations } from '@/lib/i18n/use-translations';

/** CodeMirror's English words in the operator's language. */
export function usePhrases(): Record<string, string> {
  const t = useTranslations('consoleSchemaEditor.search');
  return {
    Find: t('find'),
    Replace: t('replace'),
    next: t('next'),
    previous: t('previous'),
    all: t('all'),
    'match case': t('matchCase'),
    regexp: t('regexp'),
    'by word': t('byWord'),
    replace: t('replace'),
    'replace all': t('replaceAll'),
    close: t('close'),
    Completions: t('completions'),
  };
}
