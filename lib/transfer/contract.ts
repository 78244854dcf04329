import { toCredentialsBlock, transferredCredentials } from '@/lib/credential/contract';
import type { IdentityWithPasskeys, TransferredPerson } from '@/lib/credential/service';
import { toIdentityResponse, transferredIdentity } from '@/lib/identity/contract';
import { AppError, isAppError } from '@/lib/platform/errors';
import { checkInput } from '@/lib/platform/input';
import { parseJson } from '@/lib/platform/strict-json';

/** An exported identity, in the admin API's format. Omits what belongs to this installation, such as the schema URL. */
export function toTransferLine({ identity, passkeys }: IdentityWithPasskeys, hasPasskeys: boolean): string {
  const { schema_url: _here, organization_id: _none, ...line } = toIdentityResponse(identity, 'http://localhost');
  if (!hasPasskeys || passkeys.length === 0) return JSON.stringify(line);
  return JSON.stringify({ ...line, credentials: toCredentialsBlock(passkeys, identity.userHandle) });
}

/** Parses an imported line, or returns its refusal. */
export function toPerson(text: string): TransferredPerson | AppError {
  try {
    const { credentials, ...identity } = checked(transferredIdentity, parseJson(text), '');
    const { passkey } = checked(transferredCredentials, credentials, '/credentials');
    if (!passkey?.config) return { identity, passkeys: [] };
    const { user_handle: userHandle, credentials: passkeys } = passkey.config;
    return { identity: { ...identity, userHandle }, passkeys };
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
}

function checked<Schema extends Parameters<typeof checkInput>[0]>(schema: Schema, value: unknown, at: string) {
  const outcome = checkInput(schema, value);
  if (outcome.ok) return outcome.data;
  const [{ pointer, message }] = outcome.violations;
  throw new AppError('invalid_input', { reason: `${at}${pointer}: ${message}` });
}
