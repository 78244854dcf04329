import dgram from 'node:dgram';

/**
 * A local name server (RFC 1035 §4) for TXT records only. `records` may change while it runs; other names are answered
 * NXDOMAIN.
 */
export async function startDnsServer(at = 0) {
  const records = new Map<string, string[]>();
  const asked: string[] = [];
  const socket = dgram.createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const name = nameIn(query);
    asked.push(name);
    socket.send(answer(query, records.get(name) ?? []), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(at, '127.0.0.1', resolve));
  const { port } = socket.address();
  return { records, asked, server: `127.0.0.1:${port}`, stop: () => socket.close() };
}

const HEADER_BYTES = 12;
const TXT = 16;

function nameIn(query: Buffer): string {
  const labels: string[] = [];
  for (let at = HEADER_BYTES; query.readUInt8(at) > 0; at += 1 + query.readUInt8(at))
    labels.push(query.toString('latin1', at + 1, at + 1 + query.readUInt8(at)));
  return labels.join('.').toLowerCase();
}

function answer(query: Buffer, texts: string[]): Buffer {
  const end = query.indexOf(0, HEADER_BYTES) + 5; // the name's end, type and class
  const header = Buffer.from(query.subarray(0, HEADER_BYTES));
  header.writeUInt16BE(texts.length > 0 ? 0x8180 : 0x8183, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(texts.length, 6);
  header.writeUInt32BE(0, 8);
  const answers = texts.map((text) => {
    const strings = (text.match(/[\s\S]{1,255}/g) ?? []).map((part) =>
      Buffer.from([part.length, ...Buffer.from(part)]),
    );
    const data = Buffer.concat(strings);
    const fixed = Buffer.alloc(12);
    fixed.writeUInt16BE(0xc000 | HEADER_BYTES, 0); // the name of the question
    fixed.writeUInt16BE(TXT, 2);
    fixed.writeUInt16BE(1, 4);
    fixed.writeUInt32BE(60, 6);
    fixed.writeUInt16BE(data.length, 10);
    return Buffer.concat([fixed, data]);
  });
  return Buffer.concat([header, query.subarray(HEADER_BYTES, end), ...answers]);
}
