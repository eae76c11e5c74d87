import 'reflect-metadata';
import { createPrivateKey, sign } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';

/** Whoever signs messages as Amazon SNS does, with a certificate of its own. */
export interface SnsSigner {
  /** The certificate, as PEM. */
  readonly cert: string;
  /** The envelope with its signature and where its certificate is. */
  signed(
    envelope: Readonly<Record<string, unknown>>,
    at: string,
    version?: '1' | '2',
  ): Record<string, unknown>;
}

/** What SNS signs of each type, as its documentation lists it. */
const fields: Readonly<Record<string, readonly string[]>> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
};

/** Makes a key and a certificate for it, of the kind that SNS has unless another is asked for. */
export async function snsSigner(kind: 'RSA' | 'EC' = 'RSA'): Promise<SnsSigner> {
  const algorithm =
    kind === 'RSA'
      ? {
          ...{ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048 },
          publicExponent: new Uint8Array([1, 0, 1]),
        }
      : { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...{ serialNumber: '01', name: 'CN=sns.test', keys, signingAlgorithm: algorithm },
    ...{ notBefore: new Date('2026-01-01'), notAfter: new Date('2036-01-01') },
  });
  const bytes = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  const key = createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
  return {
    cert: certificate.toString('pem'),
    signed(envelope, at, version = '1') {
      const names = (fields[String(envelope.Type)] ?? []).filter((name) => envelope[name] !== undefined);
      const text = names.map((name) => `${name}\n${String(envelope[name])}\n`).join('');
      const signature = sign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256', Buffer.from(text), key);
      const own = { SignatureVersion: version, Signature: signature.toString('base64'), SigningCertURL: at };
      return { ...envelope, ...own };
    },
  };
}
