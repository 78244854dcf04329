'use client';

import { TokenForm } from '@/components/shell/token-form';
import { useFormAction } from '@/components/ui/form/use-form-action';
import { useTranslations } from '@/lib/i18n/use-translations';
import { type RequestState, submitRequest } from '../actions';

/** Asks the signed-in device, on submit. */
export function RequestForm({ token }: { token: string }) {
  const t = useTranslations('pairing.add.ask');
  const [{ failure }, submit] = useFormAction<RequestState>(submitRequest, { failure: null }, (code) => ({
    failure: { code },
  }));
  return <TokenForm action={submit} failure={failure} token={token} button={t('button')} />;
}
