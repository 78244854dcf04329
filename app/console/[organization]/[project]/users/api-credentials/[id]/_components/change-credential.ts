import type { CredentialSettings } from '@/lib/api-credential/model';
import type { ActionResult } from '@/lib/platform/action-result';

/** The fields of the settings form; the method has its own form, and audiences are set on the command line. */
export type Settings = Omit<CredentialSettings, 'authMethod' | 'audiences'>;

/** The action `changeCredential`, bound to its project. */
export type ChangeCredential = (input: {
  clientId: string;
  change: Partial<CredentialSettings>;
  seen: Partial<CredentialSettings>;
}) => Promise<ActionResult<Settings>>;
