import { type AuthenticatorData, parseAuthenticatorData } from './authenticator-data';
import { type Bytes, copy, decodeOnly } from './cbor';
import { ALGORITHMS, isSignedBy, type PublicKey } from './public-key';
import { refused } from './refusal';

/** Content of an attestation object (WebAuthn L3 §6.5.4). `selfAttestation` is null for format `none`. */
export type Attestation = {
  authenticatorData: AuthenticatorData;
  authenticatorBytes: Bytes;
  selfAttestation: { algorithm: unknown; signature: Bytes } | null;
};

/**
 * Parses an attestation object. Accepts only `none` and `packed` self attestation: browsers send nothing else when
 * asked for `none` (L3 §5.1.3). Certificates are never parsed, because their URLs would be fetched.
 * Refuses: `passkey_verification_failed` for `attestation_format` and `malformed_response`.
 */
export function parseAttestation(bytes: Bytes): Attestation {
  const object = decodeOnly(bytes);
  if (!(object instanceof Map)) throw refused('malformed_response');
  const [format, statement, data] = [object.get('fmt'), object.get('attStmt'), object.get('authData')];
  if (typeof format !== 'string' || !(statement instanceof Map) || !(data instanceof Uint8Array))
    throw refused('malformed_response');
  const selfAttestation = parseStatement(format, statement);
  const authenticatorBytes = copy(data);
  return { authenticatorData: parseAuthenticatorData(authenticatorBytes), authenticatorBytes, selfAttestation };
}

function parseStatement(format: string, statement: Map<unknown, unknown>): Attestation['selfAttestation'] {
  if (format === 'none' && statement.size === 0) return null;
  if (format !== 'packed' || statement.size !== 2) throw refused('attestation_format');
  const [algorithm, signature] = [statement.get('alg'), statement.get('sig')];
  if (algorithm === undefined || !(signature instanceof Uint8Array)) throw refused('attestation_format');
  return { algorithm, signature: copy(signature) };
}

/** L3 §8.2, self attestation: signed by the passkey with its own algorithm. Refuses: `passkey_verification_failed`. */
export async function checkSelfAttestation(
  { selfAttestation, authenticatorBytes }: Attestation,
  key: PublicKey,
  clientDataHash: Uint8Array,
): Promise<void> {
  if (!selfAttestation) return;
  if (selfAttestation.algorithm !== ALGORITHMS[key.algorithm]) throw refused('wrong_signature');
  const signed = copy(Buffer.concat([authenticatorBytes, clientDataHash]));
  if (!(await isSignedBy(key, signed, selfAttestation.signature))) throw refused('wrong_signature');
}
