/** @type {import('next').NextConfig} */
export default {
  // Tests build into a folder of their own beside the one that may be running.
  distDir: process.env.SIGNET_DIST_DIR ?? '.next',
  reactStrictMode: true,
  poweredByHeader: false,
  // The admin API makes its own ETags from an identity's version; pages are personal and never cached.
  generateEtags: false,
  // For installations without a proxy that compresses. No page holds a secret beside text an attacker chooses (BREACH).
  compress: true,
  // No picture passes through Next: no optimizer to feed with addresses.
  images: { unoptimized: true },
  // Types are checked by `npm test`: a start installs no development tools, and would check the same again.
  typescript: { ignoreBuildErrors: true },
  // This folder is the whole project, whatever lock files lie above it.
  turbopack: { root: import.meta.dirname },
};
