import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SignInCeremonies } from './sign-in-ceremonies';

type Waiting = {
  mediation: string | undefined;
  answer: () => void;
  fail: (name: string) => void;
  isAborted: () => boolean;
};
/** The ceremonies that the browser was asked for, in order. */
let asked: Waiting[];
let canAutofill: boolean;
let listeners: Array<() => void>;

const begin = vi.fn(async () => ({ ok: true as const, value: { challenge: 'AAAA', rpId: 'id.example.com' } }));
type Outcome =
  | { ok: true; value: string }
  | { ok: false; error: { code: 'passkey_verification_failed'; requestId: string } };
const finish = vi.fn(async (_: unknown): Promise<Outcome> => ({ ok: true, value: 'in' }));
const refused = { ok: false as const, error: { code: 'passkey_verification_failed' as const, requestId: 'r' } };
const onSignedIn = vi.fn();
const onFailure = vi.fn();
const onPending = vi.fn();
const page = () => new SignInCeremonies({ begin, finish, onSignedIn, onFailure, onPending });
const bytes = (text: string) => new TextEncoder().encode(text).buffer;
const isAsked = (count: number) => vi.waitFor(() => expect(asked).toHaveLength(count));

beforeEach(() => {
  asked = [];
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
      asked.push({
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

test('autofill offers from the start and signs in without the button', async () => {
  const over = page().offer();
  await isAsked(1);
  expect(asked[0]?.mediation).toBe('conditional');
  expect(onPending).not.toHaveBeenCalled();
  asked[0]?.answer();
  await over;
  expect(onSignedIn).toHaveBeenCalledWith('in');
  expect(onPending.mock.calls).toEqual([[true]]);
});

test('a browser without autofill is asked by the button only', async () => {
  canAutofill = false;
  const ceremonies = page();
  await ceremonies.offer();
  expect(begin).not.toHaveBeenCalled();
  const over = ceremonies.ask();
  await isAsked(1);
  expect(asked[0]?.mediation).toBeUndefined();
  asked[0]?.answer();
  await over;
  expect(onSignedIn).toHaveBeenCalledWith('in');
});

test('the button ends the offer before its own ceremony begins', async () => {
  const ceremonies = page();
  const offer = ceremonies.offer();
  await isAsked(1);
  const over = ceremonies.ask();
  expect(asked[0]?.isAborted()).toBe(true);
  await offer;
  await isAsked(2);
  asked[1]?.answer();
  await over;
  expect(onSignedIn).toHaveBeenCalledTimes(1);
  expect(onFailure.mock.calls).toEqual([[null]]);
});

test('an offer that the server answers late does not end the button’s ceremony', async () => {
  let answerLate = () => {};
  const options = { ok: true as const, value: { challenge: 'BBBB', rpId: 'id.example.com' } };
  begin.mockImplementationOnce(() => new Promise((resolve) => (answerLate = () => resolve(options))));
  const ceremonies = page();
  const offer = ceremonies.offer();
  await vi.waitFor(() => expect(begin).toHaveBeenCalled());
  const over = ceremonies.ask();
  await isAsked(1);
  answerLate();
  await offer;
  expect(asked.map(({ mediation }) => mediation)).toEqual([undefined]);
  expect(asked[0]?.isAborted()).toBe(false);
  asked[0]?.answer();
  await over;
  expect(onSignedIn).toHaveBeenCalledTimes(1);
});

describe('after the button', () => {
  test.each([
    ['was cancelled', 'NotAllowedError', [[null], [{ code: 'ceremony_cancelled' }]]],
    ['was ended by another ceremony', 'AbortError', [[null]]],
  ])('%s, autofill offers again', async (_, name, said) => {
    const ceremonies = page();
    void ceremonies.ask();
    await isAsked(1);
    asked[0]?.fail(name);
    await isAsked(2);
    expect(asked[1]?.mediation).toBe('conditional');
    expect(onFailure.mock.calls).toEqual(said);
    expect(onPending.mock.calls).toEqual([[true], [false]]);
    ceremonies.stop();
  });
});

test('a passkey picked from the offer and refused is told, and the offer goes on', async () => {
  finish.mockResolvedValueOnce(refused);
  const ceremonies = page();
  const over = ceremonies.offer();
  await isAsked(1);
  asked[0]?.answer();
  await isAsked(2);
  expect(onFailure.mock.calls).toEqual([[refused.error]]);
  asked[1]?.answer();
  await over;
  expect(onSignedIn).toHaveBeenCalledWith('in');
});

test('what answers by itself and is refused each time comes to an end, until the button is pressed', async () => {
  finish.mockResolvedValue(refused);
  const ceremonies = page();
  const over = ceremonies.offer();
  for (let count = 1; count <= 4; count++) {
    await isAsked(count);
    asked[count - 1]?.answer();
  }
  await over;
  expect(asked).toHaveLength(4);
  finish.mockReset().mockResolvedValue({ ok: true, value: 'in' });
  void ceremonies.ask();
  await isAsked(5);
  asked[4]?.fail('NotAllowedError');
  await isAsked(6);
  expect(asked[5]?.mediation).toBe('conditional');
  ceremonies.stop();
});

test('an offer that the browser drops is made again, but not without end, and nobody is told', async () => {
  const ceremonies = page();
  const over = ceremonies.offer();
  for (let count = 1; count <= 4; count++) {
    await isAsked(count);
    asked[count - 1]?.fail('NotAllowedError');
  }
  await over;
  expect(asked).toHaveLength(4);
  expect(onFailure).not.toHaveBeenCalled();
  ceremonies.stop();
});

test('a waiting offer gets a new challenge in time; in a hidden page when it is seen again', async () => {
  vi.useFakeTimers();
  const ceremonies = page();
  void ceremonies.offer();
  await vi.advanceTimersByTimeAsync(4 * 60 * 1000 - 1);
  expect(begin).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(begin).toHaveBeenCalledTimes(2);
  expect(asked.map(({ isAborted }) => isAborted())).toEqual([true, false]);
  vi.stubGlobal('document', { ...document, visibilityState: 'hidden' });
  await vi.advanceTimersByTimeAsync(60 * 60 * 1000);
  expect(begin).toHaveBeenCalledTimes(2);
  vi.stubGlobal('document', { ...document, visibilityState: 'visible' });
  for (const listener of listeners) listener();
  await vi.advanceTimersByTimeAsync(0);
  expect(begin).toHaveBeenCalledTimes(3);
  ceremonies.stop();
});

test('an offer that the server was out of reach for is made again later', async () => {
  vi.useFakeTimers();
  begin.mockRejectedValueOnce(new TypeError('fetch failed'));
  const ceremonies = page();
  await ceremonies.offer();
  expect(asked).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(4 * 60 * 1000);
  expect(asked).toHaveLength(1);
  expect(onFailure).not.toHaveBeenCalled();
  ceremonies.stop();
});

test('a page that goes away ends what waits and says nothing more', async () => {
  const ceremonies = page();
  const over = ceremonies.offer();
  await isAsked(1);
  ceremonies.stop();
  await over;
  expect(asked[0]?.isAborted()).toBe(true);
  expect([onSignedIn, onFailure, onPending].flatMap(({ mock }) => mock.calls)).toEqual([]);
});
