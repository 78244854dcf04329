import { describe, expect, test } from 'vitest';
import { isAddress } from '@/lib/platform/address';
import { linkTokenOf } from '@/lib/platform/link-token';
import { formatRecoveryCode, toCode, toLink, toRecoveryCode } from './model';

describe('toCode', () => {
  test.each([
    '012345',
    ' 012345 ',
    '012 345',
    '012-345',
    '０１２３４５',
    '012\u00a0345',
    '٠١٢٣٤٥',
    '۰۱۲۳۴۵',
    '\u2068012345\u2069',
  ])('accepts six digits with separators: %s', (typed) => {
    expect(toCode(typed)).toBe('012345');
  });

  test.each(['', '01234', '0123456', '01234x', '०१२३४५', '012345'.repeat(50)])('rejects %s', (typed) => {
    expect(toCode(typed)).toBeNull();
  });
});

describe('isAddress', () => {
  test.each(['jane@example.com', "o'brien+tag@sub.example.co.uk", 'jane@localhost', 'jörg@müller.example'])(
    'accepts %s',
    (value) => {
      expect(isAddress(value)).toBe(true);
    },
  );

  test.each([
    '',
    'jane',
    'jane@',
    '@example.com',
    'a@b@c',
    'jane doe@example.com',
    'jane@example.com\nbcc: x@y',
    'jane@example.com,john@example.com',
    'Jane <jane@example.com>',
    'jane\0@example.com',
    'jane\u202e@example.com',
    `${'x'.repeat(250)}@example.com`,
  ])('rejects %j', (value) => {
    expect(isAddress(value)).toBe(false);
  });
});

test('a link fits a line of quoted-printable and yields its token', () => {
  const token = 'AbCdEfGhIjKlMnOpQrStUvW9';
  const link = toLink('https://identity.example.com', token);
  expect(link.length).toBeLessThanOrEqual(76);
  expect(link).not.toContain('=');
  expect(linkTokenOf(Object.fromEntries(new URL(link).searchParams))).toBe(token);
});

test.each([{}, { token: 'x' }, { 'AbCdEfGhIjKlMnOpQrStUvW-': '' }, { short: '' }])('finds no token in %j', (query) => {
  expect(linkTokenOf(query)).toBeNull();
});

describe('a recovery code', () => {
  const CODE = '7K3M9QXW2HDTV5RBH8CE0ZYP';

  test('is formatted in groups of four and parsed back', () => {
    expect(formatRecoveryCode(CODE)).toBe('7K3M-9QXW-2HDT-V5RB-H8CE-0ZYP');
    expect(toRecoveryCode(formatRecoveryCode(CODE))).toBe(CODE);
  });

  test.each(['', CODE.slice(1), `${CODE}7`, CODE.replace('7', 'U'), CODE.replace('7', '_'), `${CODE} `.repeat(2)])(
    'rejects %j',
    (typed) => {
      expect(toRecoveryCode(typed)).toBeNull();
    },
  );
});
