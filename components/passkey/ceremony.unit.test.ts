import { beforeEach, describe, expect, test, vi } from 'vitest';
import { abortCeremony, authenticateWithPasskey } from './authenticate';
import { supportsPasskeys } from './ceremony';
import { createPasskey } from './register';
import { signalPasskeys } from './signals';

/** The WebAuthn part of a browser: `navigator.credentials` and the static methods of `PublicKeyCredential`. */
const create = vi.fn();
const get = vi.fn();
const signals = {
  signalUnknownCredential: vi.fn(async () => undefined),
  signalAllAcceptedCredentials: vi.fn(async () => undefined),
  signalCurrentUserDetails: vi.fn(async () => undefined),
};
const bytes = (text: string) => new TextEncoder().encode(text).buffer;
const refusedBy = (code: string) => async () => ({
  ok: false as const,
  error: { code: code as 'internal', sentence: 'Refused.', requestId: 'r' },
});
const accept = vi.fn(async (_response: unknown) => ({ ok: true as const, value: 'done' }));
const beginGet = async () => ({ ok: true as const, value: { challenge: 'AAAA', rpId: 'id.example.com' } });
const beginCreate = async () => ({
  ok: true as const,
  value: {
    challenge: 'AAAA',
    rp: { id: 'id.example.com', name: 'Signet' },
    user: { id: 'AAAA', name: 'a', displayName: 'A' },
    pubKeyCredParams: [],
  },
});

beforeEach(() => {
  const common = { id: 'cred', rawId: bytes('cred'), type: 'public-key', getClientExtensionResults: () => ({}) };
  const clientDataJSON = bytes('{}');
  create.mockReset().mockResolvedValue({ ...common, response: { clientDataJSON, attestationObject: bytes('a') } });
  get.mockReset().mockResolvedValue({
    ...common,
    response: { clientDataJSON, authenticatorData: bytes('a'), signature: bytes('s'), userHandle: bytes('u') },
  });
  accept.mockClear();
  for (const signal of Object.values(signals)) signal.mockReset().mockResolvedValue(undefined);
  vi.stubGlobal(
    'PublicKeyCredential',
    Object.assign(function PublicKeyCredential() {}, signals),
  );
  vi.stubGlobal('navigator', { credentials: { create, get } });
  vi.stubGlobal('location', { hostname: 'id.example.com' });
});

test('sends the browser’s response to the server and returns its result', async () => {
  expect(await createPasskey(beginCreate, accept)).toEqual({ ok: true, value: 'done' });
  expect(accept).toHaveBeenCalledWith(expect.objectContaining({ id: 'cred', type: 'public-key' }));
  expect(await authenticateWithPasskey(beginGet, accept)).toEqual({ ok: true, value: 'done' });
});

describe('a failure in the browser', () => {
  test.each([
    ['NotAllowedError', 'registration_cancelled', 'ceremony_cancelled'],
    ['UnknownError', 'registration_cancelled', 'ceremony_cancelled'],
    ['AbortError', 'aborted', 'aborted'],
    ['InvalidStateError', 'passkey_already_registered', 'passkey_already_registered'],
    ['NotSupportedError', 'passkeys_unsupported', 'passkeys_unsupported'],
    ['SecurityError', 'passkeys_unsupported', 'passkeys_unsupported'],
  ])('%s becomes %s or %s, and nothing is sent', async (name, registering, authenticating) => {
    create.mockRejectedValue(new DOMException('', name));
    get.mockRejectedValue(new DOMException('', name));
    expect(await createPasskey(beginCreate, accept)).toEqual({ ok: false, error: { code: registering } });
    expect(await authenticateWithPasskey(beginGet, accept)).toEqual({ ok: false, error: { code: authenticating } });
    expect(accept).not.toHaveBeenCalled();
    expect(signals.signalUnknownCredential).not.toHaveBeenCalled();
  });

  test('without passkey support begins nothing', async () => {
    vi.stubGlobal('PublicKeyCredential', undefined);
    expect(supportsPasskeys()).toBe(false);
    const begin = vi.fn(beginGet);
    expect(await authenticateWithPasskey(begin, accept)).toEqual({
      ok: false,
      error: { code: 'passkeys_unsupported' },
    });
    expect(begin).not.toHaveBeenCalled();
  });

  test('abortCeremony becomes aborted', async () => {
    get.mockImplementation(
      ({ signal }: { signal: AbortSignal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    const waiting = authenticateWithPasskey(beginGet, accept);
    await vi.waitFor(() => expect(get).toHaveBeenCalled());
    abortCeremony();
    expect(await waiting).toEqual({ ok: false, error: { code: 'aborted' } });
  });
});

describe('a failure at the server', () => {
  test('a refusal to begin starts no ceremony', async () => {
    const refusal = await createPasskey(refusedBy('reauthentication_required'), accept);
    expect(refusal).toMatchObject({ ok: false, error: { code: 'reauthentication_required' } });
    expect(create).not.toHaveBeenCalled();
  });

  test('an unreachable server becomes offline', async () => {
    const unreachable = () => Promise.reject(new TypeError('fetch failed'));
    expect(await authenticateWithPasskey(unreachable, accept)).toEqual({ ok: false, error: { code: 'offline' } });
    expect(await authenticateWithPasskey(beginGet, unreachable)).toEqual({ ok: false, error: { code: 'offline' } });
  });

  test.each([
    ['passkey_verification_failed', 1],
    ['ceremony_expired', 1],
    ['too_many_passkeys', 1],
    ['passkey_already_registered', 0],
    ['internal', 0],
    ['overloaded', 0],
  ])('a new passkey refused with %s is signaled as unknown %i times', async (code, times) => {
    await createPasskey(beginCreate, refusedBy(code));
    expect(signals.signalUnknownCredential).toHaveBeenCalledTimes(times);
  });

  test.each([
    ['passkey_unknown', 1],
    ['passkey_verification_failed', 0],
    ['inactive_identity', 0],
    ['internal', 0],
  ])('a passkey refused with %s is signaled as unknown %i times', async (code, times) => {
    await authenticateWithPasskey(beginGet, refusedBy(code));
    expect(signals.signalUnknownCredential).toHaveBeenCalledTimes(times);
    if (times > 0)
      expect(signals.signalUnknownCredential).toHaveBeenCalledWith({ rpId: 'id.example.com', credentialId: 'cred' });
  });
});

describe('signalPasskeys', () => {
  const accepted = {
    rpId: 'id.example.com',
    userId: 'AAAA',
    allAcceptedCredentialIds: ['cred'],
    name: 'ada@example.com',
    displayName: 'Ada',
  };

  test('signals the accepted passkeys and the user details', async () => {
    await signalPasskeys(accepted);
    const { name, displayName, allAcceptedCredentialIds, ...owner } = accepted;
    expect(signals.signalAllAcceptedCredentials).toHaveBeenCalledWith({ ...owner, allAcceptedCredentialIds });
    expect(signals.signalCurrentUserDetails).toHaveBeenCalledWith({ ...owner, name, displayName });
  });

  test.each([
    ['has no signal methods', () => vi.stubGlobal('PublicKeyCredential', function PublicKeyCredential() {})],
    ['has no passkeys', () => vi.stubGlobal('PublicKeyCredential', undefined)],
    ['refuses them', () => signals.signalAllAcceptedCredentials.mockRejectedValue(new TypeError('no'))],
  ])('resolves when the browser %s', async (_, arrange) => {
    arrange();
    await expect(signalPasskeys(accepted)).resolves.toBeUndefined();
  });
});
