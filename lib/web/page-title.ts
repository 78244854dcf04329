import type { Metadata } from 'next';
import { plainText, type Translate, type TranslationScope } from '@/lib/i18n/translate';
import { getLocale } from './locale';

/** A page's `generateMetadata`: a title without arguments, in the language of the request. */
export function pageTitle<Scope extends TranslationScope>(
  scope: Scope,
  key: Parameters<Translate<Scope>>[0],
): () => Promise<Metadata> {
  return async () => ({ title: plainText(await getLocale(), scope, key) });
}
