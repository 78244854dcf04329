import { describe, expect, test } from 'vitest';
import { readSender, senderDomain } from './sender';

describe('readSender', () => {
  test.each([
    ['no-reply@example.com', { name: '', address: 'no-reply@example.com' }],
    [' Acme <no-reply@example.com> ', { name: 'Acme', address: 'no-reply@example.com' }],
    ['"Acme, Inc." <no-reply@example.com>', { name: 'Acme, Inc.', address: 'no-reply@example.com' }],
    ['Kundendienst <Hilfe@BÜCHER.example>', { name: 'Kundendienst', address: 'Hilfe@xn--bcher-kva.example' }],
  ])('parses %s', (text, parts) => {
    expect(readSender(text)).toEqual(parts);
  });

  test.each([
    '',
    'Acme',
    'Acme <>',
    'a@example.com, b@example.com',
    'Acme, Inc. <a@example.com>',
    'Acme <a@example.com> <b@example.com>',
    'Acme\r\nBcc: x <a@example.com>',
    'a@b@example.com',
    'Acme (no-reply) <a@example.com>',
    'Acme a@example.com',
    'Acme <a@example.com> Inc',
    'Team: a@example.com;',
    'Acme <a@example.com>,',
    'b@example.com <a@example.com>',
    '"Acme" Inc <a@example.com>',
    '"Ac\\"me" <a@example.com>',
    '"a@example.com x"@evil.example',
    `${'n'.repeat(101)} <a@example.com>`,
    `${'('.repeat(100_000)}a@example.com`,
    `${'a'.repeat(250)}@example.com`,
  ])('refuses %j', (text) => {
    expect(readSender(text)).toBeNull();
  });
});

test.each([
  ['Acme <no-reply@Mail.Acme.example>', 'mail.acme.example'],
  ['no-reply@bücher.example', 'xn--bcher-kva.example'],
  ['no-reply@acme.example/evil.example', null],
  ['no-reply@acme.example?evil.example', null],
  ['no-reply@acme.example#evil.example', null],
  ['no-reply@acme%2eexample', null],
  ['no-reply@0x7f.1', '0x7f.1'],
  ['no-reply@acme.example.', null],
  ['two@acme.example, three@acme.example', null],
])('senderDomain reads %s', (sender, domain) => {
  expect(senderDomain(sender)).toBe(domain);
});
