import { Badge } from '@/components/ui/badge';
import type { CredentialState } from '@/lib/api-credential/model';
import type { Locale } from '@/lib/i18n/model';
import { translator } from '@/lib/i18n/translate';

const TONES = { active: 'success', expired: 'warning', revoked: 'danger' } as const;

export function CredentialStateBadge({ state, locale }: { state: CredentialState; locale: Locale }) {
  return <Badge tone={TONES[state]}>{translator(locale, 'consoleCredentials.states')(state)}</Badge>;
}
