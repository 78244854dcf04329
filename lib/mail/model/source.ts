import { toKnownDevice } from '@/lib/platform/user-agent';
import type { MailSource } from '../model';

/** The request that causes a mail: of an anonymous client, or by an actor. */
type Cause = { address: string | null; userAgent?: string };

/** Where a mail's cause came from, for a mail that names it. */
export function sourceOf({ address, userAgent = '' }: Cause): MailSource {
  return { ...toKnownDevice(userAgent), address };
}
