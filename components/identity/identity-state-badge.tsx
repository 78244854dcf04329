import { Badge } from '@/components/ui/badge';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';
import type { IdentityState } from '@/lib/identity/model';

/** Whether the identity can sign in. */
export function IdentityStateBadge({ state, locale }: { state: IdentityState; locale: Locale }) {
  const t = translator(locale, 'consoleUsers.state');
  return <Badge tone={state === 'active' ? 'success' : 'neutral'}>{t(state)}</Badge>;
}
