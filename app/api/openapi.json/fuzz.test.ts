import fc, { type Arbitrary } from 'fast-check';
import { beforeAll, test } from 'vitest';
import type { OperationObject, ParameterObject } from '@/lib/api/openapi/model';
import { newId } from '@/lib/platform/ids';
import { adminApi, type Call, callHandler, type Handlers } from '@/testing/admin-api';
import { arbitraryOf } from '@/testing/arbitrary';
import { makePerson } from '@/testing/people';
import { documentOf, RESOURCES } from '../routes';

/**
 * Valid and invalid requests generated from the document, for every call without a form: no response may be a server
 * error or missing from the document (`callHandler` validates each one).
 */
const SEED = 20_260_131;
const { document } = documentOf('https://id.signet.test');
const { schemas } = document.components;
const calls = Object.entries<Handlers>(RESOURCES)
  .filter(([path]) => !path.startsWith('/oauth2/'))
  .flatMap(([path, handlers]) =>
    Object.entries(document.paths[path] ?? {}).map(([method, call]): [string, string, OperationObject, Handlers] => [
      method.toUpperCase(),
      path,
      call,
      handlers,
    ]),
  );

let api: Awaited<ReturnType<typeof adminApi>>;
let ids: string[];
beforeAll(async () => {
  api = await adminApi('/x', {});
  const people = await Promise.all([makePerson(api.project), makePerson(api.project), makePerson(api.project)]);
  ids = people.map(({ id }) => id);
});

test.each(calls)('%s %s', async (method, path, call, handlers) => {
  await fc.assert(
    fc.asyncProperty(requestTo(call), async (request) => {
      const response = await callHandler(api.project, path, handlers, method, { token: api.token, ...request });
      if (response.status >= 500) throw new Error(`${response.status}: ${await response.text()}`);
    }),
    { seed: SEED, numRuns: 25, interruptAfterTimeLimit: 1500 },
  );
});

function requestTo({ parameters, requestBody }: OperationObject): Arbitrary<Call> {
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const [mediaType, content] = Object.entries(requestBody?.content ?? {}).at(-1) ?? [];
  const schema = content?.schema ?? {};
  return fc
    .record({
      params: fc.record(Object.fromEntries(inPath.map(({ name }) => [name, someName()]))),
      query: fc.record(Object.fromEntries(inQuery.map((each) => [each.name, someQuery(each)])), { requiredKeys: [] }),
      ifMatch: fc.option(fc.constantFrom('"1"', '"99"', '*', 'nonsense', ''), { nil: undefined }),
      body: fc.oneof({ weight: 4, arbitrary: arbitraryOf(schema, schemas) }, fc.jsonValue({ maxDepth: 3 })),
    })
    .map(({ params, query, ifMatch, body }) => ({
      params,
      query: `?${new URLSearchParams(Object.entries(query).flatMap(([name, values]) => (values ?? []).map((value) => [name, value])))}`,
      headers: {
        ...(ifMatch !== undefined && { 'if-match': ifMatch, 'if-none-match': ifMatch }),
        ...(mediaType !== undefined && { 'content-type': mediaType }),
      },
      ...(requestBody && { body }),
    }));
}

/** Mostly an existing identity: otherwise only 404 would be tested. */
function someName(): Arbitrary<string> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.nat({ max: 2 }).map((index) => ids[index] ?? newId()) },
    fc.uuid(),
    fc.constantFrom('passkey', 'default', 'x'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  );
}

function someQuery({ schema }: ParameterObject): Arbitrary<string[]> {
  const right = arbitraryOf(schema, schemas).map((value) => (Array.isArray(value) ? value : [value]).map(String));
  return fc.oneof({ weight: 4, arbitrary: right }, fc.array(fc.string({ maxLength: 12 }), { maxLength: 2 }));
}
