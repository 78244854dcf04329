/**
 * Freezes the clock at one moment until `advance` is called; `release` restores the real time.
 * @param {number} moment
 */
export function fixClock(moment) {
  const Real = Date;
  let now = moment;
  globalThis.Date = class extends Real {
    constructor(...given) {
      super(...(given.length > 0 ? given : [now]));
    }
    static now() {
      return now;
    }
  };
  return {
    /** @param {number} seconds */
    advance(seconds) {
      now += seconds * 1000;
    },
    release() {
      globalThis.Date = Real;
    },
  };
}
