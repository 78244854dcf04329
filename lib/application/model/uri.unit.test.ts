import { describe, expect, test } from 'vitest';
import { isUnauthenticatedUri, launchUrlFault, logoutUriFault, matchesRedirectUri, redirectUriFault } from './uri';

describe('redirectUriFault', () => {
  test.each([
    'https://app.example.com/callback',
    'https://app.example.com/callback?tenant=1',
    'https://app.example.com:8443/',
    'http://127.0.0.1/callback',
    'http://127.0.0.1:3000/callback',
    'http://[::1]:3000/callback',
  ])('accepts %s for every kind', (uri) => {
    for (const kind of ['web', 'browser', 'native'] as const) expect(redirectUriFault(kind, uri)).toBeNull();
  });

  test.each([
    ['http://app.example.com/callback', 'insecure'],
    ['http://192.168.1.2/callback', 'insecure'],
    ['http://127.0.0.1.example.com/callback', 'insecure'],
    ['http://localhost.example.com/callback', 'insecure'],
    ['https://app.example.com/callback#top', 'fragment'],
    ['https://app.example.com/callback#', 'fragment'],
    ['https://*.example.com/callback', 'wildcard'],
    ['https://app.example.com/*', 'wildcard'],
    ['https://user@app.example.com/callback', 'credentials'],
    ['https://app.example.com\\@evil.example/', 'unreadable'],
    ['https:app.example.com/callback', 'unreadable'],
    ['https:///callback', 'unreadable'],
    ['/callback', 'unreadable'],
    ['', 'unreadable'],
    ['https://app.example.com/a b', 'unreadable'],
    ['https://app.example.com/\n', 'unreadable'],
    ['https://bücher.example/callback', 'unreadable'],
    ['javascript:alert(1)', 'scheme'],
    ['data:text/html,x', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['myapp://callback', 'scheme'],
    ['HTTPS://app.example.com/callback', 'scheme'],
    [`https://app.example.com/${'a'.repeat(2000)}`, 'long'],
  ])('refuses %s for every kind', (uri, fault) => {
    for (const kind of ['web', 'browser', 'native'] as const) expect(redirectUriFault(kind, uri)).toBe(fault);
  });

  test('accepts a scheme with a dot for native applications only', () => {
    expect(redirectUriFault('native', 'com.example.app:/callback')).toBeNull();
    expect(redirectUriFault('web', 'com.example.app:/callback')).toBe('scheme');
    expect(redirectUriFault('browser', 'com.example.app:/callback')).toBe('scheme');
  });

  test('accepts localhost except for native applications (RFC 8252 §8.3)', () => {
    expect(redirectUriFault('web', 'http://localhost:3000/callback')).toBeNull();
    expect(redirectUriFault('browser', 'http://localhost:5173/')).toBeNull();
    expect(redirectUriFault('native', 'http://localhost:3000/callback')).toBe('localhost');
  });
});

describe('matchesRedirectUri', () => {
  const web = { kind: 'web', redirectUris: ['https://app.example.com/callback'] } as const;
  const native = {
    kind: 'native',
    redirectUris: [
      'http://127.0.0.1/callback',
      'http://[::1]/callback',
      'http://127.0.0.1',
      'com.example.app:/callback',
    ],
  } as const;
  const matches = (application: { kind: 'web' | 'native'; redirectUris: readonly string[] }, uri: string) =>
    matchesRedirectUri({ ...application, redirectUris: [...application.redirectUris] }, uri);

  test('compares byte for byte', () => {
    expect(matches(web, 'https://app.example.com/callback')).toBe(true);
    for (const uri of [
      'https://app.example.com/callback/',
      'https://app.example.com/callback?x=1',
      'https://app.example.com/callback#x',
      'https://APP.example.com/callback',
      'https://app.example.com:443/callback',
      'https://app.example.com/%63allback',
      'https://app.example.com/x/../callback',
      'https://app.example.com.evil.example/callback',
      'http://app.example.com/callback',
      '',
    ])
      expect(matches(web, uri), uri).toBe(false);
  });

  test('matches a loopback address without a port at any port, for native applications only (RFC 8252 §7.3)', () => {
    for (const uri of ['http://127.0.0.1:49152/callback', 'http://[::1]:1/callback', 'http://127.0.0.1:65535'])
      expect(matches(native, uri), uri).toBe(true);
    for (const uri of [
      'http://127.0.0.1:0/callback',
      'http://127.0.0.1:65536/callback',
      'http://127.0.0.1:08080/callback',
      'http://127.0.0.1:49152/other',
      'http://127.0.0.1:49152/callback?x=1',
      'http://127.0.0.1:49152@evil.example/callback',
      'http://127.0.0.1:80.evil.example/callback',
      'http://localhost:49152/callback',
      'https://127.0.0.1:49152/callback',
      'http://127.0.0.2:49152/callback',
    ])
      expect(matches(native, uri), uri).toBe(false);
    expect(matches({ ...native, kind: 'web' }, 'http://127.0.0.1:49152/callback')).toBe(false);
  });

  test('matches a registered port only as it is', () => {
    const fixed = { kind: 'native', redirectUris: ['http://127.0.0.1:3000/callback'] } as const;
    expect(matches(fixed, 'http://127.0.0.1:3000/callback')).toBe(true);
    expect(matches(fixed, 'http://127.0.0.1:3001/callback')).toBe(false);
  });
});

test('a loopback address and a private scheme may belong to another program (RFC 8252 §8.6)', () => {
  for (const uri of ['http://127.0.0.1:3000/callback', 'http://[::1]/callback', 'com.example.app:/callback'])
    expect(isUnauthenticatedUri(uri)).toBe(true);
  expect(isUnauthenticatedUri('https://app.example.com/callback')).toBe(false);
});

test('logout tokens go to https, or to a loopback address', () => {
  expect(logoutUriFault('https://app.example.com/logout')).toBeNull();
  expect(logoutUriFault('http://127.0.0.1:3000/logout')).toBeNull();
  expect(logoutUriFault('http://app.example.com/logout')).toBe('insecure');
  expect(logoutUriFault('com.example.app:/logout')).toBe('scheme');
});

test('a launch URL is http or https on any host, and no script', () => {
  expect(launchUrlFault('https://app.example.com/#/start')).toBeNull();
  expect(launchUrlFault('http://nas.local:5000/')).toBeNull();
  expect(launchUrlFault('javascript:alert(1)')).toBe('unreadable');
  expect(launchUrlFault('https://user:secret@app.example.com/')).toBe('credentials');
});
