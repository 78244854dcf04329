// Imported first by every command: an old Node would otherwise fail later with an obscure error.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Signet needs Node 20.19 or newer (24 is recommended); this is ${process.versions.node}.`);
  process.exit(1);
}
if (process.platform === 'win32') {
  console.error('Signet runs on Linux and macOS; on Windows use WSL 2 or the container image.');
  process.exit(1);
}
