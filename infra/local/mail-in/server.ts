import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Core } from '../core.ts';
import type { Running } from '../resource.ts';
import type { ReceiptRule } from '../resources/receipt-rules.ts';
import { deliver } from './deliver.ts';

/** Amazon SES takes up to 40 MB; nobody needs as much on one machine. */
const MOST_BYTES = 10 * 1024 * 1024;

/** An error that the sender is answered with this code of SMTP. */
const refused = (code: number, said: string) => Object.assign(new Error(said), { responseCode: code });

/** Receives mail over SMTP on a port of 127.0.0.1, for the domains of the rules alone. */
export async function startMailServer(
  port: number,
  rules: readonly ReceiptRule[],
  world: Core,
): Promise<Running> {
  const domains = rules.flatMap((rule) => rule.domains);
  const server = new SMTPServer({
    name: 'localhost',
    size: MOST_BYTES,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 1_000,
    onRcptTo({ address }, _session, callback) {
      if (domains.includes(domainOf(address))) return callback();
      callback(
        refused(550, `No mail is taken for ${address} here, only for ${domains.join(', ') || 'nobody'}`),
      );
    },
    onData(stream, session, callback) {
      void world
        .busy(() => take(stream, session, rules, world))
        .then(
          () => callback(),
          (error: Error) => callback(error),
        );
    },
  });
  server.on('error', (error) => world.log(`The mail server: ${error.message}`));
  const listening = server.listen(port, '127.0.0.1');
  await once(listening, 'listening');
  return { stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Takes a mail for every rule that it fits; it is told of when it lies where the rules want it. */
async function take(
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
  rules: readonly ReceiptRule[],
  world: Core,
): Promise<void> {
  const raw = await whole(stream);
  if (stream.sizeExceeded) throw refused(552, `A mail may have ${MOST_BYTES} bytes here`);
  const all = envelope.rcptTo.map(({ address }) => address);
  const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
  for (const rule of rules) {
    const recipients = all.filter((address) => rule.domains.includes(domainOf(address)));
    if (recipients.length > 0) await deliver({ raw, from, all, recipients }, rule, world);
  }
}

async function whole(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
