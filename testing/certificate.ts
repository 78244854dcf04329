import 'reflect-metadata'; // @peculiar/x509 requires it to be imported first
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A self-signed certificate and its key, PEM, for a server in a test. */
export async function selfSigned(subject: {
  addresses?: string[];
  names?: string[];
}): Promise<{ key: string; cert: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=test',
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date('2020-01-01'),
    notAfter: new Date('2120-01-01'),
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        ...(subject.addresses ?? []).map((value) => ({ type: 'ip' as const, value })),
        ...(subject.names ?? []).map((value) => ({ type: 'dns' as const, value })),
      ]),
    ],
  });
  return {
    key: x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'),
    cert: certificate.toString('pem'),
  };
}
