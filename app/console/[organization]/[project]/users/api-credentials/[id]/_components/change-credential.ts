import type { CredentialSettings } from '@/lib/api-credential/model';
import type { ActionResult } from '@/lib/platform/action-result';

/** What the settings form changes; the method has a form of its own, and audiences are the command line's. */
export type Settings = Omit<CredentialSettings, 'authMethod' | 'audiences'>;

/** The action `changeCredential`, bound to its project. */
export type ChangeCredential = (input: {
  clientId: string;
  change: Partial<CredentialSettings>;
  seen: Partial<CredentialSettings>;
}) => Promise<ActionResult<Settings>>;
