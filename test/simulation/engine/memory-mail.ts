import { MessageRejected, SESServiceException } from '@aws-sdk/client-ses';
import { noAnswer } from '../sdk/retry.ts';
import { notKnown } from './tokens.ts';
import { type Engine, happens, type World } from './world.ts';

/** How often the mail provider misbehaves: probabilities for each call, 0 when left out. */
export interface MailFaults {
  readonly throttle?: number;
  readonly reject?: number;
  /** The mail is accepted, and the sender never hears of it. */
  readonly loseAnswer?: number;
}

/** A mail that was accepted. */
export interface SentMail {
  readonly id: string;
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

interface SendEmailInput {
  readonly Source?: string;
  readonly Destination?: { readonly ToAddresses?: readonly string[] };
  readonly Message?: {
    readonly Subject?: Part;
    readonly Body?: { readonly Text?: Part; readonly Html?: Part };
  };
}

interface Part {
  readonly Data?: string;
}

/** SES in memory: keeps what it accepted. */
export class MemoryMail implements Engine {
  /** May be changed at any time; {} is a calm world. */
  faults: MailFaults;
  readonly #world: World;
  readonly #sent: SentMail[] = [];

  constructor({ faults = {}, ...world }: World & { readonly faults?: MailFaults }) {
    this.faults = faults;
    this.#world = { now: () => world.now(), chance: () => world.chance() };
  }

  /** Every mail that was accepted, in order. */
  get sent(): readonly SentMail[] {
    return this.#sent;
  }

  call(operation: string, input: unknown): unknown {
    if (operation !== 'SendEmail') throw notKnown(`${operation} of SES`);
    const { throttle = 0, reject = 0, loseAnswer = 0 } = this.faults;
    if (happens(throttle, this.#world)) throw mailThrottled();
    if (happens(reject, this.#world)) throw rejected('Email address is not verified.');
    const mail = this.#accept(input as SendEmailInput);
    if (happens(loseAnswer, this.#world)) throw noAnswer();
    return { MessageId: mail.id };
  }

  #accept({ Source: from, Destination, Message }: SendEmailInput): SentMail {
    const [to, more] = Destination?.ToAddresses ?? [];
    if (more !== undefined) throw notKnown('a mail to several addresses');
    if (!from?.includes('@') || !to?.includes('@')) throw rejected('Missing final @domain');
    const mail = {
      id: `mail-${this.#sent.length + 1}`,
      at: this.#world.now(),
      from,
      to,
      subject: Message?.Subject?.Data ?? '',
      text: Message?.Body?.Text?.Data ?? '',
      html: Message?.Body?.Html?.Data ?? '',
    };
    this.#sent.push(mail);
    return mail;
  }
}

const rejected = (message: string): Error =>
  new MessageRejected({ $metadata: { httpStatusCode: 400 }, message });

const mailThrottled = (): Error =>
  new SESServiceException({
    $metadata: { httpStatusCode: 400 },
    name: 'Throttling',
    message: 'Maximum sending rate exceeded.',
    $fault: 'client',
  });
