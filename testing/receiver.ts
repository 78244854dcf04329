import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

/** A request as a receiver got it. */
export type Received = { path: string; headers: Record<string, string>; body: string };
type Answer = (request: Received, response: http.ServerResponse) => void;

/** A server that receives requests. `answer` may be replaced at any time; by default it answers 204. */
export type Receiver = {
  port: number;
  url: string;
  received: Received[];
  answer: Answer;
  close: () => Promise<void>;
};

export async function startReceiver(
  options: { address?: string; tls?: { key: string; cert: string } } = {},
): Promise<Receiver> {
  const { address = '127.0.0.1', tls } = options;
  const receiver: Receiver = {
    port: 0,
    url: '',
    received: [],
    answer: (_, response) => response.writeHead(204).end(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const listener: http.RequestListener = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const received = { path: request.url ?? '', headers, body: Buffer.concat(chunks).toString('utf8') };
    receiver.received.push(received);
    receiver.answer(received, response);
  };
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  receiver.port = (server.address() as AddressInfo).port;
  receiver.url = `${tls ? 'https' : 'http'}://${address}:${receiver.port}/hook`;
  return receiver;
}
