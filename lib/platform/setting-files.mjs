// JavaScript, because scripts/lib/settings.mjs needs it before anything is bundled.
import { readFileSync } from 'node:fs';
import { decodeUtf8 } from './utf8.mjs';

/**
 * Settings that contain a secret: `<NAME>_FILE` names a file with the value, as container secrets and systemd
 * credentials do.
 */
export const FILE_SETTINGS = ['SIGNET_SECRET', 'DATABASE_URL', 'SMTP_URL', 'SIGNET_METRICS_TOKEN'];

/**
 * The settings in `source`, including those from files under their own names; white space around a value is dropped.
 * @param {Record<string, string | undefined>} source
 * @returns {{ settings: Record<string, string | undefined>, faults: string[] }}
 */
export function readSettingFiles(source) {
  const settings = { ...source };
  const faults = [];
  for (const name of FILE_SETTINGS) {
    const file = source[`${name}_FILE`];
    if (!file) continue;
    if (source[name]) {
      faults.push(`${name} and ${name}_FILE are both set`);
      continue;
    }
    try {
      settings[name] = decodeUtf8(readFileSync(file), file).trim();
      if (settings[name] === '') faults.push(`${name}_FILE: ${file} is empty`);
    } catch (error) {
      faults.push(`${name}_FILE cannot be read: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { settings, faults };
}
