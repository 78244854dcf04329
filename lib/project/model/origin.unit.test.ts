import { describe, expect, test } from 'vitest';
import { defaultOrigin, hasUnreachableOrigin, readOrigin, tombstoneOrigin } from './origin';

describe('origin', () => {
  test.each([
    ['https://id.example.com', 'https://id.example.com'],
    ['  HTTPS://ID.Example.com:443/ ', 'https://id.example.com'],
    ['https://id.example.com:8443', 'https://id.example.com:8443'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://acme.localhost:3000', 'http://acme.localhost:3000'],
  ])('accepts %s', (text, origin) => {
    expect(readOrigin(text)).toEqual({ origin });
  });

  test.each([
    ['', 'format'],
    ['id.example.com', 'format'],
    ['//id.example.com', 'format'],
    ['https://*.example.com', 'format'],
    ['https://id.example.com.', 'format'],
    ['https://a_b.example.com', 'format'],
    ['https://user@id.example.com', 'format'],
    ['https://deleted.invalid', 'format'],
    ['http://id.example.com', 'scheme'],
    ['http://localhost.example.com', 'scheme'],
    ['ftp://id.example.com', 'scheme'],
    ['javascript://id.example.com', 'scheme'],
    ['https://id.example.com/login', 'path'],
    ['https://id.example.com?', 'path'],
    ['https://id.example.com/#x', 'path'],
    ['https://192.0.2.1', 'address'],
    ['https://0x7f.1', 'address'],
    ['https://[2001:db8::1]', 'address'],
  ])('rejects %j: %s', (text, fault) => {
    expect(readOrigin(text)).toEqual({ fault });
  });

  test("derives a default origin from the first one on a developer's machine only", () => {
    expect(defaultOrigin('http://localhost:3000', 'acme')).toBe('http://acme.localhost:3000');
    expect(defaultOrigin('http://localhost', 'acme')).toBe('http://acme.localhost');
    expect(defaultOrigin('https://id.example.com', 'acme')).toBeNull();
  });

  test('recognizes the origin of a project being deleted', () => {
    expect(hasUnreachableOrigin({ origin: tombstoneOrigin('0190') })).toBe(true);
    expect(hasUnreachableOrigin({ origin: 'https://invalid.example.com' })).toBe(false);
  });
});
