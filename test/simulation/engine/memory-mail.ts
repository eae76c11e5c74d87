import { MessageRejected, SESServiceException } from '@aws-sdk/client-ses';
import { noAnswer } from '../sdk/retry.ts';
import { notKnown } from './tokens.ts';
import { type Engine, happens, type World } from './world.ts';

/** How often the mail provider misbehaves: probabilities for each call, 0 when left out. */
export interface MailFaults {
  readonly throttle?: number;
  /** No mail is taken before this time. */
  readonly rejectUntil?: number;
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

/** SES in memory: keeps what it accepted. In the sandbox it mails only whom it was asked to verify, and who agreed. */
export class MemoryMail implements Engine {
  /** May be changed at any time; {} is a calm world. */
  faults: MailFaults;
  readonly #world: World;
  readonly #sandbox: boolean;
  readonly #sent: SentMail[] = [];
  readonly #identities = new Map<string, 'Pending' | 'Success'>();

  constructor({
    faults = {},
    sandbox = false,
    ...world
  }: World & { readonly faults?: MailFaults; readonly sandbox?: boolean }) {
    this.faults = faults;
    this.#sandbox = sandbox;
    this.#world = { now: () => world.now(), chance: () => world.chance() };
  }

  /** Every mail that was accepted, in order. */
  get sent(): readonly SentMail[] {
    return this.#sent;
  }

  call(operation: string, input: unknown): unknown {
    if (happens(this.faults.throttle ?? 0, this.#world)) throw mailThrottled();
    switch (operation) {
      case 'SendEmail':
        return this.#send(input as SendEmailInput);
      case 'GetSendQuota':
        return {
          Max24HourSend: this.#sandbox ? 200 : 50_000,
          MaxSendRate: 1,
          SentLast24Hours: this.#sent.length,
        };
      case 'VerifyEmailIdentity':
        return this.#ask((input as { readonly EmailAddress?: string }).EmailAddress ?? '');
      case 'GetIdentityVerificationAttributes':
        return this.#statusesOf((input as { readonly Identities?: readonly string[] }).Identities ?? []);
      default:
        throw notKnown(`${operation} of SES`);
    }
  }

  /** What somebody does who follows the link in the mail of SES. */
  agree(email: string): void {
    this.#identities.set(email, 'Success');
  }

  #ask(email: string): object {
    if (this.#identities.get(email) !== 'Success') this.#identities.set(email, 'Pending');
    return {};
  }

  #statusesOf(identities: readonly string[]): object {
    const known = identities.flatMap((identity) => {
      const VerificationStatus = this.#identities.get(identity);
      return VerificationStatus === undefined ? [] : [[identity, { VerificationStatus }] as const];
    });
    return { VerificationAttributes: Object.fromEntries(known) };
  }

  #send(input: SendEmailInput): object {
    const { rejectUntil = 0, loseAnswer = 0 } = this.faults;
    if (this.#world.now() < rejectUntil) throw rejected('Email address is not verified.');
    const mail = this.#accept(input);
    if (happens(loseAnswer, this.#world)) throw noAnswer();
    return { MessageId: mail.id };
  }

  #accept({ Source: from, Destination, Message }: SendEmailInput): SentMail {
    const [to, more] = Destination?.ToAddresses ?? [];
    if (more !== undefined) throw notKnown('a mail to several addresses');
    if (!from?.includes('@') || !to?.includes('@')) throw rejected('Missing final @domain');
    if (this.#sandbox && this.#identities.get(to) !== 'Success') {
      throw rejected(`Email address is not verified. The following identities failed the check: ${to}`);
    }
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
