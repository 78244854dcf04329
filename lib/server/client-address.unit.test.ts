import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TrustedProxies } from './client-address';

const proxies = new TrustedProxies(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);

describe('TrustedProxies.read', () => {
  test('ignores the headers of an untrusted peer', () => {
    const headers = { host: 'id.example.com', 'x-forwarded-for': '1.2.3.4', 'x-forwarded-host': 'evil.example.com' };
    expect(proxies.read('203.0.113.9', headers)).toEqual({
      address: '203.0.113.9',
      host: 'id.example.com',
      isForwarded: false,
    });
  });

  test('walks past trusted proxies to the first untrusted address, ignoring entries further left', () => {
    const headers = {
      host: 'app:3000',
      'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.1.2.3',
      'x-forwarded-host': 'id.example.com',
    };
    expect(proxies.read('::ffff:127.0.0.1', headers)).toEqual({
      address: '203.0.113.9',
      host: 'id.example.com',
      isForwarded: true,
    });
  });

  test.each(['a', '', '1.2.3.4:80, , x', 'unknown'])(
    'an invalid entry (%s) ends the walk at the last valid address (CVE-2024-47070)',
    (value) => {
      expect(proxies.read('127.0.0.1', { host: 'h', 'x-forwarded-for': value }).address).toBe('127.0.0.1');
    },
  );

  test('always returns an address, for any headers (CVE-2024-47070)', () => {
    const text = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.array(fc.oneof(fc.string(), fc.ipV4())).map(String));
    fc.assert(
      fc.property(text, text, (forwardedFor, host) => {
        const headers = { host: 'h', 'x-forwarded-for': forwardedFor, 'x-forwarded-host': host };
        expect(isIP(proxies.read('127.0.0.1', headers).address)).not.toBe(0);
      }),
    );
  });

  test('supports IPv6 ranges', () => {
    expect(proxies.read('fd12::1', { host: 'h', 'x-forwarded-for': '2001:db8::7' }).address).toBe('2001:db8::7');
  });

  test('trusts no proxy without a list', () => {
    expect(new TrustedProxies([]).read('127.0.0.1', { host: 'h', 'x-forwarded-for': '1.1.1.1' }).address).toBe(
      '127.0.0.1',
    );
  });
});
