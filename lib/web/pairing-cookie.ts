/** Holds the code that this browser shows for another device, for as long as the code works. */
export const PAIRING_COOKIE = 'signet_pairing';
