import Bowser from 'bowser';
import { type Device, toStoredUserAgent } from './model';

/** What a `User-Agent` tells of browser and device. A guess for display: nothing may be decided by it. */
export function toDevice(userAgent: string): Device {
  const header = toStoredUserAgent(userAgent).trim();
  if (header === '') return { browser: null, system: null, kind: 'unknown' };
  const { browser, os, platform } = Bowser.parse(header);
  const { type, model } = platform;
  const isApple = model === 'iPhone' || model === 'iPad';
  return {
    browser: toWord(browser.name),
    system: toWord(isApple ? model : os.name),
    kind: type === 'desktop' || type === 'mobile' || type === 'tablet' ? type : 'unknown',
  };
}

function toWord(name: string | undefined): string | null {
  return name?.trim().slice(0, 40) || null;
}
