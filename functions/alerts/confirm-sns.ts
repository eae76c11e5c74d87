import type { Translated } from '../../shared/alerts/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import type { Ports } from './ports.ts';
import { isAmong, unexpected } from './sns-topics.ts';
import { type IsOfSns, isOfSns } from './verify-sns.ts';

/** What a source asks for before it sends. */
type Confirmation = NonNullable<Translated['confirmation']>;

/** Tells Amazon SNS that the messages of a topic are wanted, where the integration's owner named it; else a refusal. */
export async function confirm(
  { of, address }: Confirmation,
  topics: readonly string[] | undefined,
  ports: Pick<Ports, 'visit' | 'fault'>,
  isTrusted: IsOfSns = isOfSns,
): Promise<void> {
  if (topics === undefined || !isAmong(of, topics)) throw unexpected(of);
  const url = URL.parse(address);
  if (url === null || !isTrusted(url)) throw strange();
  const { status } = await ports.visit(url.href).catch((error: unknown) => {
    ports.fault(error, 'receive');
    throw unconfirmed();
  });
  if (status !== 200) throw unconfirmed();
}

const strange = () =>
  new Refusal(
    'forbidden',
    'The SubscribeURL of the message is no address of Amazon SNS.',
    'body.SubscribeURL',
  );
const unconfirmed = () =>
  new Refusal('unavailable', 'Amazon SNS did not take the confirmation. Send it again in a few seconds.');
