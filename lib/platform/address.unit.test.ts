import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressFault, isAddress, normalizeAddress, normalizeAddressPrefix, toReadableAddress } from './address';

describe('normalizeAddress', () => {
  test.each([
    ['anna@münchen.example', 'anna@xn--mnchen-3ya.example'],
    [' Anna@MÜNCHEN.Example\n', 'anna@xn--mnchen-3ya.example'],
    ['anna@mu\u0308nchen.example', 'anna@xn--mnchen-3ya.example'],
    ['anna@XN--MNCHEN-3YA.example', 'anna@xn--mnchen-3ya.example'],
    ['anna@xn--mnchen-3ya.example', 'anna@xn--mnchen-3ya.example'],
    ['dora@例え\u3002テスト', 'dora@xn--r8jz45g.xn--zckzah'],
    ['dora@例え\uff61テスト', 'dora@xn--r8jz45g.xn--zckzah'],
    ['wide@ｅｘａｍｐｌｅ.com', 'wide@example.com'],
    ['x@exam\u00adple\u200b.com', 'x@example.com'],
    ['Zoë@Example.COM', 'zoë@example.com'],
    ['JustAName', 'justaname'],
    ['name@of@münchen.example', 'name@of@xn--mnchen-3ya.example'],
  ])('stores %j as %s', (typed, stored) => {
    expect(normalizeAddress(typed)).toBe(stored);
  });

  test('distinguishes ß from ss', () => {
    expect(normalizeAddress('faß@straße.example')).toBe('faß@xn--strae-oqa.example');
    expect(normalizeAddress('faß@strasse.example')).toBe('faß@strasse.example');
  });

  test.each(['x@\u202emünchen.example', 'x@xn--a.example', 'x@a\u200db.ü', 'x@[127.0.0.1]', 'x@a..b', 'x@'])(
    'leaves %j, which has no A-labels, unchanged',
    (typed) => {
      expect(normalizeAddress(typed)).toBe(typed);
    },
  );

  test.each(['x@ü/..', 'x@ü?y', 'x@ü#y', 'x@ü%41', 'x@ü:80'])('does not normalize %j to the address of ü', (typed) => {
    expect(normalizeAddress(typed)).not.toBe(normalizeAddress('x@ü'));
  });

  test('is idempotent, and independent of Unicode normal form', () => {
    const domain = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.domain(), fc.constant('bücher.example'));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 10 }), domain, (local, name) => {
        const form = normalizeAddress(`${local}@${name}`);
        expect(normalizeAddress(form)).toBe(form);
        for (const spelling of ['NFC', 'NFD']) {
          expect(normalizeAddress(`${local}@${name}`.normalize(spelling))).toBe(form);
        }
      }),
    );
  });
});

describe('normalizeAddressPrefix', () => {
  test.each([
    ['anna', { prefix: 'anna' }],
    ['Anna@ex', { prefix: 'anna@ex' }],
    ['anna@xn--mn', { prefix: 'anna@xn--mn' }],
    ['anna@mün', { prefix: 'anna@', readable: 'anna@mün' }],
    ['anna@münchen.ex', { prefix: 'anna@xn--mnchen-3ya.ex' }],
    ['anna@münchen.büc', { prefix: 'anna@xn--mnchen-3ya.', readable: 'anna@münchen.büc' }],
    ['anna@münchen.bücher.', { prefix: 'anna@xn--mnchen-3ya.xn--bcher-kva.' }],
  ])('%s', (typed, parts) => {
    expect(normalizeAddressPrefix(typed)).toEqual(parts);
  });
});

describe('toReadableAddress', () => {
  test.each([
    ['anna@xn--mnchen-3ya.example', 'anna@münchen.example'],
    ['anna@example.com', 'anna@example.com'],
    ['anna@xn--a.example', 'anna@xn--a.example'],
    ['justaname', 'justaname'],
  ])('shows %s as %s', (stored, readable) => {
    expect(toReadableAddress(stored)).toBe(readable);
  });
});

describe('lengths (RFC 5321 §4.5.3.1)', () => {
  const label = 'd'.repeat(63);
  test.each([
    [`${'l'.repeat(64)}@example.com`, null],
    [`${'l'.repeat(65)}@example.com`, 'local'],
    [`${'ü'.repeat(32)}@example.com`, null],
    [`${'ü'.repeat(33)}@example.com`, 'local'],
    [`l@${label}.example`, null],
    [`l@${label}d.example`, 'domain'],
    ['l@example..com', 'domain'],
    ['l@example.com.', 'domain'],
    [`${'l'.repeat(62)}@${label}.${label}.${label}`, null],
    [`${'l'.repeat(63)}@${label}.${label}.${label}`, 'total'],
    ['n'.repeat(254), null],
    ['n'.repeat(255), 'total'],
  ])('%s: %s', (address, fault) => {
    expect(addressFault(address)).toBe(fault);
  });

  test.each([
    '',
    'x',
    '@example.com',
    'x@',
    'x y@example.com',
    'x@example.com, y',
    'x\u202e@example.com',
    'x@y@example.com',
  ])('is not an address: %j', (text) => {
    expect(isAddress(text)).toBe(false);
  });
});
