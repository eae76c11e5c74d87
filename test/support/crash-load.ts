import { post } from './app.ts';

/** Alerts that are posted until the system is gone, each of a service of its own. */
export interface Load {
  /** Services whose alert the system accepted. */
  readonly accepted: readonly string[];
  /** Resolves when the system is gone, and with it the last sender. */
  readonly over: Promise<unknown>;
}

/** How the alerts come. */
export interface LoadOptions {
  /** Address of the generic webhook. */
  readonly webhook: string;
  /** Begins the name of each service. */
  readonly prefix: string;
  readonly senders: number;
  /** Alerts in one POST. */
  readonly inPost: number;
  readonly severity: string;
  /** No more are sent once so many were accepted; left out, the senders go on until nobody answers. */
  readonly enough?: number;
}

/** Begins to send. */
export function startLoad(options: LoadOptions): Load {
  const accepted: string[] = [];
  const senders = Array.from({ length: options.senders }, (_, sender) => send(sender, options, accepted));
  return { accepted, over: Promise.all(senders) };
}

async function send(
  sender: number,
  { webhook, prefix, inPost, severity, enough = Number.POSITIVE_INFINITY }: LoadOptions,
  accepted: string[],
): Promise<void> {
  for (let i = 0; accepted.length < enough; i++) {
    const services = Array.from({ length: inPost }, (_, place) => `${prefix}-${sender}-${i}-${place}`);
    const body = services.map((service) => ({ title: 'Down', service, severity, key: service }));
    const answer = await post(webhook, body).catch(() => undefined);
    if (answer === undefined) return;
    if (answer.status === 202) accepted.push(...services);
  }
}
