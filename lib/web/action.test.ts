import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { redirect } from 'next/navigation';
import { useActionState } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import { z } from 'zod';
import { changeIdentity, rememberLocale } from '@/lib/identity/service';
import type { ActionResult } from '@/lib/platform/action-result';
import { systemActor } from '@/lib/platform/actor';
import { AppError } from '@/lib/platform/errors';
import type { Project } from '@/lib/project/model';
import type { SessionProof } from '@/lib/session/model';
import { beginRequest, forgetCookies } from '@/testing/next-request';
import { makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { watchForOutage } from '../http/outage';
import { action, openAction } from './action';
import { startSession } from './sign-in';

vi.mock('next/headers', () => import('@/testing/next-request'));

let project: Project;
const ran: unknown[] = [];
const input = z.strictObject({ name: z.string().min(1, 'is missing').max(5, 'is too long') });

const rename = action({ fresh: false, input }, async ({ identity }, { name }) => {
  ran.push(name);
  return `${identity.id} is ${name}`;
});
const removeAll = action({ fresh: true }, async () => {
  ran.push('removed');
});
const ask = openAction({ input }, async ({ projectId }, { name }) => {
  ran.push(name);
  return projectId;
});

async function signedIn(): Promise<SessionProof> {
  const proof = await signIn(project, await makePerson(project));
  beginRequest(project);
  await startSession(proof.session);
  return proof;
}

const formOf = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
};
const refusal = (result: ActionResult<unknown>) => (result.ok ? null : result.error);

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(() => {
  forgetCookies();
  ran.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an action', () => {
  test('runs for a signed-in person, with parsed input', async () => {
    const { identity } = await signedIn();
    expect(await rename({ name: 'Jane' })).toEqual({ ok: true, value: `${identity.id} is Jane` });
  });

  test('works as a form, with and without JavaScript', async () => {
    const { identity } = await signedIn();
    const form = formOf({ name: 'Jane', $ACTION_REF_1: '', '$ACTION_1:0': '{}' });
    expect(await rename(null, form)).toEqual({ ok: true, value: `${identity.id} is Jane` });
    expect(await rename(form)).toBeUndefined();
    expect(ran).toEqual(['Jane', 'Jane']);
  });

  test('needs no session when open to anyone', async () => {
    beginRequest(project);
    expect(await ask({ name: 'Jane' })).toEqual({ ok: true, value: project.id });
  });
});

describe('a refused action', () => {
  test.each([
    ['another host', 'https://evil.example'],
    ['another scheme', null],
    ['another port', null],
    ['a longer host that begins the same', null],
    ['nowhere (opaque)', 'null'],
    ['no stated origin', null],
  ])('refuses a request from %s', async (kind, given) => {
    await signedIn();
    const { host } = new URL(project.origin);
    const origins: Record<string, string | null> = {
      'another scheme': `http://${host}`,
      'another port': `${project.origin}:8443`,
      'a longer host that begins the same': `${project.origin}.evil.example`,
    };
    const origin = origins[kind] ?? given;
    beginRequest(project, { origin });
    for (const result of [await rename({ name: 'Jane' }), await ask({ name: 'Jane' }), await removeAll()]) {
      expect(refusal(result)).toMatchObject({ code: 'forbidden' });
    }
    await expect(rename(formOf({ name: 'Jane' }))).rejects.toMatchObject({ code: 'forbidden' });
    expect(ran).toEqual([]);
  });

  test('refuses a request that bypassed the front server', async () => {
    await signedIn();
    beginRequest(project, { 'x-signet-context': null });
    expect(refusal(await ask({ name: 'Jane' }))?.code).toBe('forbidden');
    expect(ran).toEqual([]);
  });

  test('refuses a missing and an ended session', async () => {
    beginRequest(project);
    expect(refusal(await rename({ name: 'Jane' }))?.code).toBe('unauthenticated');
    const { identity } = await signedIn();
    await changeIdentity(systemActor(project.id), identity.id, () => ({ state: 'inactive' }));
    expect(refusal(await rename({ name: 'Jane' }))?.code).toBe('unauthenticated');
    expect(ran).toEqual([]);
  });

  test('refuses after 15 minutes where fresh authentication is required', async () => {
    await signedIn();
    expect((await removeAll()).ok).toBe(true);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 15 * 60 * 1000 });
    expect(refusal(await removeAll())?.code).toBe('reauthentication_required');
    expect((await rename({ name: 'Jane' })).ok).toBe(true);
    expect(ran).toEqual(['removed', 'Jane']);
  });

  test.each([
    ['direct', () => rename({ name: 'too long' })],
    ['by form', () => rename(null, formOf({ name: 'too long' }))],
  ])('reports each violation: %s', async (_, call) => {
    await signedIn();
    expect(refusal(await call())).toMatchObject({
      code: 'invalid_input',
      violations: [{ pointer: '/name', message: 'is too long' }],
    });
  });

  test.each([
    undefined,
    null,
    'x',
    7,
    [],
    { name: 'Jane', identityId: 'x' },
    { name: { $gt: '' } },
    { name: ['a', 'b'] },
  ])('refuses a call with other arguments: %j', async (raw) => {
    await signedIn();
    expect(refusal(await rename(raw as never))?.code).toBe('invalid_input');
    expect(ran).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['NUL', { name: 'a\0' }, '/name'],
    ['half of a surrogate pair', { name: '\ud800' }, '/name'],
    ['NUL far inside', { deep: [{ more: { text: '\0' } }] }, '/deep/0/more/text'],
    ['NUL in a name', { deep: { 'a\0': 1 } }, '/deep/a\0'],
  ])('refuses text that cannot be stored, at any depth: %s', async (_, raw, pointer) => {
    beginRequest(project);
    const takesAnything = openAction({ input: z.unknown() }, async () => ran.push('anything'));
    const error = refusal(await takesAnything(raw));
    expect(error).toMatchObject({ code: 'invalid_input', violations: [{ pointer, keyword: 'pattern' }] });
    expect(ran).toEqual([]);
  });

  test('refuses text that cannot be stored in a form', async () => {
    await signedIn();
    expect(refusal(await rename(null, formOf({ name: 'a\0' })))).toMatchObject({ violations: [{ pointer: '/name' }] });
    await expect(rename(formOf({ name: 'a\0' }))).rejects.toMatchObject({ code: 'invalid_input' });
    expect(ran).toEqual([]);
  });

  test('refuses files and repeated fields where text is expected', async () => {
    await signedIn();
    const file = new FormData();
    file.append('name', new File(['x'], 'x'));
    expect(refusal(await rename(null, file))?.code).toBe('invalid_input');
    const twice = formOf({ name: 'a' });
    twice.append('name', 'b');
    expect(refusal(await rename(null, twice))?.code).toBe('invalid_input');
  });
});

describe('an error inside', () => {
  const failing = (error: unknown) =>
    openAction({}, async () => {
      throw error;
    });

  test('returns a refusal with its details, and nothing more', async () => {
    const requestId = beginRequest(project);
    const cause = new Error('secret of the database');
    const result = await failing(new AppError('code_wrong', { triesLeft: 3, reason: 'internal words', cause }))();
    expect(result).toEqual({
      ok: false,
      error: { code: 'code_wrong', sentence: expect.stringContaining('3 attempts left'), requestId, triesLeft: 3 },
    });
    const limited = await failing(new AppError('rate_limited', { retryAfterSeconds: 60 }))();
    expect(limited).toEqual({
      ok: false,
      error: {
        code: 'rate_limited',
        sentence: expect.stringContaining('in one minute'),
        requestId,
        retryAfterSeconds: 60,
      },
    });
  });

  test("says the refusal in the person's language", async () => {
    const { identity } = await signedIn();
    await rememberLocale(identity, 'de');
    expect(refusal(await rename({ name: '' }))).toMatchObject({ sentence: expect.stringContaining('Angaben') });
  });

  test('returns any other error as internal, without its message', async () => {
    const requestId = beginRequest(project);
    const result = await failing(new TypeError('secret of the code'))();
    expect(result).toEqual({
      ok: false,
      error: { code: 'internal', sentence: expect.stringContaining('Something went wrong'), requestId },
    });
  });

  test('lets a redirect pass', async () => {
    beginRequest(project);
    const leave = openAction({}, async () => redirect('/profile'));
    await expect(leave()).rejects.toMatchObject({ digest: expect.stringContaining('/profile') });
    await expect(leave(null, new FormData())).rejects.toMatchObject({ digest: expect.stringContaining('/profile') });
  });
});

test('an action fits the hooks and attributes that call it', () => {
  const Page = () => {
    const [state, submit] = useActionState(rename, null);
    expectTypeOf(state).toEqualTypeOf<ActionResult<string> | null>();
    expectTypeOf(submit).toBeCallableWith(new FormData());
    return null;
  };
  expect(Page).toBeTypeOf('function');
  expectTypeOf(rename).toExtend<(form: FormData) => void | Promise<void>>();
  expectTypeOf(removeAll).toExtend<(form: FormData) => void | Promise<void>>();
});

describe('without a database', () => {
  const fail = openAction({}, async () => {
    throw new AppError('overloaded', { retryAfterSeconds: 7 });
  });

  /** The final response to a form, posted with or without scripts, when the page renders successfully. */
  async function statusFor(changes: Record<string, string>): Promise<{ status: number; retryAfter: unknown }> {
    const requestId = beginRequest(project, changes);
    const response = new ServerResponse(new IncomingMessage(new Socket()));
    watchForOutage(response, requestId, null);
    expect(refusal(await fail(null, formOf({})))).toMatchObject({ code: 'overloaded', retryAfterSeconds: 7 });
    response.writeHead(200);
    response.emit('close');
    return { status: response.statusCode, retryAfter: response.getHeader('retry-after') };
  }

  test('a form without scripts is 503; a call by script returns the refusal', async () => {
    expect(await statusFor({})).toEqual({ status: 503, retryAfter: 7 });
    expect(await statusFor({ 'next-action': '42' })).toEqual({ status: 200, retryAfter: undefined });
  });
});
