import Bowser from 'bowser';

/** Display names of a browser and its device. Null means unknown. */
export type Device = {
  /** Such as `Firefox`. */
  browser: string | null;
  /** Such as `Windows`, `Android`, `iPhone`. */
  system: string | null;
  kind: 'desktop' | 'mobile' | 'tablet' | 'unknown';
};

const MAX_USER_AGENT_LENGTH = 512;

/** The stored form of a `User-Agent` header: bounded, without characters that no browser sends. */
export function toStoredUserAgent(header: string | null | undefined): string {
  return (header ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, MAX_USER_AGENT_LENGTH);
}

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

/**
 * Browsers and systems that mails may name. Bowser takes other names from the header as they are, so that anyone who
 * requests a mail could write into it.
 */
const BROWSERS = new Set(
  `Chrome|Chromium|Firefox|Safari|Microsoft Edge|Opera|Brave|Vivaldi|Samsung Internet for Android|DuckDuckGo|LibreWolf|Yandex Browser
  |UC Browser|HeyTap Browser|Vivo Browser|NAVER Whale Browser|QQ Browser|Android Browser|Focus|Epiphany|Pale Moon|Electron|Ladybird`
    .split('|')
    .map((name) => name.trim()),
);
const SYSTEMS = new Set(
  'Android|iPhone|iPad|iOS|macOS|Windows|Linux|Chrome OS|HarmonyOS|Tizen|WebOS|PlayStation 4'.split('|'),
);

/** As `toDevice`, but names well-known browsers and systems only. */
export function toKnownDevice(userAgent: string): Pick<Device, 'browser' | 'system'> {
  const { browser, system } = toDevice(userAgent);
  return {
    browser: browser !== null && BROWSERS.has(browser) ? browser : null,
    system: system !== null && SYSTEMS.has(system) ? system : null,
  };
}

function toDisplayName(name: string | undefined): string | null {
  return name?.trim().slice(0, 40) || null;
}
