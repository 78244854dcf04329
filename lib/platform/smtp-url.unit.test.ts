import { expect, test } from 'vitest';
import { isLoopback, tlsOf } from './smtp-url';

test.each(['localhost', 'LOCALHOST', 'mail.localhost', '127.0.0.1', '127.9.9.9', '[::1]'])(
  '%s is a loopback host',
  (host) => {
    expect(isLoopback(host)).toBe(true);
    expect(tlsOf(`smtp://user:pass@${host}:2525`)).toBe('opportunistic');
    expect(tlsOf(`smtp://${host}?tls=required`)).toBe('required');
  },
);

test.each([
  'mail.example.com',
  '127.0.0.1.example.com',
  'localhost.example.com',
  '0.0.0.0',
  '10.0.0.1',
  '[::2]',
  'xlocalhost',
])('%s is not a loopback host', (host) => {
  expect(isLoopback(host)).toBe(false);
  expect(tlsOf(`smtp://${host}`)).toBe('required');
  expect(tlsOf(`smtp://${host}?tls=none`)).toBe('none');
});
