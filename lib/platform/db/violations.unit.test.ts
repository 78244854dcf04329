import { describe, expect, test } from 'vitest';
import {
  isImpaired,
  isOutage,
  isOverload,
  isRetryable,
  isUniqueViolation,
  isUnreachable,
  outageCode,
} from './violations';

const withFields = (message: string, fields: object) => Object.assign(new Error(message), fields);
const prisma = (code: string, cause: object = {}) =>
  withFields('Invalid invocation', {
    name: 'PrismaClientKnownRequestError',
    code,
    meta: { driverAdapterError: withFields('', { cause }) },
  });
const ofServer = (originalCode: string) => ({ originalCode, kind: 'postgres', code: originalCode, severity: 'FATAL' });
const ofSystem = (code: string) => withFields(`connect ${code}`, { code, syscall: 'connect', errno: -1 });

describe('overload', () => {
  test.each([
    ...['P1008', 'P2024', 'P2028', 'P2037'].map((code) => prisma(code)),
    ...['P2010', 'P2036', 'P2039'].flatMap((code) =>
      ['53000', '53200', '53300', '57014', '55P03'].map((state) => prisma(code, ofServer(state))),
    ),
    new Error('timeout exceeded when trying to connect'),
    new Error('Query read timeout'),
    withFields('too many clients', { code: '53300', severity: 'FATAL' }),
    new Error('outer', { cause: prisma('P2024') }),
  ])('%#', (error) => {
    expect([isOverload(error), isUnreachable(error), isRetryable(error)]).toEqual([true, false, false]);
  });
});

describe('unreachable', () => {
  const NETWORK = 'ECONNREFUSED ECONNRESET EHOSTUNREACH ENOTFOUND EAI_AGAIN EPIPE ETIMEDOUT'.split(' ');
  test.each([
    ...['P1001', 'P1002', 'P1003', 'P1011', 'P1017'].map((code) => prisma(code)),
    ...['P2010', 'P2036', 'P2039'].flatMap((code) =>
      ['57P01', '57P02', '57P03', '08000', '08006'].map((state) => prisma(code, ofServer(state))),
    ),
    ...NETWORK.map(ofSystem),
    ...NETWORK.map((code) => prisma(code)),
    new AggregateError([ofSystem('EHOSTUNREACH'), ofSystem('ECONNREFUSED')]),
    withFields('ended', { code: '57P01', severity: 'FATAL' }),
    new Error('Connection terminated unexpectedly'),
    new Error('Connection terminated due to connection timeout'),
    new Error('outer', { cause: new AggregateError([ofSystem('ECONNREFUSED')]) }),
  ])('%#', (error) => {
    expect([isOverload(error), isUnreachable(error), isRetryable(error)]).toEqual([false, true, false]);
  });
});

test.each([prisma('P2034'), prisma('P2010', ofServer('40001')), prisma('P2010', ofServer('40P01'))])(
  'retryable: %#',
  (error) => {
    expect([isOverload(error), isUnreachable(error), isRetryable(error)]).toEqual([false, false, true]);
  },
);

/** A failure at COMMIT: no Prisma code, only the adapter's kind. */
const ofAdapter = (kind: string, fields: object = {}) =>
  withFields(kind, { name: 'DriverAdapterError', cause: { kind, ...fields } });
const ofSqlite = (originalCode: string) => ({ originalCode, kind: 'sqlite', extendedCode: 1 });

describe('impaired', () => {
  const SQLITE = 'READONLY READONLY_DBMOVED FULL IOERR_WRITE IOERR_FSYNC CORRUPT CORRUPT_INDEX CANTOPEN NOTADB'.split(
    ' ',
  );
  test.each([
    prisma('P2039', ofServer('25006')),
    prisma('P2010', ofServer('25006')),
    ofAdapter('postgres', ofServer('25006')),
    prisma('P2039', ofServer('58030')),
    prisma('P2039', ofServer('XX001')),
    ...SQLITE.flatMap((name) => [
      prisma('P2039', ofSqlite(`SQLITE_${name}`)),
      ofAdapter('sqlite', ofSqlite(`SQLITE_${name}`)),
      withFields('', { name: 'SqliteError', code: `SQLITE_${name}` }),
    ]),
  ])('%#', (error) => {
    expect([isImpaired(error), isOverload(error), isUnreachable(error), isRetryable(error)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('at COMMIT', () => {
  test.each(['ConnectionClosed', 'DatabaseNotReachable', 'TlsConnectionError', 'AuthenticationFailed'])(
    '%s',
    (kind) => {
      expect([isUnreachable(ofAdapter(kind)), isRetryable(ofAdapter(kind))]).toEqual([true, false]);
    },
  );
  test.each(['SocketTimeout', 'TooManyConnections'])('%s', (kind) => {
    expect([isOverload(ofAdapter(kind)), isRetryable(ofAdapter(kind))]).toEqual([true, false]);
  });
  test('a write conflict is retryable', () => {
    expect(isRetryable(ofAdapter('TransactionWriteConflict'))).toBe(true);
  });
});

test('the code of an outage is the most specific one', () => {
  expect(outageCode(prisma('P2039', ofServer('25006')))).toBe('25006');
  expect(outageCode(prisma('P2039', ofSqlite('SQLITE_FULL')))).toBe('SQLITE_FULL');
  expect(outageCode(withFields('', { code: 'SQLITE_BUSY' }))).toBe('SQLITE_BUSY');
  expect(outageCode(ofSystem('ECONNREFUSED'))).toBe('ECONNREFUSED');
  expect(outageCode(prisma('P1001'))).toBe('P1001');
  expect(outageCode(ofAdapter('ConnectionClosed'))).toBe('ConnectionClosed');
  expect(outageCode(new Error('Query read timeout'))).toBe('');
});

describe('none of these', () => {
  const circle = new Error('circle');
  circle.cause = circle;
  test.each([
    null,
    'Query read timeout',
    new Error('something else'),
    prisma('P2002'),
    prisma('P2010', ofServer('42601')),
    withFields('aborted', { code: 'ECONNRESET' }), // a client that disconnected while sending its request
    withFields('no such thing', { code: '53' }),
    { message: 42, cause: { errors: 'none' } },
    circle,
  ])('%#', (error) => {
    expect(isOutage(error)).toBe(false);
  });
});

test('the fields of a unique constraint, however they are reported', () => {
  const violation = (constraint: object) => prisma('P2002', { constraint });
  for (const constraint of [{ fields: ['projectId', 'value'] }, { index: 'Identifier_projectId_value_key' }]) {
    expect(isUniqueViolation(violation(constraint), 'value')).toBe(true);
    expect(isUniqueViolation(violation(constraint), 'externalId')).toBe(false);
  }
  expect(isUniqueViolation(withFields('', { code: 'P2002', meta: { target: ['value'] } }), 'value')).toBe(true);
  const elsewhere = withFields('value', { code: 'P2002', meta: { modelName: 'value' } });
  expect([isUniqueViolation(elsewhere), isUniqueViolation(elsewhere, 'value')]).toEqual([true, false]);
});
