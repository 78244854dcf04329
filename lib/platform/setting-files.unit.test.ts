import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readEnv, SettingsError } from './env';

const SIGNET_SECRET = 'b2Yxk3Q9m7Vd0WzT5uJr8HnLc4PgSa6E';
const dir = mkdtempSync(path.join(os.tmpdir(), 'signet-settings-'));
afterAll(() => rmSync(dir, { recursive: true }));

function fileWith(content: string | Uint8Array): string {
  const file = path.join(dir, crypto.randomUUID());
  writeFileSync(file, content);
  return file;
}

test('reads secrets from files, without the line end', () => {
  const url = 'postgresql://signet:secret@database:5432/signet';
  const settings = readEnv({
    SIGNET_SECRET_FILE: fileWith(`${SIGNET_SECRET}\n`),
    DATABASE_URL_FILE: fileWith(`${url}\r\n`),
    SMTP_URL_FILE: fileWith('smtps://user:password@smtp.example.com'),
    SIGNET_METRICS_TOKEN_FILE: fileWith('0123456789abcdef'),
  });
  expect(settings).toMatchObject({
    secret: SIGNET_SECRET,
    databaseUrl: url,
    smtpUrl: 'smtps://user:password@smtp.example.com',
    metricsToken: '0123456789abcdef',
  });
});

test.each([
  ['that is missing', () => path.join(dir, 'missing'), 'SIGNET_SECRET_FILE cannot be read'],
  ['that is empty', () => fileWith('\n'), 'is empty'],
  ['in UTF-16', () => fileWith(Buffer.from(`\ufeff${SIGNET_SECRET}`, 'utf16le')), 'UTF-16'],
  ['with a weak secret', () => fileWith('change-me-change-me-change-me-change-me'), 'SIGNET_SECRET'],
])('refuses a file %s', (_, file, reason) => {
  const read = () => readEnv({ SIGNET_SECRET_FILE: file() });
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(reason);
});

test('refuses a setting given both directly and as a file', () => {
  const file = fileWith(SIGNET_SECRET);
  expect(() => readEnv({ SIGNET_SECRET, SIGNET_SECRET_FILE: file })).toThrow('are both set');
  expect(readEnv({ SIGNET_SECRET: '', SIGNET_SECRET_FILE: file }).secret).toBe(SIGNET_SECRET);
});
