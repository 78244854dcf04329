import manifest from '../../package.json';

/** The product's released version. */
export const VERSION: string = manifest.version;
