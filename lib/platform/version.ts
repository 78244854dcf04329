import manifest from '../../package.json';

/** The product's own version, as it is released. */
export const VERSION: string = manifest.version;
