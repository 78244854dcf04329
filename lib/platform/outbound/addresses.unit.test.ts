import { expect, test } from 'vitest';
import { isAllowedAddress, isLoopbackAddress, LOCAL_RANGES } from './addresses';

test.each([
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '203.0.113.9',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1', // IPv4-compatible
  '::ffff:127.0.0.1', // IPv4-mapped
  '::ffff:8.8.8.8',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a9fe:a9fe', // NAT64
  '64:ff9b:1::a00:1',
  '100::1',
  '2001::1', // Teredo
  '2001:db8::1',
  '2002:7f00:1::', // 6to4
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  'localhost',
  '',
])('refuses %s', (address) => {
  expect(isAllowedAddress(address, [])).toBe(false);
});

test.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'])('allows %s', (address) => {
  expect(isAllowedAddress(address, [])).toBe(true);
});

test('allows what a setting names, and nothing beside it', () => {
  expect(isAllowedAddress('10.20.3.4', ['10.20.0.0/16', 'fd00::/8'])).toBe(true);
  expect(isAllowedAddress('fd00::7', ['10.20.0.0/16', 'fd00::/8'])).toBe(true);
  expect(isAllowedAddress('10.21.0.1', ['10.20.0.0/16', 'fd00::/8'])).toBe(false);
  expect(isAllowedAddress('127.0.0.1', ['::1'])).toBe(false);
});

test('the ranges open on a loopback origin leave out the metadata services of clouds', () => {
  expect(isAllowedAddress('192.168.178.20', LOCAL_RANGES)).toBe(true);
  expect(isAllowedAddress('::1', LOCAL_RANGES)).toBe(true);
  expect(isAllowedAddress('169.254.169.254', LOCAL_RANGES)).toBe(false);
  expect(isAllowedAddress('fd00:ec2::254', LOCAL_RANGES)).toBe(false);
});

test('knows loopback addresses', () => {
  expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].map(isLoopbackAddress)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['10.0.0.1', '::2', 'localhost'].map(isLoopbackAddress)).toEqual([false, false, false]);
});
