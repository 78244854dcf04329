/** @type {import('next').NextConfig} */
export default {
  // Tests build into their own folder; the default one may be in use.
  distDir: process.env.SIGNET_DIST_DIR ?? '.next',
  reactStrictMode: true,
  poweredByHeader: false,
  // The admin API derives its ETags from an identity's version; pages are personal and never cached.
  generateEtags: false,
  // For installations without a compressing proxy. No page holds a secret beside text that an attacker chooses
  // (BREACH).
  compress: true,
  // No image passes through Next, so its optimizer cannot be abused.
  images: { unoptimized: true },
  // `npm test` checks types: a start does not install development tools, and would only repeat the check.
  typescript: { ignoreBuildErrors: true },
  // Pages are loaded when they are first requested: a start is shorter, and idle memory smaller.
  experimental: { preloadEntriesOnStart: false },
  // This folder is the whole project, even when a parent folder has a lock file.
  turbopack: { root: import.meta.dirname },
};
