import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { changeIdentity } from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import type { SessionProof } from '@/lib/session/model';
import { codeAndLink, lastMailTo, readOutbox } from '@/testing/outbox';
import { CHROME, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import {
  beginCodeStepUp,
  beginEmailChange,
  beginSignIn,
  type ClientContext,
  findPendingSignIn,
  finishCodeStepUp,
  finishEmailChange,
  finishSignInWithCode,
  finishSignInWithLink,
} from '../service';

const START = new Date('2026-03-01T12:00:00.000Z');
const DAY = 86_400;
let project: Project;
let networks = 0;

const at = (seconds: number) => vi.setSystemTime(START.getTime() + seconds * 1000);
/** Each from its own network, so that no limit per client interferes. */
const visit = (): ClientContext => {
  const number = networks++;
  const address = `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
  return { projectId: project.id, origin: project.origin, requestId: newId(), address };
};
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const unknown = async () => `nobody-${newId()}@example.com`;
const known = async () => (await makePerson(project)).identifiers[0] ?? '';

type Pending = { email: string; browserHash: string; code: string };

/** A code pending in its own browser; also a discarded one, as the worker would see it. */
async function ask(email: string): Promise<Pending> {
  const browserHash = newId();
  await beginSignIn(visit(), { address: email, browserHash, isFamiliar: networks % 3 === 0, locale: 'en' });
  const mail = (await readOutbox()).filter(({ mail: { to } }) => to === email).at(-1)?.mail;
  if (!mail) throw new Error('nothing was queued');
  return { email, browserHash, code: codeAndLink(mail).code };
}
const answer = ({ browserHash }: Pending, code: string) =>
  finishSignInWithCode(visit(), { code, browserHash, userAgent: CHROME });
const outcome = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'in',
    ({ code }: { code: string }) => code,
  );
const guess = (pending: Pending) => outcome(answer(pending, otherThan(pending.code)));
const countOf = (outcomes: string[], wanted: string) => outcomes.filter((found) => found === wanted).length;
async function askMany(email: string, count: number): Promise<Pending[]> {
  const all: Pending[] = [];
  for (let n = 0; n < count; n++) all.push(await ask(email));
  return all;
}

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  await (await db()).rateLimit.deleteMany();
});
afterEach(() => {
  vi.useRealTimers();
});

// Equal for addresses without an account: the answers reveal nothing.
describe.each([
  ['with an account', known],
  ['without an account', unknown],
])('an address %s', (_, make) => {
  test('has ten wrong codes compared, over all pending codes and browsers', async () => {
    const pending = await askMany(await make(), 20);
    const outcomes = [];
    for (const one of [...pending, ...pending]) outcomes.push(await guess(one));
    expect(outcomes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'code_wrong'));
    expect(countOf(outcomes.slice(10), 'code_used_or_expired')).toBe(30);
  });

  // ASVS 6.3.1, ASVS 6.6.3
  test('has ten wrong codes compared under concurrent guesses', async () => {
    const pending = await askMany(await make(), 12);
    const outcomes = await Promise.all([...pending, ...pending, ...pending, ...pending].map(guess));
    expect(countOf(outcomes, 'code_wrong')).toBe(10);
    expect(countOf(outcomes, 'code_used_or_expired')).toBe(38);
  });

  test('regains each guess one day after it was spent, not at the turn of an hour or day', async () => {
    const email = await make();
    const outcomes: string[] = [];
    const guessAt = async (seconds: number, times: number) => {
      at(seconds);
      const [one] = await askMany(email, 1);
      for (let guesses = 0; one && guesses < times; guesses++) outcomes.push(await guess(one));
    };
    await guessAt(3599, 4);
    await guessAt(3601, 4);
    await guessAt(DAY - 1, 4);
    expect(countOf(outcomes, 'code_wrong')).toBe(10);
    await guessAt(DAY + 1, 1);
    expect(countOf(outcomes, 'code_wrong')).toBe(10);
    outcomes.length = 0;
    at(3599 + DAY);
    for (const one of await askMany(email, 3)) outcomes.push(await guess(one), await guess(one));
    expect(countOf(outcomes, 'code_wrong')).toBe(4);
  });

  test('reports the same remaining tries in the answer and on the page', async () => {
    const [first, second, third] = await askMany(await make(), 3);
    if (!first || !second || !third) throw new Error('no codes');
    for (let guesses = 0; guesses < 4; guesses++) await guess(first);
    for (let guesses = 0; guesses < 4; guesses++) await guess(second);
    expect(await findPendingSignIn(project.id, third.browserHash)).toMatchObject({ hasCode: true, triesLeft: 2 });
    await expect(answer(third, otherThan(third.code))).rejects.toMatchObject({ details: { triesLeft: 1 } });
    await expect(answer(third, 'no code')).rejects.toMatchObject({ code: 'code_wrong', details: { triesLeft: 1 } });
    await guess(third);
    expect(await findPendingSignIn(project.id, third.browserHash)).toMatchObject({ triesLeft: 0 });
    expect((await ask(third.email)).code).toBe('');
  });

  test('shares its ten guesses with every +tag of its mailbox', async () => {
    const email = await make();
    const outcomes = [];
    for (const tag of ['', '+a', '+b', '+c']) {
      const [one] = await askMany(email.replace('@', `${tag}@`), 1);
      for (let guesses = 0; one && guesses < 3; guesses++) outcomes.push(await guess(one));
    }
    expect(countOf(outcomes, 'code_wrong')).toBe(10);
  });
});

test('spends no guess on right codes and malformed input', async () => {
  const email = await known();
  for (let signIns = 0; signIns < 12; signIns++) {
    const [one] = await askMany(email, 1);
    if (!one) throw new Error('no code');
    await outcome(answer(one, '12 34'));
    expect(await outcome(answer(one, one.code))).toBe('in');
    at((signIns + 1) * 3600);
  }
});

test('after ten wrong codes, refuses the right code of a pending mail and accepts its link', async () => {
  const email = await known();
  const pending = await askMany(email, 3);
  const { token, code } = codeAndLink(await lastMailTo(email));
  for (const one of [...pending.slice(0, 2), ...pending.slice(0, 2)])
    for (let guesses = 0; guesses < 3; guesses++) await guess(one);
  const last = pending.at(-1);
  if (!last) throw new Error('no code');
  expect(await outcome(answer(last, code))).toBe('code_used_or_expired');
  const signInBrowser = { token, browserHash: newId(), userAgent: CHROME };
  expect(await finishSignInWithLink(visit(), signInBrowser)).toMatchObject({ session: { method: 'link' } });
  // The next mail has only the link, which works as well.
  await beginSignIn(visit(), { address: email, browserHash: newId(), locale: 'en' });
  const next = await lastMailTo(email);
  expect(next).toMatchObject({ kind: 'sign_in', params: { code: null } });
  expect(await finishSignInWithLink(visit(), { ...signInBrowser, token: codeAndLink(next).token })).not.toBeNull();
});

describe('a signed-in person', () => {
  const proven = async () => {
    const { id, identifiers } = await makePerson(project);
    return changeIdentity(cliActor(project.id), id, () => ({ verified: { [identifiers[0] ?? '']: true } }));
  };
  const confirm = async (proof: SessionProof) => {
    const browserHash = newId();
    await beginCodeStepUp(visit(), proof, { browserHash, locale: 'en' });
    const { code } = codeAndLink(await lastMailTo(proof.identity.identifiers[0] ?? ''));
    return (typed: (right: string) => string) =>
      outcome(finishCodeStepUp(visit(), proof, { code: typed(code), browserHash, userAgent: CHROME }));
  };
  const right = (code: string) => code;

  test('can step up after strangers have guessed all day', async () => {
    const proof = await signIn(project, await makePerson(project));
    const pending = await askMany(proof.identity.identifiers[0] ?? '', 12);
    const before = await confirm(proof);
    const outcomes = await Promise.all([...pending, ...pending].map(guess));
    expect(countOf(outcomes, 'code_wrong')).toBe(10);
    expect(await before(right)).toBe('in');
    const again = await signIn(project, proof.identity);
    expect(await (await confirm(again))(right)).toBe('in');
  });

  test('with an unproven address has ten guesses a day at it, over all sessions', async () => {
    const identity = await makePerson(project);
    const outcomes = [];
    for (let sessions = 0; sessions < 3; sessions++) {
      const answerIn = await confirm(await signIn(project, identity));
      for (let guesses = 0; guesses < 4; guesses++) outcomes.push(await answerIn(otherThan));
    }
    expect(countOf(outcomes, 'code_wrong')).toBe(10);
    const refused = beginCodeStepUp(visit(), await signIn(project, identity), { browserHash: newId(), locale: 'en' });
    await expect(refused).rejects.toMatchObject({ code: 'rate_limited' });
    // Its owner's sign-in has a separate counter.
    const [pending] = await askMany(identity.identifiers[0] ?? '', 1);
    expect(pending && (await outcome(answer(pending, pending.code)))).toBe('in');
  });

  test('has ten wrong codes per session, over all browsers and codes, without affecting other sessions', async () => {
    const proof = await signIn(project, await proven());
    const answers = [await confirm(proof), await confirm(proof), await confirm(proof)];
    const outcomes = [];
    for (const one of answers) for (let guesses = 0; guesses < 4; guesses++) outcomes.push(await one(otherThan));
    expect(countOf(outcomes, 'code_wrong')).toBe(10);
    expect(await answers.at(-1)?.(right)).toBe('code_used_or_expired');
    const refused = beginCodeStepUp(visit(), proof, { browserHash: newId(), locale: 'en' });
    await expect(refused).rejects.toMatchObject({ code: 'rate_limited', details: { retryAfterSeconds: DAY } });
    expect(await (await confirm(await signIn(project, proof.identity)))(right)).toBe('in');
    const [signInCode] = await askMany(proof.identity.identifiers[0] ?? '', 1);
    expect(signInCode && (await outcome(answer(signInCode, signInCode.code)))).toBe('in');
  });

  test("guesses at another address's code on that address's counter", async () => {
    const email = await unknown();
    const outcomes = [];
    for (let people = 0; people < 3; people++) {
      const proof = await signIn(project, await makePerson(project));
      const browserHash = newId();
      await beginEmailChange(visit(), proof, { address: email, browserHash, locale: 'en' });
      const code = otherThan(codeAndLink(await lastMailTo(email)).code);
      for (let guesses = 0; guesses < 4; guesses++)
        outcomes.push(await outcome(finishEmailChange(visit(), proof, { code, browserHash, locale: 'en' })));
    }
    expect(countOf(outcomes, 'code_wrong')).toBe(10);
    expect((await ask(email)).code).toBe('');
    const proof = await signIn(project, await makePerson(project));
    const refused = beginEmailChange(visit(), proof, { address: email, browserHash: newId(), locale: 'en' });
    await expect(refused).rejects.toMatchObject({ code: 'rate_limited' });
  });
});
