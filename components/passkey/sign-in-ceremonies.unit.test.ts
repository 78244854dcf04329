import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SignInCeremonies } from './sign-in-ceremonies';

type Ceremony = {
  mediation: string | undefined;
  answer: () => void;
  fail: (name: string) => void;
  isAborted: () => boolean;
};
/** The ceremonies the browser started, in order. */
let started: Ceremony[];
let canAutofill: boolean;
let listeners: Array<() => void>;

const begin = vi.fn(async () => ({ ok: true as const, value: { challenge: 'AAAA', rpId: 'id.example.com' } }));
type Outcome =
  | { ok: true; value: string }
  | { ok: false; error: { code: 'passkey_verification_failed'; sentence: string; requestId: string } };
const finish = vi.fn(async (_: unknown): Promise<Outcome> => ({ ok: true, value: 'in' }));
const refused = {
  ok: false as const,
  error: { code: 'passkey_verification_failed' as const, sentence: 'Not verified.', requestId: 'r' },
};
const onSignedIn = vi.fn();
const onFailure = vi.fn();
const onPending = vi.fn();
const page = () => new SignInCeremonies({ begin, finish, onSignedIn, onFailure, onPending });
const bytes = (text: string) => new TextEncoder().encode(text).buffer;
const hasStarted = (count: number) => vi.waitFor(() => expect(started).toHaveLength(count));

beforeEach(() => {
  started = [];
  listeners = [];
  canAutofill = true;
  for (const mock of [begin, finish, onSignedIn, onFailure, onPending]) mock.mockClear();
  const isConditionalMediationAvailable = async () => canAutofill;
  vi.stubGlobal(
    'PublicKeyCredential',
    Object.assign(function PublicKeyCredential() {}, { isConditionalMediationAvailable }),
  );
  vi.stubGlobal('location', { hostname: 'id.example.com' });
  vi.stubGlobal('document', {
    visibilityState: 'visible',
    querySelectorAll: () => [{}],
    addEventListener: (_: string, listener: () => void) => listeners.push(listener),
  });
  const get = (options: { mediation?: string; signal: AbortSignal }) =>
    new Promise((resolve, reject) => {
      options.signal.addEventListener('abort', () => reject(options.signal.reason));
      const response = { clientDataJSON: bytes('{}'), authenticatorData: bytes('a'), signature: bytes('s') };
      const credential = { id: 'c', rawId: bytes('c'), type: 'public-key', response };
      started.push({
        mediation: options.mediation,
        answer: () => resolve({ ...credential, getClientExtensionResults: () => ({}) }),
        fail: (name) => reject(new DOMException('', name)),
        isAborted: () => options.signal.aborted,
      });
    });
  vi.stubGlobal('navigator', { credentials: { get } });
});
afterEach(() => {
  vi.useRealTimers();
});

test('offers autofill from the start and signs in without the button', async () => {
  const done = page().startAutofill();
  await hasStarted(1);
  expect(started[0]?.mediation).toBe('conditional');
  expect(onPending).not.toHaveBeenCalled();
  started[0]?.answer();
  await done;
  expect(onSignedIn).toHaveBeenCalledWith('in');
  expect(onPending.mock.calls).toEqual([[true]]);
});

test('without autofill only the button starts a ceremony', async () => {
  canAutofill = false;
  const ceremonies = page();
  await ceremonies.startAutofill();
  expect(begin).not.toHaveBeenCalled();
  const done = ceremonies.startModal();
  await hasStarted(1);
  expect(started[0]?.mediation).toBeUndefined();
  started[0]?.answer();
  await done;
  expect(onSignedIn).toHaveBeenCalledWith('in');
});

test('the button aborts autofill before its own ceremony begins', async () => {
  const ceremonies = page();
  const startAutofill = ceremonies.startAutofill();
  await hasStarted(1);
  const done = ceremonies.startModal();
  expect(started[0]?.isAborted()).toBe(true);
  await startAutofill;
  await hasStarted(2);
  started[1]?.answer();
  await done;
  expect(onSignedIn).toHaveBeenCalledTimes(1);
  expect(onFailure.mock.calls).toEqual([[null]]);
});

test('a late response to autofill does not abort the button’s ceremony', async () => {
  let answerLate = () => {};
  const options = { ok: true as const, value: { challenge: 'BBBB', rpId: 'id.example.com' } };
  begin.mockImplementationOnce(() => new Promise((resolve) => (answerLate = () => resolve(options))));
  const ceremonies = page();
  const startAutofill = ceremonies.startAutofill();
  await vi.waitFor(() => expect(begin).toHaveBeenCalled());
  const done = ceremonies.startModal();
  await hasStarted(1);
  answerLate();
  await startAutofill;
  expect(started.map(({ mediation }) => mediation)).toEqual([undefined]);
  expect(started[0]?.isAborted()).toBe(false);
  started[0]?.answer();
  await done;
  expect(onSignedIn).toHaveBeenCalledTimes(1);
});

describe('after the button’s ceremony', () => {
  test.each([
    ['was cancelled', 'NotAllowedError', [[null], [{ code: 'ceremony_cancelled' }]]],
    ['was aborted by another ceremony', 'AbortError', [[null]]],
  ])('%s, autofill starts again', async (_, name, reported) => {
    const ceremonies = page();
    void ceremonies.startModal();
    await hasStarted(1);
    started[0]?.fail(name);
    await hasStarted(2);
    expect(started[1]?.mediation).toBe('conditional');
    expect(onFailure.mock.calls).toEqual(reported);
    expect(onPending.mock.calls).toEqual([[true], [false]]);
    ceremonies.stop();
  });
});

test('reports a refused passkey from autofill and starts autofill again', async () => {
  finish.mockResolvedValueOnce(refused);
  const ceremonies = page();
  const done = ceremonies.startAutofill();
  await hasStarted(1);
  started[0]?.answer();
  await hasStarted(2);
  expect(onFailure.mock.calls).toEqual([[refused.error]]);
  started[1]?.answer();
  await done;
  expect(onSignedIn).toHaveBeenCalledWith('in');
});

test('stops autofill after four refusals until the button is pressed', async () => {
  finish.mockResolvedValue(refused);
  const ceremonies = page();
  const done = ceremonies.startAutofill();
  for (let count = 1; count <= 4; count++) {
    await hasStarted(count);
    started[count - 1]?.answer();
  }
  await done;
  expect(started).toHaveLength(4);
  finish.mockReset().mockResolvedValue({ ok: true, value: 'in' });
  void ceremonies.startModal();
  await hasStarted(5);
  started[4]?.fail('NotAllowedError');
  await hasStarted(6);
  expect(started[5]?.mediation).toBe('conditional');
  ceremonies.stop();
});

test('restarts autofill that the browser drops, at most four times, without an error', async () => {
  const ceremonies = page();
  const done = ceremonies.startAutofill();
  for (let count = 1; count <= 4; count++) {
    await hasStarted(count);
    started[count - 1]?.fail('NotAllowedError');
  }
  await done;
  expect(started).toHaveLength(4);
  expect(onFailure).not.toHaveBeenCalled();
  ceremonies.stop();
});

test('renews the challenge of pending autofill; in a hidden page, once it is visible', async () => {
  vi.useFakeTimers();
  const ceremonies = page();
  void ceremonies.startAutofill();
  await vi.advanceTimersByTimeAsync(4 * 60 * 1000 - 1);
  expect(begin).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(begin).toHaveBeenCalledTimes(2);
  expect(started.map(({ isAborted }) => isAborted())).toEqual([true, false]);
  vi.stubGlobal('document', { ...document, visibilityState: 'hidden' });
  await vi.advanceTimersByTimeAsync(60 * 60 * 1000);
  expect(begin).toHaveBeenCalledTimes(2);
  vi.stubGlobal('document', { ...document, visibilityState: 'visible' });
  for (const listener of listeners) listener();
  await vi.advanceTimersByTimeAsync(0);
  expect(begin).toHaveBeenCalledTimes(3);
  ceremonies.stop();
});

test('retries autofill later if the server is unreachable', async () => {
  vi.useFakeTimers();
  begin.mockRejectedValueOnce(new TypeError('fetch failed'));
  const ceremonies = page();
  await ceremonies.startAutofill();
  expect(started).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(4 * 60 * 1000);
  expect(started).toHaveLength(1);
  expect(onFailure).not.toHaveBeenCalled();
  ceremonies.stop();
});

test('aborts the pending ceremony and reports nothing after the page unmounts', async () => {
  const ceremonies = page();
  const done = ceremonies.startAutofill();
  await hasStarted(1);
  ceremonies.stop();
  await done;
  expect(started[0]?.isAborted()).toBe(true);
  expect([onSignedIn, onFailure, onPending].flatMap(({ mock }) => mock.calls)).toEqual([]);
});
