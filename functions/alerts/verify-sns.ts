import { verify as isSigned, type KeyObject, X509Certificate } from 'node:crypto';
import { readInstant } from '../../shared/alerts/index.ts';
import { DAY, HOUR, type JsonRecord, Refusal, recordOf } from '../../shared/kernel/index.ts';
import { ExpiringCache } from '../aws/expiring-cache.ts';
import { isSnsHost } from '../edge/sns-host.ts';
import type { Ports } from './ports.ts';
import { mayTopicSend, unexpected } from './sns-topics.ts';

/** Whether an address is one of Amazon SNS. */
export type IsOfSns = (url: URL) => boolean;

/** Where SNS keeps its certificates and takes confirmations: https at its own host, and nothing in the address but the path. */
export const isOfSns: IsOfSns = ({ protocol, hostname, port, username, password }) =>
  protocol === 'https:' && isSnsHost(hostname) && port + username + password === '';

/** What is signed, in this order; what a message lacks is left out. Source: AWS, "Verifying the signatures of Amazon SNS messages". */
const signed: Readonly<Record<string, readonly string[]>> = {
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

const algorithms: ReadonlyMap<unknown, string> = new Map([
  ['1', 'RSA-SHA1'],
  ['2', 'RSA-SHA256'],
]);

/** SNS tries to deliver for an hour at most; what is signed with an earlier time was recorded and is sent again. */
const LATEST = HOUR;

/** Returns when a body is an envelope that Amazon SNS signed within the last hour for one of these topics; else a refusal that says what it is not. */
export async function verifySns(
  body: unknown,
  topics: readonly string[] | undefined,
  ports: Pick<Ports, 'visit' | 'now' | 'fault'>,
  isTrusted: IsOfSns = isOfSns,
): Promise<void> {
  const envelope = recordOf(body);
  const message = messageOf(envelope);
  const algorithm = algorithms.get(envelope.SignatureVersion);
  const { Signature, SigningCertURL, TopicArn } = envelope;
  if (message === undefined || algorithm === undefined || typeof Signature !== 'string') throw noEnvelope();
  const address = certificateAddress(SigningCertURL, isTrusted);
  if (address === undefined) throw notOfSns();
  // Before anything is asked for: whoever made a message up may name any topic, but sends nobody on a way.
  const topic = String(TopicArn);
  if (!mayTopicSend(topic, topics)) throw unexpected(topic);
  const key = await keyAt(address, ports);
  if (!isSigned(algorithm, Buffer.from(message), key, Buffer.from(Signature, 'base64'))) throw notSigned();
  const at = readInstant(envelope.Timestamp);
  if (at === undefined || Math.abs(ports.now() - at) > LATEST) throw tooOld();
}

/** The text that was signed; undefined where a part of it is no text. */
function messageOf(envelope: JsonRecord): string | undefined {
  const names = typeof envelope.Type === 'string' ? signed[envelope.Type] : undefined;
  const there = names?.filter((name) => envelope[name] !== undefined && envelope[name] !== null);
  if (there?.some((name) => typeof envelope[name] !== 'string') ?? true) return undefined;
  return there?.map((name) => `${name}\n${String(envelope[name])}\n`).join('');
}

function certificateAddress(said: unknown, isTrusted: IsOfSns): string | undefined {
  const url = typeof said === 'string' && said.length <= 1_000 ? URL.parse(said) : null;
  return url !== null && isTrusted(url) && url.pathname.endsWith('.pem') ? url.href : undefined;
}

/** SNS changes its certificates a few times a year, and gives each an address of its own. */
const keys = new ExpiringCache<KeyObject>(20);

async function keyAt(address: string, ports: Pick<Ports, 'visit' | 'fault'>): Promise<KeyObject> {
  const known = keys.get(address);
  if (known !== undefined) return known.value;
  const { status, body } = await ports.visit(address).catch((error: unknown) => {
    ports.fault(error, 'receive');
    throw unavailable();
  });
  if (status !== 200) throw unavailable();
  const key = publicKeyIn(body);
  keys.set(address, key, DAY);
  return key;
}

function publicKeyIn(pem: string): KeyObject {
  try {
    const { publicKey } = new X509Certificate(pem);
    if (publicKey.asymmetricKeyType === 'rsa') return publicKey;
  } catch {
    // Said below, with a key of another kind.
  }
  throw notOfSns();
}

const refused = (why: string) => () => new Refusal('forbidden', why, 'body');

const noEnvelope = refused(
  'This is no signed message of Amazon SNS. Subscribe this address to a topic, and leave raw message delivery off.',
);
const notOfSns = refused(
  'The certificate that the message names is none of Amazon SNS, so that nobody knows who signed it.',
);
const notSigned = refused(
  'The signature does not fit the message: it is not by Amazon SNS, or was changed on its way.',
);
const tooOld = () =>
  new Refusal(
    'conflict',
    'The message was signed more than an hour ago or ahead, so it is a recorded one that is sent again, or a clock is wrong.',
    'body.Timestamp',
  );
const unavailable = () =>
  new Refusal(
    'unavailable',
    'The certificate of Amazon SNS could not be read. Send it again in a few seconds.',
  );
