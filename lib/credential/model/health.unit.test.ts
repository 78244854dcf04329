import { expect, test } from 'vitest';
import { type HealthPasskey, type NextStep, nextStep } from './health';

const now = new Date('2026-11-30T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60 * 1000);
const HELLO = '08987058-cadc-4b81-b6e1-30de50dcbe96';
const YUBIKEY = 'cb69481e-8ff7-4039-93ec-0a2729a154a8';
const UNKNOWN = '00000000-0000-0000-0000-000000000000';

const passkey = (id: string, more: Partial<HealthPasskey> = {}): HealthPasskey => ({
  ...{ id, name: `Passkey ${id}`, aaguid: UNKNOWN, transports: ['internal'], isBackedUp: true },
  ...{ createdAt: daysAgo(400), lastUsedAt: daysAgo(1), counterWarnedAt: null },
  ...more,
});
const bound = (id: string, more: Partial<HealthPasskey> = {}) => passkey(id, { isBackedUp: false, ...more });
const key = (id: string) => bound(id, { aaguid: YUBIKEY, transports: ['usb', 'nfc'] });
const warned = { counterWarnedAt: daysAgo(3) };
const named = (id: string) => ({ id, name: `Passkey ${id}` });

const verified = true;
test.each<[string, HealthPasskey[], boolean, NextStep | null]>([
  ['two synced passkeys, a verified address', [passkey('1'), passkey('2')], verified, null],
  ['no passkey', [], verified, { kind: 'noPasskey' }],
  ['no passkey, no verified address', [], !verified, { kind: 'noPasskey' }],
  ['an address not verified', [passkey('1'), passkey('2')], !verified, { kind: 'unverified' }],
  ['one passkey and an address not verified', [passkey('1')], !verified, { kind: 'unverified' }],
  ['one passkey', [passkey('1')], verified, { kind: 'onePasskey' }],
  ['one passkey, long unused', [passkey('1', { lastUsedAt: daysAgo(500) })], verified, { kind: 'onePasskey' }],
  ['two on the same kind of device', [bound('1'), bound('2')], verified, { kind: 'oneDevice' }],
  [
    'two in Windows Hello',
    [bound('1', { aaguid: HELLO }), bound('2', { aaguid: HELLO })],
    verified,
    { kind: 'oneDevice' },
  ],
  ['two in different built-in authenticators', [bound('1'), bound('2', { aaguid: HELLO })], verified, null],
  ['one on the device and one synced', [bound('1'), passkey('2')], verified, null],
  ['one on the device and a security key', [bound('1'), key('2')], verified, null],
  ['two security keys', [key('1'), key('2')], verified, null],
  ['one unused for 179 days', [passkey('1'), passkey('2', { lastUsedAt: daysAgo(179) })], verified, null],
  [
    'one unused for 180 days',
    [passkey('1'), passkey('2', { lastUsedAt: daysAgo(180) })],
    verified,
    { kind: 'unused', passkey: named('2'), days: 180 },
  ],
  [
    'one never used, added long ago',
    [passkey('1'), passkey('2', { lastUsedAt: null, createdAt: daysAgo(200) })],
    verified,
    { kind: 'unused', passkey: named('2'), days: 200 },
  ],
  ['one just added', [passkey('1'), passkey('2', { lastUsedAt: null, createdAt: daysAgo(0) })], verified, null],
  [
    'the longest unused of two',
    [passkey('1', { lastUsedAt: daysAgo(181) }), passkey('2', { lastUsedAt: daysAgo(300) })],
    verified,
    { kind: 'unused', passkey: named('2'), days: 300 },
  ],
  [
    'a possible copy, before anything else',
    [key('1'), { ...key('2'), ...warned }],
    !verified,
    { kind: 'copied', passkey: named('2') },
  ],
  [
    'a possible copy of the only passkey',
    [{ ...key('1'), ...warned }],
    verified,
    { kind: 'copied', passkey: named('1') },
  ],
])('with %s', (_, passkeys, isVerified, expected) => {
  expect(nextStep(passkeys, { isVerified }, now)).toEqual(expected);
});
