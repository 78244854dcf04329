import Bowser from 'bowser';
import { type Device, toStoredUserAgent } from './model';

/** Browser and device guessed from a `User-Agent`, for display only: no decision may depend on it. */
export function toDevice(userAgent: string): Device {
  const header = toStoredUserAgent(userAgent).trim();
  if (header === '') return { browser: null, system: null, kind: 'unknown' };
  const { browser, os, platform } = Bowser.parse(header);
  const { type, model } = platform;
  const isApple = model === 'iPhone' || model === 'iPad';
  return {
    browser: toDisplayName(browser.name),
    system: toDisplayName(isApple ? model : os.name),
    kind: type === 'desktop' || type === 'mobile' || type === 'tablet' ? type : 'unknown',
  };
}

function toDisplayName(name: string | undefined): string | null {
  return name?.trim().slice(0, 40) || null;
}
